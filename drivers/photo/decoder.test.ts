import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../base/node/clock.ts';
import { SAMPLE_CARDS } from '../simulator/cards.ts';
import { setUpRig } from '../testing/rig.ts';
import { photoDecoder } from './decoder.ts';
import { greyPicture, isPicture, PICTURE_BYTES } from './picture.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-photo-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PICTURE = join(import.meta.dirname, 'picture.ts');
const [CARD] = SAMPLE_CARDS;
if (CARD === undefined) throw new Error('no sample card');
const { photo: PHOTO } = CARD;

let modules = 0;
/** A module of this text, whose picture is as grey as its block's first byte unless the text says otherwise. */
function moduleOf(text: string): string {
  modules += 1;
  const path = join(folder, `decoder-${modules}.mjs`);
  writeFileSync(path, `import { greyPicture } from ${JSON.stringify(PICTURE)};\n${text}`);
  return path;
}
const GOOD = 'export const decodePhoto = (photo) => greyPicture(photo[0]);';

function decoderOf(module: string, limitMs = 3_000) {
  const decoder = photoDecoder({ module, clock: systemClock, limitMs });
  onTestFinished(() => decoder.stop());
  return decoder;
}

test('a picture is as long as its rows want it', () => {
  expect(PICTURE_BYTES).toBe(38_862);
  expect(isPicture(greyPicture(7))).toBe(true);
  expect(isPicture(greyPicture(7).subarray(1))).toBe(false);
  expect(isPicture(new Uint8Array(PICTURE_BYTES))).toBe(false);
});

test('a fitted decoder gives the picture of each block, and leaves the block alone', async () => {
  const decoder = decoderOf(moduleOf(GOOD));
  for (const { photo } of SAMPLE_CARDS.slice(0, 3)) {
    const before = Uint8Array.from(photo);
    expect(await decoder.decode(photo)).toEqual({ ok: true, value: greyPicture(photo[0] ?? 0) });
    expect(photo).toEqual(before);
  }
});

test('an older package, with its export below the default, is as good', async () => {
  const decoder = decoderOf(
    moduleOf('export default { decodePhoto: async (photo) => greyPicture(photo[0]) };'),
  );
  expect(await decoder.decode(PHOTO)).toMatchObject({ ok: true });
});

test('a block of another length is asked of nobody', async () => {
  expect(await decoderOf('nowhere').decode(new Uint8Array(3))).toEqual({ ok: false, error: 'unfit' });
});

test.each([
  ['is not there', '', 'no-decoder'],
  ['is no decoder', 'export const decode = 1;', 'no-decoder'],
  ['throws while it is loaded', 'throw new Error();', 'no-decoder'],
  ['throws', 'export const decodePhoto = () => { throw new Error(); };', 'failed'],
  ['rejects', 'export const decodePhoto = async () => { throw 1; };', 'failed'],
  ['gives nothing', 'export const decodePhoto = () => undefined;', 'failed'],
  ['gives what cannot be sent', 'export const decodePhoto = () => () => 1;', 'failed'],
  ['gives too little', 'export const decodePhoto = () => greyPicture(1).subarray(1);', 'failed'],
  ['gives no BMP', 'export const decodePhoto = () => greyPicture(1).fill(1);', 'failed'],
  ['ends its thread', 'export const decodePhoto = () => process.exit(0);', 'failed'],
  [
    'throws later',
    'setTimeout(() => { throw 1; }, 20); export const decodePhoto = () => new Promise(() => {});',
    'failed',
  ],
])('a module that %s is a trouble, and of nobody else', async (_what, text, error) => {
  const module = text === '' ? join(folder, 'nothing.mjs') : moduleOf(text);
  expect(await decoderOf(module).decode(PHOTO)).toEqual({ ok: false, error });
});

test('a module that fails between two blocks is started anew for the next', async () => {
  const module = moduleOf(
    'export const decodePhoto = (photo) => { setTimeout(() => { throw 1; }, 10); return greyPicture(photo[0]); };',
  );
  const decoder = decoderOf(module);
  expect(await decoder.decode(PHOTO)).toMatchObject({ ok: true });
  // Its thread dies by itself, after the answer: until that is seen a block may still be lost with it.
  await expect.poll(() => decoder.decode(PHOTO), { timeout: 10_000 }).toMatchObject({ ok: true });
});

test('a module that spins for ever is ended, and the next block is decoded', async () => {
  const module = moduleOf(`export const decodePhoto = (photo) => {
    if (photo[1] === 0) for (;;);
    return greyPicture(photo[0]);
  };`);
  const decoder = decoderOf(module, 1_000);
  const bad = new Uint8Array(1024);
  const both = await Promise.all([decoder.decode(bad), decoder.decode(PHOTO)]);
  expect(both.map((result) => (result.ok ? 'picture' : result.error))).toEqual(['late', 'picture']);
});

describe('in a cabinet', () => {
  async function lay(photoDecoderName: string | undefined) {
    await using soFar = new AsyncDisposableStack();
    const rig = soFar.use(
      await setUpRig(photoDecoderName === undefined ? {} : { config: { photoDecoder: photoDecoderName } }),
    );
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(
      (event): event is typeof event => event.type === 'reader' && event.event.type === 'identity',
    );
    const told = rig.readerEvents().find((event) => event.type === 'identity');
    soFar.move();
    return { rig, readId: told?.type === 'identity' ? told.read.readId : '' };
  }

  test('with a decoder: the picture of the card held, and of no other', async () => {
    const { rig, readId } = await lay(moduleOf(GOOD));
    await using _rig = rig;
    const photo = SAMPLE_CARDS.find(({ id }) => id === 'mother')?.photo;
    expect(await rig.client.cardPicture({ readId })).toEqual({
      outcome: 'decoded',
      bmp: greyPicture(photo?.[0] ?? 0),
    });
    expect(await rig.client.cardPicture({ readId: '0'.repeat(32) })).toEqual({
      outcome: 'none',
      why: 'no-card',
    });
    await rig.client.forgetCard();
    expect(await rig.client.cardPicture({ readId })).toEqual({ outcome: 'none', why: 'no-card' });
  });

  test('without one: none, and the card is read as ever', async () => {
    const { rig, readId } = await lay(undefined);
    await using _rig = rig;
    expect(await rig.client.cardPicture({ readId })).toEqual({ outcome: 'none', why: 'no-decoder' });
  });

  test('with one that hangs: cards are read meanwhile', async () => {
    const { rig, readId } = await lay(moduleOf('export const decodePhoto = () => { for (;;); };'));
    await using _rig = rig;
    const asked = rig.client.cardPicture({ readId });
    const from = rig.events.length;
    await rig.order({ order: 'lay-card', card: 'daughter' });
    await rig.next(
      (event): event is typeof event => event.type === 'reader' && event.event.type === 'identity',
      from,
    );
    expect(await asked).toEqual({ outcome: 'none', why: 'late' });
  });
});
