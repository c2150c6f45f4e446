import { type Chance, createChance } from './chance.ts';
import type { Weather } from './network.ts';
import type { Matter } from './people.ts';

/** What a death may do to what lies on the terminal's disks. Either copy may be hurt; not both. */
export type Hurt =
  | { readonly what: 'nothing' }
  /** The write-ahead log was cut in half: the last commits are gone. */
  | { readonly what: 'database-cut'; readonly commits: number }
  | { readonly what: 'database-lost' }
  /** Its first page is another: it is set aside, and a backup or nothing takes its place. */
  | { readonly what: 'database-broken' }
  | { readonly what: 'mirror-lost' }
  /** Half of the newest segment. */
  | { readonly what: 'mirror-cut' }
  /** A few bits are others. */
  | { readonly what: 'mirror-flipped' };

/** What lies on the terminal's disks, each on one of its own. */
export type Room = 'database' | 'mirror' | 'files';

/** Which machine a step happens to, once there are two with one disk; without it the first. */
interface AtMachine {
  readonly machine?: 0 | 1;
}

/** One thing that happens in a history. */
export type Step = WorldStep | (MachineStep & AtMachine);

/** What happens to the world. */
type WorldStep =
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'weather'; readonly weather: Weather }
  | { readonly do: 'partition'; readonly ms: number }
  | { readonly do: 'kill-platform'; readonly atPoint: number; readonly downMs: number }
  /** The platform's database is put back from its newest backup. */
  | { readonly do: 'restore-platform' }
  /** Staff do what can be done with a case. */
  | { readonly do: 'handle' }
  /** The county orders something of the machine, or says something to everybody. */
  | {
      readonly do: 'order';
      readonly what: 'sync-now' | 'new-journal' | 'notice' | 'matter-out' | 'matter-in';
    }
  /** The platform makes a new opening key. */
  | { readonly do: 'rotate-keys' }
  /** The first machine's disks are copied, and another goes on from the copy beside it. */
  | { readonly do: 'clone' };

/** What happens to a machine. */
type MachineStep =
  | { readonly do: 'file'; readonly card: number; readonly matter: Matter }
  /** The screen sends its last submission again. */
  | { readonly do: 'file-again' }
  | {
      readonly do: 'kill-terminal';
      /** At which of the points around its writes, from now on. */
      readonly atPoint: number;
      /** And, in its next run, at which point once more. */
      readonly againAtPoint: number | null;
      readonly downMs: number;
      readonly hurt: Hurt;
    }
  | { readonly do: 'set-clock'; readonly offsetMs: number }
  | { readonly do: 'fill-disk'; readonly which: Room; readonly ms: number }
  /** A maintainer asks for a new signing key. */
  | { readonly do: 'new-key' }
  /** What is owed goes to the platform on a stick, and the answers come back. */
  | { readonly do: 'stick'; readonly what: 'fill' | 'bring' | 'read-back' };

/** A history: a seed for everything that is left to chance, and what happens. */
export interface History {
  readonly seed: number;
  readonly theme: Theme;
  /** How many gateways work over the platform's one database. */
  readonly gateways: number;
  readonly steps: readonly Step[];
}

type Maker = (chance: Chance) => Step | readonly Step[];
type OneMaker = (chance: Chance) => Step;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

const file: Maker = (chance) => ({
  do: 'file',
  card: chance.below(3),
  matter: chance.pick(['case', 'case', 'case', 'case', 'withdrawal', 'freeze', 'rating']),
});
const passShort: Maker = (chance) => ({ do: 'pass', ms: chance.below(40 * SECOND) });
const passLong: Maker = (chance) => ({ do: 'pass', ms: chance.below(20 * MINUTE) });
const passHours: Maker = (chance) => ({ do: 'pass', ms: chance.pick([10, 20, 70]) * MINUTE });
const fileAgain: Maker = () => ({ do: 'file-again' });
const handle: OneMaker = () => ({ do: 'handle' });
const order: Maker = (chance) => ({
  do: 'order',
  what: chance.pick(['sync-now', 'new-journal', 'notice', 'matter-out', 'matter-in']),
});
const partition: Maker = (chance) => ({
  do: 'partition',
  ms: chance.below(chance.pick([MINUTE, 30 * MINUTE])),
});
const setClock: Maker = (chance) => ({
  do: 'set-clock',
  offsetMs: chance.pick([-20 * YEAR, -YEAR, -HOUR, 0, HOUR, YEAR, 20 * YEAR]),
});
const killPlatform: Maker = (chance) => ({
  do: 'kill-platform',
  atPoint: 1 + chance.below(20),
  downMs: chance.below(5 * MINUTE),
});
const fillDisk: Maker = (chance) => ({
  do: 'fill-disk',
  which: chance.pick(['database', 'mirror', 'files']),
  ms: chance.below(chance.pick([MINUTE, 20 * MINUTE])),
});
const rotateKeys: Maker = () => ({ do: 'rotate-keys' });
const stick: Maker = (chance) => ({ do: 'stick', what: chance.pick(['fill', 'bring', 'read-back']) });
/** The whole way, with anything in between. */
const carry: Maker = (chance) => [
  { do: 'stick', what: 'fill' },
  ...[chance.pick<Maker>([file, passShort, restorePlatform])(chance)].flat(),
  { do: 'stick', what: 'bring' },
  { do: 'pass', ms: chance.pick([SECOND, 11 * MINUTE]) },
  ...(chance.oneIn(2) ? ([{ do: 'stick', what: 'bring' }] as const) : []),
  { do: 'stick', what: 'read-back' },
];
const restorePlatform: Maker = () => ({ do: 'restore-platform' });
const newKey: Maker = (chance) => [{ do: 'new-key' }, { do: 'pass', ms: chance.below(30 * SECOND) }];
const clone: Maker = () => ({ do: 'clone' });

