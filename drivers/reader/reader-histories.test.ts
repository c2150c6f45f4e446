import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReaderEvent } from '../api.ts';
import { SAMPLE_CARDS } from '../simulator/cards.ts';
import { memoryLine } from '../simulator/memory-line.ts';
import { type AnswerFault, ReaderSimulator } from '../simulator/reader-simulator.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { COMMANDS, type CommandName, encodeAnswer } from './commands.ts';
import { MAX_ADDRESS_MISSES } from './reader-delays.ts';
import { startReaderSession } from './reader-session.ts';
import { STATUS_MEANINGS } from './status.ts';

const BAUD_RATE = 115_200;

/** A reader session and its reader, on a line and a clock of their own. */
function setUp() {
  const clock = virtualClock();
  const line = memoryLine(BAUD_RATE);
  const simulator = new ReaderSimulator({ clock, baudRate: BAUD_RATE, onChange: () => undefined });
  simulator.plug(line.device);
  const events: ReaderEvent[] = [];
  const statuses: string[] = [];
  const watching = { isWatched: true };
  // Names reads: they differ, and are the same in every run.
  let reads = 0;
  const session = startReaderSession({
    open: line.open,
    clock,
    random: {
      bytes(length) {
        reads += 1;
        return new Uint8Array(length).fill(reads);
      },
    },
    isWatched: () => watching.isWatched,
    onStatus: (state, reason) => statuses.push(`${state} ${reason}`),
    onEvent: (event) => events.push(event),
  });
  return { clock, line, simulator, session, events, statuses, watching };
}
type Rig = ReturnType<typeof setUp>;

const faults = fc.oneof(
  fc.constantFrom<AnswerFault>({ type: 'noise' }, { type: 'silence' }, { type: 'half' }, { type: 'pulled' }),
  fc.record({
    type: fc.constant('status' as const),
    sw3: fc.oneof(fc.constantFrom(...STATUS_MEANINGS.keys()), fc.integer({ min: 0, max: 255 })),
  }),
);
const commands = fc.constantFrom<CommandName | null>(null, ...(Object.keys(COMMANDS) as CommandName[]));

/** Something that happens to the reader or its line. */
const happenings: fc.Arbitrary<(rig: Rig) => void> = fc.oneof(
  fc.constantFrom(...SAMPLE_CARDS).map(
    (card) =>
      ({ simulator }: Rig) =>
        simulator.lay(card),
  ),
  fc.constant(({ simulator }: Rig) => simulator.lift()),
  fc.tuple(faults, commands, fc.integer({ min: 1, max: 4 })).map(
    ([fault, command, times]) =>
      ({ simulator }: Rig) =>
        simulator.order({ fault, command, times }),
  ),
  fc.boolean().map(
    (silent) =>
      ({ simulator }: Rig) =>
        simulator.setSilent(silent),
  ),
  fc.uint8Array({ maxLength: 40 }).map(
    (bytes) =>
      ({ simulator }: Rig) =>
        simulator.makeNoise(bytes),
  ),
  fc.boolean().map(
    (plugged) =>
      ({ line }: Rig) =>
        plugged ? line.plug() : line.unplug(),
  ),
  fc.constant(({ session }: Rig) => session.forgetCard()),
);
const histories = fc.array(fc.tuple(happenings, fc.nat(3_000)), { maxLength: 12 });

test('whatever happened before, once it is over a card is read', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const rig = setUp();
      for (const [happen, pauseMs] of history) {
        happen(rig);
        await rig.clock.pass(pauseMs);
      }
      rig.simulator.clearOrders();
      rig.simulator.setSilent(false);
      rig.simulator.lift();
      rig.line.plug();
      await rig.clock.pass(30_000);
      rig.session.forgetCard();
      const before = rig.events.length;
      const [card] = SAMPLE_CARDS;
      if (card !== undefined) rig.simulator.lay(card);
      await rig.clock.pass(3_000);
      const [reading, identity, ...more] = rig.events.slice(before);
      expect([reading?.type, identity?.type, more]).toEqual(['reading', 'identity', []]);
      expect(identity?.type === 'identity' && identity.read.photo).toEqual(card?.photo);
      rig.session.stop();
    }),
    { numRuns: 60 },
  );
});

test('whatever happens, "reading" is followed by an outcome, and only what a card says is told', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const rig = setUp();
      for (const [happen, pauseMs] of history) {
        happen(rig);
        await rig.clock.pass(pauseMs);
      }
      await rig.clock.pass(30_000);
      const types = rig.events.map(({ type }) => type);
      types.forEach((type, index) => {
        if (type === 'reading') expect(types[index + 1]).not.toBe('reading');
        if (type === 'identity' || type === 'still-here') expect(types[index - 1]).toBe('reading');
      });
      expect(types.at(-1)).not.toBe('reading');
      for (const event of rig.events)
        if (event.type === 'identity')
          expect(event.read.notes).toEqual(event.read.kind === 'hmt-permit' ? ['area-unknown'] : []);
      rig.session.stop();
    }),
    { numRuns: 60 },
  );
});

const statusesOfCommands = [...STATUS_MEANINGS.keys()].flatMap((sw3) =>
  (Object.keys(COMMANDS) as CommandName[]).map((command) => ({ sw3, command })),
);

