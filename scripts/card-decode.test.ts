import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { concat, toHex } from '../base/bytes.ts';
import { encodeAnswer } from '../drivers/reader/commands.ts';
import { findSampleCard } from '../drivers/simulator/cards.ts';

const script = fileURLToPath(new URL('card-decode.ts', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-capture-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function decode(capture: string) {
  const file = join(folder, 'capture.hex');
  writeFileSync(file, capture);
  return run(file);
}

function answer(id: string): Uint8Array {
  const card = findSampleCard(id);
  if (card === undefined) throw new Error(`no card ${id}`);
  return encodeAnswer(0x90, concat(Uint8Array.of(1, 0, 4, 0), card.text, card.photo));
}

/** Bytes as a monitor program shows them. */
const dump = (bytes: Uint8Array) =>
  toHex(bytes)
    .toUpperCase()
    .replace(/(..)/g, '$1 ')
    .replace(/(.{48})/g, '$1\n');

describe('card:decode', () => {
  it.each(['mother', 'permit', 'foreign-2017', 'foreign-2023'])('prints the card "%s" as JSON', (id) => {
    const { status, stdout, stderr } = decode(dump(answer(id)));
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchSnapshot();
  });

  it('says what is damaged and where, and fails', () => {
    const frame = answer('mother');
    expect(decode(dump(frame.with(300, (frame[300] ?? 0) ^ 1)))).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^check .* at byte 1294: expected [\dA-F]{2}, found [\dA-F]{2}\n$/),
    });
    expect(decode('AA AA AA 96 69 00 04 00 00 80 84')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'status SW3 at byte 9: expected 90 (success), found 80 (no-card)\n',
    });
  });

  it('fails where there is no file, or none is named', () => {
    expect(run(join(folder, 'nothing'))).toMatchObject({ status: 1, stdout: '' });
    expect(run()).toEqual({ status: 1, stdout: '', stderr: 'usage: npm run card:decode FILE\n' });
  });
});
