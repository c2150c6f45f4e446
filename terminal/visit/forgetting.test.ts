import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { numberOf } from './testing/people.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-forgetting-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is looked for, as a heap snapshot writes it: the name, the number and the words of each visitor. */
const NEEDLES = ['\\u7532', '\\u4E59', '\\u4E19'].flatMap((last, nth) => [
  `\\u6B27\\u9633\\u6D4B${last}`,
  numberOf(`1941052${nth}`, '005'),
  `typed+by+visitor+${nth}`,
]);

/** The same of a slip, of a proof and of whom it is for, and of what was held up where nobody asked for a code. */
const SLIP = ['330625120047'];
const PROOF = ['139****8642', '864209'];
const UNASKED = ['scanned+by+nobody'];

it('nothing of a person is held once they left, walked away, or handed something in', {
  timeout: 120_000,
}, async () => {
  const program = fileURLToPath(new URL('./testing/forgetting.ts', import.meta.url));
  const flags = ['--expose-gc', '--heap-snapshot-string-limit=1000000'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, folder]);
  expect(JSON.parse(stdout)).toEqual([
    'check',
    'goodbye',
    'still-there',
    'goodbye',
    'kept',
    'attract',
    'slip-lookup',
    'prove-person',
    'question',
  ]);

  const photo = [readFileSync(join(folder, 'photo-ref'), 'utf8')];
  expect(photo[0]).toMatch(/^[0-9a-f]{32}$/);
  const all = [...NEEDLES, ...SLIP, ...PROOF, ...UNASKED, ...photo];
  const found = (file: string) => {
    const snapshot = readFileSync(join(folder, `${file}.heapsnapshot`), 'utf8');
    // What is held as text: before it stand numbers by the million, some of them six digits that mean nothing.
    const strings = snapshot.slice(snapshot.indexOf('"strings":'));
    return all.filter((needle) => strings.includes(needle));
  };
  // The search bites: during the first visit all of the first visitor is found.
  expect(found('during')).toEqual(NEEDLES.slice(0, 3));
  // And so it does for what else may be in hand; what nobody asked for is not kept for a moment.
  expect(found('slip')).toEqual(SLIP);
  expect(found('proof')).toEqual([...NEEDLES.slice(0, 3), ...PROOF]);
  expect(found('photo')).toEqual(photo);
  expect(found('after')).toEqual([]);
});
