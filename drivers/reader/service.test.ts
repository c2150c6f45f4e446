import { expect, test } from 'vitest';
import type { ReaderEvent } from '../api.ts';
import { findSampleCard, type SampleCard } from '../simulator/cards.ts';
import { memoryLine } from '../simulator/memory-line.ts';
import { type AnswerFault, ReaderSimulator } from '../simulator/reader-simulator.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { READER_SPEEDS, type ReaderSpeed } from './commands.ts';
import { startReaderSession } from './reader-session.ts';
import { encodeSamId, findSamId } from './sam-id.ts';
import type { ServiceCommand } from './service.ts';
import { searchSpeed } from './speed-search.ts';

/** A session that searches for its reader's speed, and a reader that has been set to `readerSpeed`. */
function setUp(readerSpeed: number = READER_SPEEDS[0], withFingerprint = false) {
  const clock = virtualClock();
  const line = memoryLine(0);
  let lineSpeed = 0;
  const simulator = new ReaderSimulator({ clock, baudRate: readerSpeed, onChange: () => undefined });
  simulator.plug({ ...line.device, readSpeed: () => Promise.resolve(lineSpeed) });
  const found: number[] = [];
  const tried: number[] = [];
  const statuses: string[] = [];
  const events: ReaderEvent[] = [];
  const fingerprints: [readId: string, bytes: Uint8Array][] = [];
  const session = startReaderSession({
    open: searchSpeed({
      clock,
      baudRate: READER_SPEEDS[0],
      openAt: (baudRate) => (listener) => {
        lineSpeed = baudRate;
        tried.push(baudRate);
        return line.open(listener);
      },
      onFound: (baudRate) => found.push(baudRate),
    }),
    clock,
    random: { bytes: (length) => new Uint8Array(length) },
    isWatched: () => true,
    onStatus: (state, reason) => statuses.push(`${state} ${reason}`),
    onEvent: (event) => events.push(event),
    ...(withFingerprint && {
      onFingerprint: (readId: string, bytes: Uint8Array) => fingerprints.push([readId, bytes]),
    }),
  });
  const ask = async (command: ServiceCommand, data?: Uint8Array) => {
    const asked = session.ask(command, data);
    await clock.pass(4_000);
    return asked;
  };
  return { clock, line, simulator, session, found, tried, statuses, events, fingerprints, ask };
}

function card(id: string): SampleCard {
  const found = findSampleCard(id);
  if (found === undefined) throw new Error(`no card ${id}`);
  return found;
}

const once = (fault: AnswerFault) => ({ fault, command: null, times: 1 });

test.each(READER_SPEEDS)('a reader that speaks at %i is found', async (speed) => {
  const { clock, simulator, found, tried, statuses, events } = setUp(speed);
  await clock.pass(4_000);
  expect(found).toEqual([speed]);
  expect(tried).toEqual(READER_SPEEDS.slice(0, READER_SPEEDS.indexOf(speed) + 1));
  expect(statuses).toEqual(['starting null', 'ok null']);
  simulator.lay(card('mother'));
  await clock.pass(4_000);
  expect(events.map(({ type }) => type)).toEqual(['reading', 'identity']);
});

test('a reader that was lost is looked for where it was found last', async () => {
  const { clock, line, found, tried, statuses } = setUp(9_600);
  await clock.pass(4_000);
  tried.length = 0;
  line.unplug();
  await clock.pass(2_000);
  line.plug();
  await clock.pass(2_000);
  expect([found, new Set(tried), statuses.at(-1)]).toEqual([[9_600, 9_600], new Set([9_600]), 'ok null']);
});

test('a reader that is there but silent is said to be silent', async () => {
  const { clock, simulator, found, statuses } = setUp();
  simulator.setSilent(true);
  await clock.pass(10_000);
  expect(found).toEqual([]);
  expect(statuses).toContain('fault not-answering');
  expect(statuses).not.toContain('absent port-closed');
  simulator.setSilent(false);
  await clock.pass(10_000);
  expect(statuses.at(-1)).toBe('ok null');
});

test('a port that is not there is absent', async () => {
  const { clock, line, statuses } = setUp();
  line.unplug();
  await clock.pass(5_000);
  expect(statuses.at(-1)).toBe('absent port-closed');
});

test('a port pulled while it is searched is absent', async () => {
  const { clock, line, statuses } = setUp(9_600);
  await clock.pass(700);
  line.unplug();
  await clock.pass(1_000);
  expect(statuses.at(-1)).toBe('absent port-closed');
});

