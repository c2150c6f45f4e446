/** The simulated proof box and the real driver, over a real pseudo-terminal. */
import { describe, expect, test, vi } from 'vitest';
import type { ProofEvent, ProofMethod } from '../api.ts';
import { type Rig, setUpRig } from '../testing/rig.ts';

let proofs = 0;

/** Begins a proof; `told` fills as it goes. */
function prove(rig: Rig, method: ProofMethod, signal?: AbortSignal) {
  proofs += 1;
  const proofId = proofs.toString(16).padStart(32, '0');
  const person = { name: '样板', number: '11010519491231002X', photo: new Uint8Array(1024).fill(3) };
  const told: ProofEvent[] = [];
  const ends = (async () => {
    for await (const event of await rig.client.prove({ proofId, method, person }, { signal }))
      told.push(event);
    return told.at(-1);
  })();
  return { proofId, told, ends, person };
}

const ended = (outcome: string, reason?: string) => ({
  type: 'ended',
  end: reason === undefined ? { outcome } : { outcome, reason },
});

/** The code on the phone, once it is there. */
async function codeOn(rig: Rig): Promise<string> {
  return vi.waitFor(
    () => {
      const { message } = rig.cabinet.state().proof;
      if (message === null) throw new Error('no message on the phone');
      return message.code;
    },
    { timeout: 5_000 },
  );
}

/** Waits until `look` finds what is expected. */
const becomes = (look: () => unknown, expected: unknown) =>
  vi.waitFor(() => expect(look()).toEqual(expected), { timeout: 5_000 });

describe.concurrent('over a pseudo-terminal', () => {
  test('what works is told with its status', async () => {
    await using rig = await setUpRig();
    await rig.status('proof', 'ok');
    const said = rig.events.flatMap((event) => (event.type === 'status' ? [event.status] : []));
    expect(said.findLast(({ device }) => device === 'proof')).toMatchObject({
      proofMethods: ['face', 'phone-code'],
    });
  });

  test.each([
    ['holder', ended('proved')],
    ['somebody-else', ended('not-proved', 'no-match')],
    ['nobody', ended('not-proved', 'no-face')],
  ] as const)('by face, before it stands: %s', async (face, end) => {
    await using rig = await setUpRig();
    await rig.status('proof', 'ok');
    await rig.order({ order: 'set-proof-face', face });
    const { told, ends, person } = prove(rig, 'face');
    expect(await ends).toEqual(end);
    expect(told[0]).toEqual({ type: 'prompt', prompt: 'look-at-camera' });
    await becomes(() => new Set(person.photo), new Set([0]));
    await rig.status('proof', 'ok');
  });

  test('by code: a wrong guess, then what the phone says; then the phone shows nothing', async () => {
    await using rig = await setUpRig();
    await rig.status('proof', 'ok');
    const { proofId, told, ends } = prove(rig, 'phone-code');
    const code = await codeOn(rig);
    await becomes(() => told, [{ type: 'code-sent', maskedPhone: '139****0000', digits: 6, guessesLeft: 5 }]);
    expect(JSON.stringify(told)).not.toContain(code);
    await rig.client.answerProof({ proofId, code: code === '000000' ? '000001' : '000000' });
    await becomes(() => told.at(-1), { type: 'wrong-code', guessesLeft: 4 });
    await rig.client.answerProof({ proofId, code });
    expect(await ends).toEqual(ended('proved'));
    expect(rig.cabinet.state().proof.message).toBeNull();
  });

  test('no phone on record', async () => {
    await using rig = await setUpRig();
    await rig.status('proof', 'ok');
    await rig.order({ order: 'set-proof-phone', onRecord: false });
    expect(await prove(rig, 'phone-code').ends).toEqual(ended('not-proved', 'no-phone'));
  });

  test('hung up, the box is told to stop, and the next proof is not mixed up with it', async () => {
    await using rig = await setUpRig();
    await rig.status('proof', 'ok');
    const line = new AbortController();
    const first = prove(rig, 'phone-code', line.signal);
    await codeOn(rig);
    line.abort();
    await first.ends.catch(() => undefined);
    await becomes(() => rig.cabinet.state().proof.message, null);
    await rig.status('proof', 'ok');
    expect(await prove(rig, 'face').ends).toEqual(ended('proved'));
  });

  test('unplugged in the middle: unavailable, absent; plugged in again it works', async () => {
    await using rig = await setUpRig();
    await rig.status('proof', 'ok');
    const { ends } = prove(rig, 'phone-code');
    await codeOn(rig);
    await rig.order({ order: 'unplug', device: 'proof' });
    expect(await ends).toEqual(ended('unavailable'));
    await rig.status('proof', 'absent', 'port-closed');
    await rig.order({ order: 'plug', device: 'proof' });
    await rig.status('proof', 'ok');
    expect(await prove(rig, 'face').ends).toEqual(ended('proved'));
  }, 40_000);

  test('silent in the middle: unavailable, a fault; heard again it works, and the others never minded', async () => {
    await using rig = await setUpRig();
    await rig.status('proof', 'ok');
    const { ends } = prove(rig, 'phone-code');
    await codeOn(rig);
    await rig.order({ order: 'set-proof-silent', silent: true });
    expect(await ends).toEqual(ended('unavailable'));
    await rig.status('proof', 'fault', 'not-answering');
    await rig.order({ order: 'set-proof-silent', silent: false });
    await rig.status('proof', 'ok');
    const others = rig.events.filter((event) => event.type === 'status' && event.status.device !== 'proof');
    expect(others.filter((event) => event.type === 'status' && event.status.state === 'fault')).toEqual([]);
  }, 40_000);

  test('a cabinet without one says unavailable', async () => {
    await using rig = await setUpRig({ config: { proof: undefined } });
    expect(await prove(rig, 'face').ends).toEqual(ended('unavailable'));
  });
});
