import { expect, test } from 'vitest';
import { concat, toHex } from '../../base/bytes.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { encodeAnswer, encodeRequest } from './commands.ts';
import { Exchange } from './exchange.ts';
import { READER_DELAYS } from './reader-delays.ts';

/** An exchange that has asked for a read, what it wrote, and what it said and when. */
function asked() {
  const clock = virtualClock();
  const told: { type: string; sw3?: number; atMs: number }[] = [];
  const written: string[] = [];
  const exchange = new Exchange(clock, (_command, outcome) => {
    const sw3 = outcome.type === 'answer' ? { sw3: outcome.answer.sw3 } : {};
    told.push({ type: outcome.type, ...sw3, atMs: clock.monoMs() });
  });
  const send = () => exchange.send('read', (bytes) => written.push(toHex(bytes)));
  send();
  return { clock, exchange, told, written, send };
}

/** A frame whose check is wrong. */
function spoilt(frame: Uint8Array): Uint8Array {
  return frame.map((byte, index) => (index === frame.length - 1 ? byte ^ 1 : byte));
}

test('asks, and says what is answered once', async () => {
  const { clock, exchange, told, written } = asked();
  expect(written).toEqual([toHex(encodeRequest('read'))]);
  const bytes = encodeAnswer(0x41);
  exchange.receive(bytes);
  exchange.receive(encodeAnswer(0x90));
  await clock.pass(10_000);
  expect(told).toEqual([{ type: 'answer', sw3: 0x41, atMs: 0 }]);
  expect(bytes).toEqual(new Uint8Array(bytes.length));
});

test('silence is noticed when an answer is overdue', async () => {
  const { clock, told } = asked();
  await clock.pass(10_000);
  expect(told).toEqual([{ type: 'silence', atMs: READER_DELAYS.answerMs.read }]);
});

test('half an answer is noticed as soon as the rest is overdue', async () => {
  const { clock, exchange, told } = asked();
  exchange.receive(encodeAnswer(0x90).slice(0, 6));
  await clock.pass(10_000);
  expect(told).toEqual([{ type: 'silence', atMs: READER_DELAYS.gapMs }]);
});

test('an answer may take long, as long as it goes on', async () => {
  const { clock, exchange, told } = asked();
  const frame = encodeAnswer(0x90, new Uint8Array(40));
  for (const byte of frame) {
    exchange.receive(Uint8Array.of(byte));
    await clock.pass(READER_DELAYS.gapMs - 1);
  }
  expect(told).toMatchObject([{ type: 'answer', sw3: 0x90 }]);
});

test('after a wrong check the line is let run out, and nothing in it is taken for an answer', async () => {
  const { clock, exchange, told } = asked();
  exchange.receive(concat(spoilt(encodeAnswer(0x90)), encodeAnswer(0x41)));
  await clock.pass(100);
  exchange.receive(encodeAnswer(0x41));
  await clock.pass(10_000);
  expect(told).toEqual([{ type: 'noise', atMs: 100 + READER_DELAYS.gapMs }]);
});

test('a line that never falls quiet is asked again all the same', async () => {
  const { clock, exchange, told } = asked();
  exchange.receive(spoilt(encodeAnswer(0x90)));
  for (let ms = 0; ms < 3_000; ms += 50) {
    exchange.receive(Uint8Array.of(0x55));
    await clock.pass(50);
  }
  expect(told).toEqual([{ type: 'noise', atMs: READER_DELAYS.noiseMs }]);
});

test('what came before a request is no part of its answer', async () => {
  const { clock, exchange, told, send } = asked();
  await clock.pass(10_000);
  const late = encodeAnswer(0x90, new Uint8Array(20));
  exchange.receive(late.slice(0, 12));
  send();
  exchange.receive(encodeAnswer(0x41));
  expect(told).toMatchObject([{ type: 'silence' }, { type: 'answer', sw3: 0x41 }]);
});

test('a request given up is never spoken of', async () => {
  const { clock, exchange, told } = asked();
  exchange.abandon();
  exchange.receive(encodeAnswer(0x90));
  await clock.pass(10_000);
  expect(told).toEqual([]);
});
