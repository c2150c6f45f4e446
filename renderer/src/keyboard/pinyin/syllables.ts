/** A syllable some letters may stand for, and what it costs to take them so: nothing when spelt just so. */
export interface Meaning {
  readonly syllable: string;
  readonly cost: number;
}

/** A stretch of the letters typed, up to `to`, that may stand for one syllable. */
export interface Step {
  readonly to: number;
  readonly meanings: readonly Meaning[];
}

/** What letters may stand for, at the end of what is typed and before. */
export interface Syllables {
  /** A syllable spelt out, or as people of the south hear it. */
  readonly whole: ReadonlyMap<string, readonly Meaning[]>;
  /** The first letter, or zh, ch, sh. */
  readonly initials: ReadonlyMap<string, readonly Meaning[]>;
  /** The first letters of a syllable not yet finished. */
  readonly unfinished: ReadonlyMap<string, readonly Meaning[]>;
}

const LONGEST_SYLLABLE = 6;
const INITIAL_COST = 4;
const UNFINISHED_COST = 1.5;
const ALIKE_COST = 4;
/** ü is on no key: u stands for it nearly as well as v. */
const UMLAUT_COST = 0.5;

/** Sounds that are one in the mouths of the south, either way. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/^([zcs])(?!h)/, '$1h'],
  [/^([zcs])h/, '$1'],
  [/^n(?=[aeiouv])/, 'l'],
  [/^l/, 'n'],
  [/([aei])n$/, '$1ng'],
  [/([aei])ng$/, '$1n'],
];

/** Makes ready what letters may stand for, of the syllables there are. */
export function indexSyllables(syllables: readonly string[]): Syllables {
  const [whole, initials, unfinished] = [new Meanings(), new Meanings(), new Meanings()];
  for (const syllable of syllables) {
    whole.add(syllable, syllable, 0);
    for (const typed of alikeTo(syllable)) whole.add(typed, syllable, ALIKE_COST);
    if (syllable.includes('v')) whole.add(syllable.replace('v', 'u'), syllable, UMLAUT_COST);
    for (let length = 1; length < syllable.length; length += 1) {
      const beginning = syllable.slice(0, length);
      if (length === 1 || /^[zcs]h$/.test(beginning)) initials.add(beginning, syllable, INITIAL_COST);
      unfinished.add(beginning, syllable, length === 1 ? INITIAL_COST : UNFINISHED_COST);
    }
  }
  return { whole: whole.found, initials: initials.found, unfinished: unfinished.found };
}

/** Every way to read the letters on from `from` by one syllable. */
export function stepsFrom(syllables: Syllables, letters: string, from: number): readonly Step[] {
  const steps: Step[] = [];
  for (let to = from + 1; to <= Math.min(letters.length, from + LONGEST_SYLLABLE); to += 1) {
    const typed = letters.slice(from, to);
    const meanings = new Map<string, number>();
    const begun = to === letters.length ? syllables.unfinished : syllables.initials;
    for (const { syllable, cost } of [...(syllables.whole.get(typed) ?? []), ...(begun.get(typed) ?? [])]) {
      meanings.set(syllable, Math.min(cost, meanings.get(syllable) ?? cost));
    }
    if (meanings.size > 0)
      steps.push({ to, meanings: [...meanings].map(([syllable, cost]) => ({ syllable, cost })) });
  }
  return steps;
}

/** What else a syllable is written as by who hears no difference: up to two such sounds in one. */
function alikeTo(syllable: string): ReadonlySet<string> {
  const once = ALIKE.map(([sound, other]) => syllable.replace(sound, other));
  const twice = once.flatMap((each) => ALIKE.map(([sound, other]) => each.replace(sound, other)));
  return new Set([...once, ...twice].filter((each) => each !== syllable));
}

class Meanings {
  readonly found = new Map<string, Meaning[]>();

  add(typed: string, syllable: string, cost: number): void {
    const known = this.found.get(typed);
    if (known === undefined) this.found.set(typed, [{ syllable, cost }]);
    else known.push({ syllable, cost });
  }
}
