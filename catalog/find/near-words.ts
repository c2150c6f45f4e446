/** The words of one matter as they are written and read: a keyboard offers them first while it is filled in. */
import { pinyin } from 'pinyin-pro';
import type { Matter } from '../schema.ts';

/** A word and its syllables of pinyin without tones, apart by spaces, `ü` as `v`: `路灯`, `lu deng`. */
export interface NearWord {
  readonly text: string;
  readonly reading: string;
}

const HAN_RUNS = /\p{Script=Han}+/gu;
const READING = /^[a-z]+( [a-z]+)*$/;
const SHORTEST = 2;
const LONGEST = 10;

const known = new WeakMap<Matter, readonly NearWord[]>();

/**
 * The names of a matter, its questions, choices and papers, and the words it is found by, but for those that stand
 * nowhere in its texts: some are misspelt on purpose.
 */
export function nearWordsOf(matter: Matter): readonly NearWord[] {
  const before = known.get(matter);
  if (before !== undefined) return before;
  const words = [...new Set(textsOf(matter).flatMap((text) => text.match(HAN_RUNS) ?? []))]
    .filter((text) => [...text].length >= SHORTEST && [...text].length <= LONGEST)
    .map((text) => ({ text, reading: pinyin(text, { toneType: 'none', v: true }) }))
    .filter(({ reading }) => READING.test(reading));
  known.set(matter, words);
  return words;
}

function textsOf(matter: Matter): readonly string[] {
  const { find, ...said } = matter;
  const texts = JSON.stringify(said);
  const asked = matter.questions.flatMap((question) => [
    question.label.zh,
    ...('choices' in question ? question.choices.map(({ label }) => label.zh) : []),
  ]);
  return [
    matter.name.short.zh,
    ...asked,
    ...matter.materials.map(({ name }) => name.zh),
    ...find.filter((word) => texts.includes(word)),
  ];
}
