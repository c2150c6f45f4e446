import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import afterPack from './after-pack.ts';
import { FUSES } from './fuses.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-fuses-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file with Electron's mark and a wire of `fuses` fuses, as an unpackaged program has it; nothing runs it. */
function writeWire(fuses: number): void {
  const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const wire = Buffer.from([1, fuses, ...Array<number>(fuses).fill(FuseState.ENABLE)]);
  writeFileSync(join(folder, 'yizhan'), Buffer.concat([Buffer.alloc(64), Buffer.from(mark), wire]));
}
const packed = () => ({ appOutDir: folder, packager: { executableName: 'yizhan' } });

test('each fuse is named once, with its reason', () => {
  const all = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  expect(FUSES.map(({ fuse }) => fuse).sort()).toEqual(all.sort());
  for (const { reason } of FUSES) expect(reason.length).toBeGreaterThan(15);
});

test('packaging burns them as listed', async () => {
  writeWire(FUSES.length);
  await afterPack(packed());
  const wire = await getCurrentFuseWire(join(folder, 'yizhan'));
  for (const { fuse, on } of FUSES) {
    expect(wire[FuseV1Options[fuse]]).toBe(on ? FuseState.ENABLE : FuseState.DISABLE);
  }
});

test('a fuse that a later Electron adds stops the packaging', async () => {
  writeWire(FUSES.length + 1);
  await expect(afterPack(packed())).rejects.toThrow(/strictlyRequireAllFuses/);
});