/** To either of two machines. */
function either(maker: Maker): Maker {
  return (chance) =>
    [maker(chance)].flat().map((step) => ({ ...step, machine: chance.oneIn(2) ? 0 : 1 }) as Step);
}

function killTerminal(hurts: readonly Hurt['what'][], atPoints = [6, 12, 30]): OneMaker {
  return (chance) => {
    const what = chance.pick(hurts);
    const hurt: Hurt =
      what === 'database-cut'
        ? { what, commits: 1 + chance.below(6) }
        : ({ what } as Exclude<Hurt, { commits: number }>);
    return {
      do: 'kill-terminal',
      atPoint: 1 + chance.below(chance.pick(atPoints)),
      againAtPoint: chance.oneIn(2) ? 1 + chance.below(24) : null,
      downMs: chance.below(chance.pick([10 * SECOND, 10 * MINUTE])),
      hurt,
    };
  };
}
const kill = killTerminal(['nothing']);
const killSoon = killTerminal(['nothing'], [4]);
/** Held after the newest backup, and then the platform goes back to that. */
const fileAndRestore: Maker = (chance) => [
  { do: 'pass', ms: 11 * MINUTE },
  ...[file(chance)].flat(),
  { do: 'pass', ms: chance.pick([2 * SECOND, 30 * SECOND, 5 * MINUTE]) },
  { do: 'restore-platform' },
];
/** What could not be written twice is at risk when one copy goes. */
const fileOnFullDisk: Maker = (chance) =>
  [
    { do: 'fill-disk', which: chance.pick<Room>(['database', 'mirror']), ms: 10 * SECOND } as const,
    ...[file(chance), file(chance)],
    killTerminal(HURTS, [4])(chance),
    passShort(chance),
  ].flat();
/** Something comes down, and the terminal dies while it is stored. */
const tellAndKill: Maker = (chance) => [handle(chance), killSoon(chance), { do: 'pass', ms: 30 * SECOND }];
const HURTS: readonly Hurt['what'][] = [
  'nothing',
  'database-cut',
  'database-cut',
  'database-lost',
  'database-broken',
  'mirror-lost',
  'mirror-cut',
  'mirror-flipped',
];
/** A new key, and a death somewhere on its way. */
const newKeyAndKill: Maker = (chance) => [
  { do: 'new-key' },
  killTerminal(['nothing'], [4, 12])(chance),
  { do: 'pass', ms: 30 * SECOND },
];
/** The new key is promoted after the newest backup, and then the platform goes back to that. */
const newKeyAndRestore: Maker = (chance) => [
  { do: 'pass', ms: 11 * MINUTE },
  { do: 'new-key' },
  { do: 'pass', ms: chance.pick([2 * SECOND, 30 * SECOND, 5 * MINUTE]) },
  ...[file(chance)].flat(),
  { do: 'restore-platform' },
];
/** Both machines file, apart from the platform: the same numbers twice. */
const fork: Maker = (chance) =>
  [
    clone(chance),
    ...[{ do: 'partition', ms: chance.below(5 * MINUTE) } as const],
    ...Array.from({ length: 2 + chance.below(4) }, () => either(file)(chance)),
    passShort(chance),
  ].flat();
const killAndHurt = killTerminal(HURTS);
/** What was kept a moment ago is all the more at risk. */
const fileAndHurt: Maker = (chance) =>
  [file(chance), killTerminal(HURTS, [4])(chance), passShort(chance)].flat();

function weather(change: Partial<Weather>): Maker {
  return (chance) => ({
    do: 'weather',
    weather: {
      delayMs: chance.pick([
        [10, 60],
        [10, 5 * SECOND],
        [2 * SECOND, 40 * SECOND],
      ]),
      requestLostIn: chance.oneIn(3) ? 4 : 0,
      ...{ replyLostIn: 0, duplicateIn: 0, truncateIn: 0, staleIn: 0, forgedIn: 0 },
      ...change,
    },
  });
}
const loseReplies = weather({ replyLostIn: 2 });
const duplicates = weather({ duplicateIn: 2, replyLostIn: 6 });
const garble = weather({ truncateIn: 4, staleIn: 2 });
const forgers = weather({ forgedIn: 2, replyLostIn: 6 });
const storm = weather({ replyLostIn: 4, duplicateIn: 4, truncateIn: 8, staleIn: 8, forgedIn: 12 });

