import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import type { HttpRequest } from '../base/fetch.ts';
import type { Entry } from './formats/entry.ts';
import { SAMPLE_MS, sampleId } from './formats/sample.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createRig, type Rig } from './testing/rig.ts';

const crypto = createCrypto();
const MIB = 1024 * 1024;
const MINUTE = 60_000;

/** An encrypted file, as far as uploads go: bytes that have a hash. */
function fileOf(name: string, bytes: number): { readonly hash: Uint8Array; readonly sealed: Uint8Array } {
  const sealed = new Uint8Array(bytes).fill(name.length);
  sealed.set(new TextEncoder().encode(name));
  return { hash: crypto.sha256(sealed), sealed };
}

/** Keeps an entry with these files, which lie on its disk. */
function keep(rig: Rig, files: readonly ReturnType<typeof fileOf>[], entryClass: 0 | 1 = 1): Entry {
  for (const { hash, sealed } of files) rig.journal.putFile(hash, sealed);
  const attachments = files.map(({ hash, sealed }) => ({ hash, bytes: sealed.length }));
  return rig.keep(1, { attachments, class: entryClass })[0]!;
}

function isHeld(rig: Rig, entry: Entry): boolean {
  return rig.platform.held.has(toHex(entry.header.entryId));
}

async function started(): Promise<Rig> {
  const rig = createRig(crypto, createHandClock(SAMPLE_MS));
  rig.engine.start();
  await rig.pass(MINUTE);
  return rig;
}