test('the id of the secure module is told as it is printed', async () => {
  const { clock, ask } = setUp();
  await clock.pass(1_000);
  const result = await ask('sam-id');
  expect(result.ok && findSamId(result.value)).toBe('05.03-20110415-0000012345-0000067890');
});

test('an id prints the low bytes of its words and ten digits of its serials', () => {
  expect(findSamId(encodeSamId([0x1205, 0xff03, 1, 4_294_967_295, 0]))).toBe('05.03-1-4294967295-0000000000');
  expect(findSamId(new Uint8Array(15))).toBeUndefined();
});

test('what a maintainer asks is answered in turn, also with a card on the reader', async () => {
  const { clock, simulator, session, events } = setUp();
  simulator.lay(card('mother'));
  await clock.pass(150);
  const asked = Promise.all([
    session.ask('status'),
    session.ask('max-rf-bytes', Uint8Array.of(80)),
    session.ask('sam-id'),
  ]);
  await clock.pass(4_000);
  expect((await asked).map((result) => result.ok && result.value.length)).toEqual([0, 0, 16]);
  expect(events.map(({ type }) => type)).toEqual(['reading', 'identity']);
});

test('the numbers of a card’s body are told directly after it was read, and of no card that is not there', async () => {
  const { clock, simulator, session, events } = setUp();
  simulator.lay(card('mother'));
  while (events.length === 0) await clock.pass(10);
  const asked = session.ask('read-body-numbers');
  await clock.pass(2_000);
  expect(await asked).toEqual({ ok: true, value: card('mother').bodyNumbers });
  expect(events.map(({ type }) => type)).toEqual(['reading', 'identity']);
  const late = session.ask('read-body-numbers');
  await clock.pass(2_000);
  expect(await late).toEqual({ ok: false, error: { code: 'refused', sw3: 0x41 } });
});

test('a refusal and a silence are told, and cards are read after them', async () => {
  const { clock, simulator, ask, events } = setUp();
  await clock.pass(1_000);
  simulator.order({ fault: { type: 'status', sw3: 0x60 }, command: 'status', times: 1 });
  expect(await ask('status')).toEqual({ ok: false, error: { code: 'refused', sw3: 0x60 } });
  simulator.order({ ...once({ type: 'silence' }), command: 'sam-id' });
  expect(await ask('sam-id')).toEqual({ ok: false, error: { code: 'no-answer' } });
  simulator.lay(card('mother'));
  await clock.pass(4_000);
  expect(events.map(({ type }) => type)).toEqual(['reading', 'identity']);
});

test('without a line nothing is asked, and what was being asked ends with it', async () => {
  const { clock, line, simulator, session } = setUp();
  await clock.pass(1_000);
  simulator.setSilent(true);
  const asked = [session.ask('status'), session.ask('sam-id')];
  line.unplug();
  const none = { ok: false, error: { code: 'no-answer' } };
  expect(await Promise.all(asked)).toEqual([none, none]);
  expect(await session.ask('status')).toEqual(none);
});

test.each<[ReaderSpeed, ReaderSpeed]>([
  [115_200, 9_600],
  [9_600, 115_200],
])('a reader set from %i to %i is found again at its new speed', async (from, to) => {
  const { clock, ask, found, simulator, events, statuses } = setUp(from);
  await clock.pass(4_000);
  expect(await ask(`speed-${to}`)).toMatchObject({ ok: true });
  await clock.pass(4_000);
  expect([found, statuses.at(-1)]).toEqual([[from, to], 'ok null']);
  simulator.lay(card('mother'));
  await clock.pass(6_000);
  expect(events.map(({ type }) => type)).toEqual(['reading', 'identity']);
});

test('a reader that refuses another speed keeps its line', async () => {
  const { clock, simulator, ask, found } = setUp();
  await clock.pass(1_000);
  simulator.order({ fault: { type: 'status', sw3: 0x21 }, command: null, times: 1 });
  await ask('speed-9600');
  expect(found).toEqual([115_200]);
});

test('a fingerprint is read only where somebody takes it', async () => {
  const taken = setUp(115_200, true);
  taken.simulator.lay(card('mother'));
  await taken.clock.pass(2_000);
  const [identity] = taken.events.filter((event) => event.type === 'identity');
  expect(taken.fingerprints).toEqual([[identity?.read.readId, card('mother').fingerprint]]);
  expect(identity?.read.photo).toEqual(card('mother').photo);

  const left = setUp();
  left.simulator.order({ fault: { type: 'silence' }, command: 'read-with-fingerprint', times: 1 });
  left.simulator.lay(card('mother'));
  await left.clock.pass(2_000);
  expect(left.simulator.orders).toHaveLength(1);
  expect(left.events.map(({ type }) => type)).toEqual(['reading', 'identity']);
});