/** What each theme is made of; a step stands here as often as it should come. */
const THEMES = {
  kill: [file, file, file, passShort, passShort, passLong, kill, kill, fileAgain, handle],
  'lost-reply': [file, file, file, passShort, passLong, loseReplies, loseReplies, fileAgain, handle],
  partition: [file, file, file, passShort, passLong, partition, partition, kill, handle],
  duplicate: [file, file, file, passShort, passLong, duplicates, duplicates, fileAgain, killPlatform],
  'garbled-reply': [file, file, file, passShort, passShort, passLong, garble, garble, handle],
  'hurt-disk': [file, file, passShort, passLong, passHours, fileAndHurt, fileAndHurt, killAndHurt, handle],
  'platform-killed': [file, file, file, passShort, passLong, killPlatform, killPlatform, loseReplies, handle],
  'platform-restored': [
    ...[file, file, file, passShort, passShort, passShort, passLong],
    ...[restorePlatform, fileAndRestore, fileAndRestore, duplicates, handle],
  ],
  'forged-reply': [
    file,
    file,
    file,
    passShort,
    passShort,
    passLong,
    forgers,
    forgers,
    handle,
    restorePlatform,
  ],
  'full-disk': [
    ...[file, file, passShort, passLong, fillDisk, fillDisk, kill, handle],
    ...[fileOnFullDisk, fileOnFullDisk],
  ],
  'keys-rotated': [
    ...[file, file, file, passShort, passLong, passHours, rotateKeys, rotateKeys],
    ...[kill, killPlatform, restorePlatform, loseReplies],
  ],
  gateways: [
    ...[file, file, file, passShort, passLong, duplicates, duplicates, loseReplies],
    ...[killPlatform, fileAndRestore, handle],
  ],
  clock: [file, file, passShort, passLong, passHours, setClock, setClock, kill, garble, restorePlatform],
  progress: [
    ...[file, file, handle, passShort, passLong, order, order],
    ...[tellAndKill, tellAndKill, tellAndKill, tellAndKill, tellAndKill, loseReplies],
  ],
  stick: [
    ...[file, file, file, passShort, passLong, partition, partition, carry, carry, stick, stick],
    ...[killSoon, killAndHurt, killPlatform, restorePlatform, rotateKeys],
  ],
  'new-key': [
    ...[file, file, file, passShort, passShort, passLong, newKey, newKeyAndKill, newKeyAndKill],
    ...[newKeyAndRestore, loseReplies, partition, fileAndHurt, killAndHurt, order, handle, carry],
  ],
  clone: [
    ...[either(file), either(file), either(file), either(file), passShort, passShort, passLong, passHours],
    ...[fork, fork, either(kill), either(fileAgain), loseReplies, partition, handle, order],
    ...[killPlatform, fileAndRestore, either(killAndHurt), either(carry)],
  ],
  'clone-and-key': [
    ...[either(file), either(file), either(file), passShort, passShort, passLong, fork, fork],
    ...[either(newKey), either(newKey), either(newKeyAndKill), either(newKeyAndRestore)],
    ...[either(kill), loseReplies, partition, either(carry), handle],
  ],
  everything: [
    ...[file, file, file, file, file, file, fileAgain, passShort, passLong, passLong, passHours],
    ...[handle, order],
    ...[kill, killAndHurt, killPlatform, restorePlatform, partition, storm, storm, setClock],
    ...[fillDisk, rotateKeys, carry, newKey],
  ],
} as const satisfies Readonly<Record<string, readonly Maker[]>>;

/** What a history tries most. */
export type Theme = keyof typeof THEMES;

/** Every theme; histories take them in turn. */
export const THEME_NAMES = Object.keys(THEMES) as readonly Theme[];

/** The history of a seed. */
export function historyOf(seed: number): History {
  const chance = createChance(`steps of ${seed}`);
  const theme = THEME_NAMES[seed % THEME_NAMES.length]!;
  const makers: readonly Maker[] = THEMES[theme];
  const steps = Array.from({ length: 12 + chance.below(28) }, () => chance.pick(makers)(chance)).flat();
  // Most terminals are enrolled before anything happens to them.
  const enrolled: readonly Step[] = chance.oneIn(8) ? [] : [{ do: 'pass', ms: 2 * SECOND }];
  const gateways = theme === 'gateways' || theme === 'everything' ? 2 + chance.below(2) : 1;
  return { seed, theme, gateways, steps: [...enrolled, ...steps] };
}

/** The `n`th seed of a theme, from 1. */
export function seedOf(theme: Theme, n: number): number {
  return THEME_NAMES.indexOf(theme) + n * THEME_NAMES.length;
}

/** A step in one line. */
export function stepWords(step: Step): string {
  const { do: name, ...rest } = step;
  return Object.keys(rest).length === 0 ? name : `${name} ${JSON.stringify(rest)}`;
}