describe('an entry with files', () => {
  it('is offered once they are there, each byte sent once, in pieces of at most 1 MiB', async () => {
    const rig = await started();
    const files = [fileOf('large', 5 * MIB + 17), fileOf('small', 100)];
    const entry = keep(rig, files);
    rig.engine.nudge('new-entry');
    await rig.pass(MINUTE);
    expect(isHeld(rig, entry)).toBe(true);
    const { whole, pieces } = rig.platform.files;
    for (const { hash, sealed } of files) expect(whole.get(toHex(hash))).toEqual(sealed);
    expect(Math.max(...pieces.map(({ bytes }) => bytes))).toBe(MIB);
    expect(pieces.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(5 * MIB + 117);
    const { seen } = rig.platform;
    const offered = seen.indexOf('entries', seen.indexOf('patchFile'));
    expect(offered).toBeGreaterThan(seen.lastIndexOf('patchFile'));
    expect(rig.events).toContainEqual({ kind: 'uploaded', files: 2 });
  });

  it('goes on where the platform is, after a reply that was lost and after the network was gone', async () => {
    const rig = await started();
    const file = fileOf('large', 3 * MIB);
    const entry = keep(rig, [file]);
    let patches = 0;
    rig.network.loseReply = ({ method }) => {
      if (method === 'PATCH') patches += 1;
      return method === 'PATCH' && patches === 2;
    };
    rig.platform.knobs.refuse = () => {
      if (patches === 4) rig.network.up = false;
      return undefined;
    };
    rig.engine.nudge('new-entry');
    await rig.pass(5 * MINUTE);
    expect(isHeld(rig, entry)).toBe(false);
    rig.network.up = true;
    patches += 1;
    await rig.pass(20 * MINUTE);
    expect(isHeld(rig, entry)).toBe(true);
    const { pieces } = rig.platform.files;
    expect(pieces.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(3 * MIB);
    expect(pieces.map(({ offset }) => offset)).toEqual(
      pieces.map((_, index) => pieces.slice(0, index).reduce((sum, { bytes }) => sum + bytes, 0)),
    );
  });

  it('sends nothing of what the platform has, whoever brought it', async () => {
    const rig = await started();
    const file = fileOf('there', MIB);
    const entry = keep(rig, [file]);
    rig.journal.putFile(file.hash, null);
    rig.platform.files.whole.set(toHex(file.hash), file.sealed);
    rig.engine.nudge('new-entry');
    await rig.pass(MINUTE);
    expect(isHeld(rig, entry)).toBe(true);
    expect(rig.platform.files.pieces).toEqual([]);
    expect(rig.platform.seen).not.toContain('createFile');
  });

  it('is uploaded again when the platform came back without its files', async () => {
    const rig = await started();
    const file = fileOf('photograph', MIB);
    const entry = keep(rig, [file]);
    rig.engine.nudge('new-entry');
    await rig.pass(MINUTE);
    rig.platform.files.whole.clear();
    rig.platform.restore(sampleId(crypto, 'epoch 2'), []);
    await rig.pass(2 * 60 * MINUTE);
    expect(isHeld(rig, entry)).toBe(true);
    expect(rig.platform.files.whole.size).toBe(1);
  });

  it('is uploaded again when the platform asks to try later because it lost them', async () => {
    const rig = await started();
    const file = fileOf('photograph', 1_000);
    const entry = keep(rig, [file]);
    rig.platform.knobs.refuse = (name) => {
      if (name === 'entries' && rig.platform.files.pieces.length === 1) rig.platform.files.whole.clear();
      return undefined;
    };
    rig.engine.nudge('new-entry');
    await rig.pass(10 * MINUTE);
    expect(isHeld(rig, entry)).toBe(true);
    expect(rig.platform.files.pieces).toHaveLength(2);
  });

  it('is begun again when the platform threw the upload away', async () => {
    const rig = await started();
    const entry = keep(rig, [fileOf('large', 2 * MIB)]);
    let hasForgotten = false;
    rig.platform.knobs.refuse = (name) => {
      if (name === 'patchFile' && !hasForgotten && rig.platform.files.pieces.length === 3) {
        hasForgotten = true;
        rig.platform.files.forgetBegun();
      }
      return undefined;
    };
    rig.engine.nudge('new-entry');
    await rig.pass(5 * MINUTE);
    expect(hasForgotten).toBe(true);
    expect(isHeld(rig, entry)).toBe(true);
  });

  it.each([
    ['that takes small pieces alone', false],
    ['on which large pieces never arrive', true],
  ])('gets through a line %s', async (_name, isSilent) => {
    const rig = await started();
    const entry = keep(rig, [fileOf('photograph', 300_000)]);
    const isLarge = (body: Uint8Array | undefined) => (body?.length ?? 0) > 20_000;
    rig.platform.knobs.refuse = (name, { body }) =>
      name === 'patchFile' && isLarge(body) ? [413, 'too-large'] : undefined;
    rig.network.loseReply = ({ body }) => isSilent && isLarge(body);
    rig.engine.nudge('new-entry');
    await rig.pass(3 * 60 * MINUTE);
    expect(isHeld(rig, entry)).toBe(true);
  });
});

describe('what does not get through', () => {
  const isOf = (hash: Uint8Array) => (request: HttpRequest) => request.url.endsWith(toHex(hash));

  it.each<[string, (rig: Rig, hash: Uint8Array) => void]>([
    ['is not on the disk', (rig, hash) => rig.journal.putFile(hash, null)],
    [
      'is refused',
      (rig, hash) => {
        rig.platform.knobs.refuse = (_, request) => (isOf(hash)(request) ? [500, 'fault'] : undefined);
      },
    ],
    [
      'is never answered',
      (rig, hash) => {
        rig.network.loseReply = isOf(hash);
      },
    ],
    [
      'does not stand where it should',
      (rig, hash) => {
        rig.platform.knobs.refuse = (name, request) => {
          if (name === 'patchFile' && isOf(hash)(request)) rig.platform.files.forgetBegun();
          return undefined;
        };
      },
    ],
  ])('because it %s holds up nothing, and goes once it can', async (_name, harm) => {
    const rig = await started();
    const bad = fileOf('bad', 100_000);
    const stuck = keep(rig, [bad]);
    harm(rig, bad.hash);
    const others = [keep(rig, [fileOf('good', 200_000)]), keep(rig, [])];
    rig.engine.nudge('new-entry');
    await rig.pass(15 * MINUTE);
    expect(others.map((entry) => isHeld(rig, entry))).toEqual([true, true]);
    expect(isHeld(rig, stuck)).toBe(false);
    expect(rig.journal.tries().at(-1)?.trouble).toMatch(/^(file-|http-|timeout|upload-)/);
    expect(rig.platform.seen.length).toBeLessThan(100);

    rig.journal.putFile(bad.hash, bad.sealed);
    rig.platform.knobs.refuse = undefined;
    rig.network.loseReply = () => false;
    await rig.pass(60 * MINUTE);
    expect(isHeld(rig, stuck)).toBe(true);
    expect(rig.engine.status()).toMatchObject({ trouble: null, owed: { waiting: 0 } });
  });
});

it('lets what was kept meanwhile go before the next piece', async () => {
  const rig = await started();
  const large = keep(rig, [fileOf('large', 8 * MIB)]);
  let urgent: Entry | undefined;
  rig.platform.knobs.refuse = (name) => {
    if (name === 'patchFile' && rig.platform.files.pieces.length === 3) urgent = keep(rig, [], 0);
    return undefined;
  };
  rig.engine.nudge('new-entry');
  await rig.pass(5 * MINUTE);
  expect(urgent && isHeld(rig, urgent)).toBe(true);
  expect(isHeld(rig, large)).toBe(true);
  const calls = rig.platform.seen.filter((name) => name === 'patchFile' || name === 'entries');
  const firstPiece = calls.indexOf('patchFile');
  expect(calls.slice(firstPiece, firstPiece + 6)).toEqual([
    ...['patchFile', 'patchFile', 'patchFile', 'patchFile'],
    ...['entries', 'patchFile'],
  ]);
});

it('lets an urgent word go before a long queue with files on a slow line, and its own picture before theirs', async () => {
  const rig = await started();
  rig.network.delayMs = 4_000;
  const queue = Array.from({ length: 40 }, (_, n) => keep(rig, [fileOf(`case ${n}`, 300_000)]));
  rig.engine.nudge('new-entry');
  await rig.pass(2 * MINUTE);
  const before = queue.filter((entry) => isHeld(rig, entry)).length;
  expect(before).toBeLessThan(10);
  const words = keep(rig, [], 0);
  const picture = keep(rig, [fileOf('flood', 400_000)], 0);
  rig.engine.nudge('new-entry');
  await rig.pass(30_000);
  expect(isHeld(rig, words)).toBe(true);
  await rig.pass(2 * MINUTE);
  expect(isHeld(rig, picture)).toBe(true);
  // Nothing of the queue was finished meanwhile but what was under way.
  expect(queue.filter((entry) => isHeld(rig, entry)).length).toBeLessThanOrEqual(before + 2);
  await rig.pass(120 * MINUTE);
  expect(queue.every((entry) => isHeld(rig, entry))).toBe(true);
});
