/** Proof of person over the real line to the devices process. */
import { describe, expect, it, vi } from 'vitest';
import { connect } from '../../base/rpc/connect.ts';
import { portPair } from '../../base/rpc/port.ts';
import { serve } from '../../base/rpc/serve.ts';
import type { DevicesContract, ProofEvent, ProofOrder } from '../../drivers/api.ts';
import { createProver } from './prover.ts';
import { createFakeDevices, type FakeDevices } from './testing/fake-devices.ts';
import { ELDER, readOf } from './testing/people.ts';
import { watchKeeper } from './testing/watched-keeper.ts';
import { type Wired, wireTerminal } from './testing/wired-terminal.ts';

const FITTED = {
  device: 'proof',
  state: 'ok',
  reason: null,
  proofMethods: ['face', 'phone-code'],
} as const;

const page = (wired: Wired) => wired.terminal.view().page;
const untilPage = (wired: Wired, part: object) => vi.waitFor(() => expect(page(wired)).toMatchObject(part));

/** The elder at the page of proof, before devices that do as `prove` says. */
async function atProof(prove: FakeDevices['prove']) {
  const wired = wireTerminal();
  const plugged = wired.plug();
  plugged.devices.prove = prove;
  await untilPage(wired, { kind: 'attract', reader: 'ready' });
  plugged.devices.becomes(FITTED);
  plugged.devices.readerSays({ type: 'identity', read: readOf(ELDER) });
  await wired.until('home');
  await wired.act({ type: 'open-matter', matterId: 'benefit-proof-of-life' });
  await untilPage(wired, { kind: 'matter', willProve: ['face', 'phone-code'] });
  await wired.act({ type: 'start', basis: 'self' });
  await wired.until('prove-person');
  return { wired, ...plugged };
}

/** A prover on a real line to devices that never end a proof by themselves. */
function proverOnLine() {
  const { clock } = watchKeeper();
  const devices = createFakeDevices();
  devices.prove = async function* (_order, signal) {
    yield { type: 'prompt', prompt: 'look-at-camera' };
    await hungUp(signal);
  };
  const [here, there] = portPair();
  serve(devices.router, there, { clock, context: {}, onFault: () => {} });
  const { client } = connect<DevicesContract>(here, { clock });
  const told: string[] = [];
  const prover = createProver({
    findDevices: () => client,
    onEvent: (proofId, event) => told.push(`${proofId.slice(0, 2)} ${event.type}`),
  });
  const begin = (letter: string) => {
    const person = { name: ELDER.name, number: ELDER.number, photo: new Uint8Array(1024).fill(5) };
    prover.begin({ proofId: letter.repeat(32), method: 'face', person });
    return person;
  };
  return { prover, told, begin, kill: () => there.close() };
}

const isWiped = (photo: Uint8Array) => photo.every((byte) => byte === 0);

/** Waits for the call to be hung up. */
const hungUp = (signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));

describe('what is held of a person', () => {
  it('is let go of when the proof is put aside, and nothing more is told of it', async () => {
    const { prover, told, begin } = proverOnLine();
    const person = begin('a');
    await vi.waitFor(() => expect(told).toEqual(['aa prompt']));
    prover.keepOnly(null);
    await vi.waitFor(() => expect(isWiped(person.photo)).toBe(true));
    expect(told).toEqual(['aa prompt']);
  });

  it('is let go of when another proof begins, and the two are not mixed up', async () => {
    const { told, begin } = proverOnLine();
    const first = begin('a');
    await vi.waitFor(() => expect(told).toEqual(['aa prompt']));
    begin('b');
    await vi.waitFor(() => expect(isWiped(first.photo)).toBe(true));
    await vi.waitFor(() => expect(told).toEqual(['aa prompt', 'bb prompt']));
  });

  it('is let go of when the devices process dies', async () => {
    const { told, begin, kill } = proverOnLine();
    const person = begin('a');
    await vi.waitFor(() => expect(told).toEqual(['aa prompt']));
    kill();
    await vi.waitFor(() => expect(told).toEqual(['aa prompt', 'aa ended']));
    expect(isWiped(person.photo)).toBe(true);
  });
});

describe('a proof over the line', () => {
  it('brings the person there, and what happens back', async () => {
    const orders: ProofOrder[] = [];
    const { wired } = await atProof(async function* (order): AsyncGenerator<ProofEvent, void, void> {
      orders.push(order);
      yield { type: 'prompt', prompt: 'look-at-camera' };
      yield { type: 'ended', end: { outcome: 'proved' } };
    });
    await wired.act({ type: 'prove', method: 'face' });
    await wired.until('question');
    expect(orders).toMatchObject([{ method: 'face', person: { name: ELDER.name, number: ELDER.number } }]);
    expect(orders[0]?.person.photo).toHaveLength(1024);
    wired.terminal.stop();
  });

  it('carries what was typed', async () => {
    const { wired, devices } = await atProof(async function* (_order, signal) {
      yield { type: 'code-sent', maskedPhone: '139****0000', digits: 6, guessesLeft: 5 };
      await hungUp(signal);
    });
    await wired.act({ type: 'prove', method: 'phone-code' });
    await untilPage(wired, { state: { at: 'code', sent: { maskedPhone: '139****0000' } } });
    await wired.act({ type: 'prove-code', code: '246810' });
    await vi.waitFor(() => expect(devices.typed).toEqual(['246810']));
    wired.terminal.stop();
  });

  it.each([
    ['leaving', { type: 'leave' }],
    ['another way', { type: 'drop-proof' }],
    ['going back', { type: 'back' }],
    ['the agent', { type: 'go', to: 'agent' }],
  ] as const)('is hung up by %s', async (_how, action) => {
    let isHungUp = false;
    const { wired } = await atProof(async function* (_order, signal) {
      yield { type: 'prompt', prompt: 'look-at-camera' };
      await hungUp(signal);
      isHungUp = true;
    });
    await wired.act({ type: 'prove', method: 'face' });
    await untilPage(wired, { state: { at: 'face', prompt: 'look-at-camera' } });
    await wired.act(action);
    await vi.waitFor(() => expect(isHungUp).toBe(true));
    wired.terminal.stop();
  });

  it('is unavailable when the devices process dies, and the page stays', async () => {
    const { wired, kill } = await atProof(async function* (_order, signal) {
      yield { type: 'prompt', prompt: 'look-at-camera' };
      await hungUp(signal);
    });
    await wired.act({ type: 'prove', method: 'face' });
    await untilPage(wired, { state: { at: 'face', prompt: 'look-at-camera' } });
    kill();
    await untilPage(wired, {
      kind: 'prove-person',
      methods: [],
      state: { at: 'choose', failed: { reason: 'unavailable' } },
    });
    wired.terminal.stop();
  });

  it('that ends without a word proved nobody', async () => {
    const { wired } = await atProof(async function* () {
      yield { type: 'prompt', prompt: 'comparing' };
    });
    await wired.act({ type: 'prove', method: 'face' });
    await untilPage(wired, { state: { at: 'choose', failed: { reason: 'unavailable' } } });
    wired.terminal.stop();
  });
});
