/** Law 3, from the other side: what somebody finds who walks away with the machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concat, utf8 } from '../../base/bytes.ts';
import type { OpeningKey } from '../../base/crypto/api.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { openBody } from '../../sync/formats/body.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import { sample32 } from '../../sync/formats/sample.ts';
import { derivePersonKeys } from '../../terminal/memory/person-keys.ts';
import { openLine } from '../../terminal/memory/sealed-line.ts';
import { crash, crypto, openEnrolled, world } from '../../terminal/testing/keeper-world.ts';
import { readOf } from '../../terminal/visit/testing/people.ts';
import { findLeaks } from '../journeys/leaks.ts';
import { copyDisk, liveWeek, TYPED, VILLAGERS, type Villager, type Week } from './week.ts';

const SECRETS = [
  ...VILLAGERS.flatMap(({ name, number, phone }) => [name, number, phone]),
  '浙江省新昌县沙溪镇样板村 1 号',
  ...Object.values(TYPED),
  'social-card',
  'old-age-allowance',
];

describe('a stolen disk, after a week', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-thief-'));
  let week: Week;
  let db: Database.Database;
  const chipOf = (villager: Villager) => ({ number: villager.number, photo: readOf(villager).photo });
  const rows = () =>
    db.prepare('SELECT token, sealed FROM person_rows').all() as { token: Buffer; sealed: Buffer }[];
  const salt = () => (db.prepare('SELECT salt FROM memory').get() as { salt: Buffer }).salt;

  beforeAll(() => {
    week = liveWeek();
    copyDisk(week.parts, join(folder, 'stolen'));
    db = new Database(join(folder, 'stolen', 'terminal.db'), { readonly: true });
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says no name, number, phone, address, answer or matter, in any writing', () => {
    expect(rows().length).toBeGreaterThan(15);
    expect(findLeaks([join(folder, 'stolen')], SECRETS)).toEqual([]);
  });

  it('would say them, were they there: in every writing', () => {
    const name = '欧阳伯年欧阳伯年';
    const control = join(folder, 'control');
    writeFileSync(
      control,
      Buffer.concat([
        Buffer.from(`xx${name}`, 'utf16le'),
        iconv.encode(name, 'gb18030'),
        Buffer.from(
          `hex ${Buffer.from(name).toString('hex')} base64 ${Buffer.from(`x${name}x`).toString('base64')}`,
        ),
        Buffer.from(name),
      ]),
    );
    const found = findLeaks([folder], [name]).map((leak) => leak.split(' as ')[1]);
    expect(new Set(found)).toEqual(new Set(['UTF-8', 'UTF-16LE', 'GB18030', 'hex', 'base64']));
    rmSync(control);
  });

  it('tells nobody who was here who knows every ID number, and not the chips', () => {
    // The thief starts the machine with all that lies on it, its own key among it.
    crash(week.parts);
    const terminal = openEnrolled(week.parts);
    for (const [index, { number }] of VILLAGERS.entries()) {
      const somebodyElse = VILLAGERS[(index + 1) % VILLAGERS.length]!;
      const guesses = [
        new Uint8Array(1_024),
        Uint8Array.from({ length: 1_024 }, (_, at) => at % 256),
        systemRandom.bytes(1_024),
        readOf(somebodyElse).photo,
      ];
      for (const photo of guesses) {
        const memory = terminal.keeper.openMemory({ number, photo });
        if (!memory.ok) continue;
        expect([memory.value.cases(), memory.value.findDraft(), memory.value.findLastUse()]).toEqual([
          [],
          undefined,
          undefined,
        ]);
        memory.value.close();
      }
    }
    const tokens = new Set(rows().map(({ token }) => token.toString('hex')));
    for (const { number } of VILLAGERS) {
      for (const guess of guessesWithoutChip(number, salt())) expect(tokens.has(guess)).toBe(false);
    }
  });

  it('opens to a full copy of one chip that person’s rows, and nothing else', () => {
    for (const [villager, count] of week.rowsOf) {
      const keys = derivePersonKeys(crypto, chipOf(villager), salt());
      invariant(keys.ok, 'the photo is fit');
      const open = rows().filter(
        ({ token, sealed }) =>
          openLine({ crypto, random: systemRandom }, keys.value.rowKey(), token, sealed).ok,
      );
      expect(open.length).toBe(count);
    }
    const total = [...week.rowsOf.values()].reduce((sum, count) => sum + count, 0);
    expect(rows().length).toBe(total);
  });

  it('opens no body to the keys that lie on it', () => {
    const bodies = db
      .prepare('SELECT e.header, o.body FROM owed AS o JOIN entries AS e ON e.number = o.entry')
      .all() as { header: Buffer; body: Buffer }[];
    expect(bodies.length).toBeGreaterThan(0);
    const opens = (key: OpeningKey) =>
      bodies.filter(({ header, body }) => {
        const read = parseHeader(header);
        invariant(read.ok, 'an own header can be read');
        return openBody(key, read.value, body).ok;
      }).length;
    // The terminal's own key is all there is on it; the platform's is the control.
    expect(opens(crypto.openingKey(sample32(crypto, 'terminal')))).toBe(0);
    expect(opens(world.sealing)).toBe(bodies.length);
  });
});

/** What somebody might have stored had they thought a number a secret. */
function guessesWithoutChip(number: string, salt: Uint8Array): readonly string[] {
  const text = utf8(number);
  const info = utf8('yizhan/person/1\0');
  return [
    crypto.sha256(text),
    crypto.sha256(concat(salt, text)),
    crypto.sha256(concat(text, salt)),
    crypto.hmacSha256(salt, text),
    crypto.hkdf({ ikm: text, salt, info, length: 32 }),
    crypto.hmacSha256(crypto.hkdf({ ikm: text, salt, info, length: 32 }), utf8('row\0')),
  ].map((bytes) => Buffer.from(bytes).toString('hex'));
}