test.each(statusesOfCommands)(
  'status $sw3 in answer to $command stops nothing for good',
  async ({ sw3, command }) => {
    const rig = setUp();
    const [card] = SAMPLE_CARDS;
    if (card === undefined) throw new Error('no sample card');
    rig.simulator.order({ fault: { type: 'status', sw3 }, command, times: 1 });
    rig.simulator.lay(card);
    await rig.clock.pass(10_000);
    expect(rig.events.at(-1)?.type).not.toBe('reading');
    rig.session.forgetCard();
    rig.simulator.clearOrders();
    rig.simulator.lift();
    await rig.clock.pass(1_000);
    rig.simulator.lay(card);
    await rig.clock.pass(2_000);
    expect(rig.events.at(-1)?.type).toBe('identity');
    rig.session.stop();
  },
);

test('the same card is "still here" only until it is forgotten', async () => {
  const rig = setUp();
  const [card] = SAMPLE_CARDS;
  if (card === undefined) throw new Error('no sample card');
  const types: string[] = [];
  for (const forget of [false, false, true, false]) {
    if (forget) rig.session.forgetCard();
    rig.simulator.lay(card);
    await rig.clock.pass(2_000);
    types.push(rig.events.at(-1)?.type ?? '');
  }
  expect(types).toEqual(['identity', 'still-here', 'identity', 'still-here']);
  rig.session.stop();
});

test('a card read when its watcher had just left is a new one for the next', async () => {
  const rig = setUp();
  const [card] = SAMPLE_CARDS;
  if (card === undefined) throw new Error('no sample card');
  await rig.clock.pass(1_000);
  rig.simulator.lay(card);
  while (rig.events.length === 0) await rig.clock.pass(10);
  rig.watching.isWatched = false;
  await rig.clock.pass(2_000);
  expect(rig.events).toEqual([{ type: 'reading' }]);
  rig.watching.isWatched = true;
  rig.simulator.lay(card);
  await rig.clock.pass(2_000);
  expect(rig.events.at(-1)?.type).toBe('identity');
  rig.session.stop();
});

test('a lost answer now and then is no fault of the reader', async () => {
  const rig = setUp();
  for (let time = 0; time < 10; time += 1) {
    rig.simulator.order({ fault: { type: 'silence' }, command: 'find', times: 2 });
    await rig.clock.pass(5_000);
  }
  expect(rig.statuses).toEqual(['starting null', 'ok null']);
  rig.simulator.setSilent(true);
  await rig.clock.pass(5_000);
  expect(rig.statuses.at(-1)).toBe('fault not-answering');
  rig.session.stop();
});

test('a reader that never gives added addresses is not asked for ever', async () => {
  const rig = setUp();
  await rig.clock.pass(1_000);
  rig.simulator.order({ fault: { type: 'status', sw3: 0x23 }, command: 'read-address', times: 100 });
  for (const card of SAMPLE_CARDS.slice(0, 6)) {
    rig.simulator.lay(card);
    await rig.clock.pass(2_000);
    expect(rig.events.at(-1)?.type).toBe('identity');
  }
  expect(rig.simulator.orders[0]?.times).toBe(100 - MAX_ADDRESS_MISSES);
  // It is no fault of the reader either.
  expect(rig.statuses).toEqual(['starting null', 'ok null']);
  rig.session.stop();
});

test('an answer that came late is not taken for an address', async () => {
  const rig = setUp();
  const [card] = SAMPLE_CARDS;
  if (card === undefined) throw new Error('no sample card');
  await rig.clock.pass(1_000);
  rig.simulator.order({ fault: { type: 'silence' }, command: 'read-address', times: 1 });
  rig.simulator.lay(card);
  await rig.clock.pass(800);
  // As "selected" is answered, with the numbers of the card's body.
  rig.simulator.makeNoise(encodeAnswer(0x90, new Uint8Array(8).fill(0x31)));
  await rig.clock.pass(2_000);
  const told = rig.events.at(-1);
  expect(told?.type === 'identity' && told.read.address).toBe('浙江省样例县沙溪镇董村 12 号');
  rig.session.stop();
});

test('a card is looked for no more often than every 300 ms', async () => {
  const clock = virtualClock();
  const line = memoryLine(BAUD_RATE);
  const askedMs: number[] = [];
  const session = startReaderSession({
    open: async (listener) => {
      const opened = await line.open(listener);
      if (!opened.ok) return opened;
      return {
        ok: true,
        value: {
          close: () => opened.value.close(),
          write: (bytes) => {
            if (bytes[7] === COMMANDS.find[0] && bytes[8] === COMMANDS.find[1]) askedMs.push(clock.monoMs());
            opened.value.write(bytes);
          },
        },
      };
    },
    clock,
    random: { bytes: (length) => new Uint8Array(length) },
    isWatched: () => true,
    onStatus: () => undefined,
    onEvent: () => undefined,
  });
  const simulator = new ReaderSimulator({ clock, baudRate: BAUD_RATE, onChange: () => undefined });
  simulator.plug(line.device);
  await clock.pass(10_000);
  expect(askedMs.length).toBeGreaterThan(20);
  askedMs.slice(1).forEach((ms, index) => {
    expect(ms - (askedMs[index] ?? 0)).toBeGreaterThanOrEqual(300);
  });
  session.stop();
});
