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

  // The fields of each kind, in the order they are printed; what a kind lacks is absent.
  it.each([
    ['mother', 'kind name sex nation birth address number numberValid issuer validFrom validTo'],
    [
      'permit',
      'kind name sex birth address number numberValid issuer validFrom validTo permitNumber issueCount',
    ],
    ['foreign-2017', 'kind name nameLatin sex birth number numberValid issuer validFrom validTo nationality'],
    [
      'foreign-2023',
      'kind name nameLatin sex birth number numberValid validFrom validTo nationality issueCount',
    ],
  ])('prints of "%s" the fields of its kind and no other', (id, fields) => {
    const printed = Object.keys(JSON.parse(decode(dump(answer(id))).stdout));
    expect(printed).toEqual([...fields.split(' '), 'photoBytes', 'fingerprintBytes', 'notes']);
  });

  it('takes any spacing and line ends, upper and lower case', () => {
    const hex = toHex(answer('mother'));
    const plain = decode(hex);
    expect(plain.status).toBe(0);
    for (const capture of [
      hex.toUpperCase(),
      dump(answer('mother')).replaceAll('\n', '\r\n'),
      `\ufeff\t${hex}\r\n\r\n`,
      hex.split('').join(' '),
    ])
      expect(decode(capture)).toEqual(plain);
  });

  it('says that a number is wrong, and prints it', () => {
    const card = answer('mother');
    // The last character of the number, byte 16 + 122 + 34, and the check made right again.
    const frame = encodeAnswer(0x90, card.slice(10, -1).with(4 + 122 + 34, '5'.charCodeAt(0)));
    expect(JSON.parse(decode(dump(frame)).stdout)).toMatchObject({
      number: '330699194103121025',
      numberValid: false,
      notes: ['number-check-wrong'],
    });
  });

  it.each([
    [
      'half a byte',
      'AA AA A',
      'hex digit at character 7: expected a second digit for the last byte, found the end',
    ],
    ['a letter', 'AA AA AA 96 6G', 'hex digit at character 13: expected a hex digit or a space, found "G"'],
    ['nothing', '', 'preamble at byte 0: expected AA, found the end'],
    ['another beginning', 'AA AA AA 69', 'preamble at byte 3: expected 96, found 69'],
    [
      'a request',
      'AA AA AA 96 69 00 03 30 01 32',
      'length at byte 5: expected 0004 to 1000 for an answer, found 0003 before 3 bytes',
    ],
    [
      'two answers',
      'AA AA AA 96 69 00 04 00 00 80 84 AA AA AA 96 69 00 04 00 00 80 84',
      'end of the frame at byte 11: expected the end, found AA, 11 bytes more',
    ],
    [
      'a selection',
      'AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C',
      'data of a read at byte 10: expected at least 260 bytes, found 8 bytes: no answer to a read',
    ],
  ])('of %s says what is wrong, and fails', (_name, capture, words) => {
    expect(decode(capture)).toEqual({ status: 1, stdout: '', stderr: `${words}\n` });
  });

  it('of two reads in one file says where the second begins', () => {
    const { status, stdout, stderr } = decode(dump(concat(answer('mother'), answer('permit'))));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe('end of the frame at byte 1295: expected the end, found AA, 1295 bytes more\n');
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
