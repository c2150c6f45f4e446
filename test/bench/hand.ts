/**
 * Handwriting: from the last stroke to the characters it may be, and how often the right one is among them, beside
 * the least one could do: every character of the table compared place by place in the order of the copybook. The
 * hand that writes is made up (`unsteady-hand.ts`).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HandTable, readStrokes } from '../../renderer/src/keyboard/hand/hand-table.ts';
import { emptyIndex, indexSome, recognise } from '../../renderer/src/keyboard/hand/recognise.ts';
import { pointsAlong } from '../../renderer/src/keyboard/hand/smooth.ts';
import { OLD_HAND, seededChance, writeWith } from '../../renderer/src/keyboard/hand/testing/unsteady-hand.ts';
import type { Point, Stroke } from '../../renderer/src/parts/ink.ts';
import { type Figure, ms, p50p99, percentile, timeEach, timeInTurns, timesAsLong } from './measure.ts';

const TABLE = join(import.meta.dirname, '../../renderer/src/keyboard/hand/hand-table.json');
const AIM = { ms: 100, amongFive: 0.98 };
const WRITTEN = 500;
const IN_TURNS = 20;
const PLACES = 32;

/** How long the processor was busy with it, in milliseconds; on a busy machine much less than it took. */
function inProcessor(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

type Guess = (ink: readonly Stroke[]) => readonly string[];

export async function benchHand(): Promise<Figure[]> {
  const table: HandTable = JSON.parse(readFileSync(TABLE, 'utf8'));
  const index = emptyIndex(table);
  const [openedMs = 0] = await timeEach(1, () => () => indexSome(index, 0, index.characters.length));
  const ours: Guess = (ink) => recognise(index, ink, 5);
  const plain = guessPlainly(table);
  const chance = seededChance(1937);
  const inks = table.strokes
    .slice(0, WRITTEN)
    .map((written) => writeWith(OLD_HAND, readStrokes(written), chance));
  const inkAt = (turn: number) => inks[turn % WRITTEN] ?? [];
  const processorMs: number[] = [];
  const [ourMs = [], plainMs = []] = await timeInTurns(WRITTEN / IN_TURNS, IN_TURNS, [
    (turn) => () => processorMs.push(inProcessor(() => ours(inkAt(turn)))),
    (turn) => () => plain(inkAt(turn)),
  ]);
  const [first, amongFive] = sharesOf(ours, inks, index.characters);
  return [
    {
      what: 'last stroke until its characters are known, p50 (p99)',
      ours: p50p99(ourMs),
      aim: { text: `p99 ≤ ${AIM.ms} ms`, met: percentile(ourMs, 99) <= AIM.ms },
      beside: [
        { what: PLAINLY, theirs: p50p99(plainMs), ratio: timesAsLong(ourMs, plainMs) },
        { what: 'of it: processor time', theirs: p50p99(processorMs), ratio: '' },
        { what: 'apart, once: the table made ready', theirs: ms(openedMs), ratio: '' },
      ],
    },
    {
      what: 'an old hand, the right one first (among five)',
      ours: percents([first, amongFive]),
      aim: { text: `five ≥ ${AIM.amongFive * 100} %`, met: amongFive >= AIM.amongFive },
      beside: [{ what: PLAINLY, theirs: percents(sharesOf(plain, inks, index.characters)), ratio: '' }],
    },
  ];
}

const PLAINLY = 'place by place, in the copybook’s order';

/** The five characters whose places lie nearest, the whole brought into one frame and followed from end to end. */
function guessPlainly(table: HandTable): Guess {
  const characters = [...table.characters];
  const copybook = table.strokes.map((written) => placesOf(readStrokes(written)));
  return (ink) => {
    const drawn = placesOf(ink);
    const far = copybook.map((places) => places.reduce((sum, at, place) => sum + apart(at, drawn[place]), 0));
    const nearest = [...far.keys()].sort((one, other) => (far[one] ?? 0) - (far[other] ?? 0));
    return nearest.slice(0, 5).map((at) => characters[at] ?? '');
  };
}

function placesOf(strokes: readonly Stroke[]): Stroke {
  const places = pointsAlong(strokes.flat(), PLACES);
  const [x, y] = [places.map((at) => at.x), places.map((at) => at.y)];
  const [left, top] = [Math.min(...x), Math.min(...y)];
  const size = Math.max(Math.max(...x) - left, Math.max(...y) - top, 0.01);
  return places.map((at) => ({ x: (at.x - left) / size, y: (at.y - top) / size }));
}

function apart(one: Point, other: Point | undefined): number {
  return other === undefined ? 1 : Math.hypot(one.x - other.x, one.y - other.y);
}

/** How often the right character comes first, and among five. */
function sharesOf(guess: Guess, inks: readonly (readonly Stroke[])[], meant: readonly string[]) {
  const ranks = inks.map((ink, at) => guess(ink).indexOf(meant[at] ?? ''));
  const share = (below: number) => ranks.filter((rank) => rank >= 0 && rank < below).length / inks.length;
  return [share(1), share(5)] as const;
}

function percents([first, amongFive]: readonly [number, number]): string {
  return `${(first * 100).toFixed(1)} % (${(amongFive * 100).toFixed(1)} %)`;
}
