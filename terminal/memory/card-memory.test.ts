import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Crypto } from '../../base/crypto/api.ts';
import { memorySqlStore } from '../../base/node/sqlite-memory.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { FEED_KIND, FIRST_CURSOR, sealCaseItem } from '../../sync/formats/feed.ts';
import { SAMPLE_MS, sample32 } from '../../sync/formats/sample.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import {
  caseWish,
  crash,
  crypto,
  idOf,
  type MemoryParts,
  memoryParts,
  openEnrolled,
  photoOf,
  SPECIMEN,
  specimenMemory,
} from '../testing/keeper-world.ts';
import { nextBucket } from './buckets.ts';

const DAY_MS = 86_400_000;

function rowsOnDisk(opened: { image: Uint8Array | undefined }, table: string) {
  const store = memorySqlStore();
  store.putImage(opened.image);
  const sql = store.open();
  if (!sql.ok) throw new Error('opens');
  return sql.value.prepare<{ token: Uint8Array; sealed: Uint8Array }>(`SELECT * FROM ${table}`).all();
}

/** Starts the terminal every tenth day, with a network, for an hour and a bit. */
function passDays(parts: MemoryParts, from: number, to: number): OpenedKeeper {
  for (let day = from; day < to; day += 10) {
    crash(parts);
    const opened = openEnrolled(parts);
    opened.time.learn({ issuedAtMs: SAMPLE_MS + day * DAY_MS, ...now(parts) });
    parts.clock.advance(3_700_000);
  }
  crash(parts);
  return openEnrolled(parts);
}

function now({ clock }: MemoryParts) {
  return { sentMonoMs: clock.monoMs(), receivedMonoMs: clock.monoMs() };
}

describe('what a card is remembered by', () => {
  it('is derived as the format says, by another hand', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    const kept = opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
    if (!kept.ok) throw new Error('kept');

    const image = parts.store.findImage();
    const store = memorySqlStore();
    store.putImage(image);
    const sql = store.open();
    if (!sql.ok) throw new Error('opens');
    const { salt, bucket } = sql.value
      .prepare<{ salt: Uint8Array; bucket: number }>('SELECT salt, bucket FROM memory')
      .find()!;
    const ikm = Buffer.concat([Buffer.from(SPECIMEN.number, 'ascii'), photoOf(SPECIMEN.name)]);
    const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'yizhan/person/1\0', 32));
    // HKDF-Expand of one block is one HMAC of the info and a 1.
    const child = (info: string) => createHmac('sha256', key).update(`${info}\0\x01`).digest();
    const u32 = (value: number) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    };
    const token = createHmac('sha256', child('yizhan/token/1'))
      .update(Buffer.concat([Buffer.from('row\0'), u32(bucket), u32(0)]))
      .digest();
    const [line] = rowsOnDisk({ image }, 'person_rows');
    expect(Buffer.from(line!.token)).toEqual(token);
    expect(line!.sealed).toHaveLength(12 + 1024 + 16);
    const open = createDecipheriv('aes-256-gcm', child('yizhan/row/1'), line!.sealed.subarray(0, 12));
    open.setAAD(token).setAuthTag(line!.sealed.subarray(-16));
    const plain = Buffer.concat([open.update(line!.sealed.subarray(12, -16)), open.final()]);
    expect(plain.toString('latin1')).toContain('old-age-allowance');
    expect(plain.subarray(-200).every((byte) => byte === 0)).toBe(true);
  });

  it('is refused for a photo block that cannot carry a key', () => {
    const { keeper } = openEnrolled(memoryParts());
    const number = SPECIMEN.number;
    const distinct = (count: number) => Uint8Array.from({ length: 1024 }, (_, i) => i % count);
    const answer = (photo: Uint8Array) => keeper.openMemory({ number, photo }).ok;
    expect(answer(distinct(64))).toBe(true);
    expect(answer(distinct(63))).toBe(false);
    expect(answer(photoOf('x').subarray(0, 1023))).toBe(false);
    expect(answer(new Uint8Array(1025).map((_, i) => i))).toBe(false);
  });

  it('takes a small x for the X that is printed', () => {
    const opened = openEnrolled(memoryParts());
    opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
    const photo = photoOf(SPECIMEN.name);
    const memory = opened.keeper.openMemory({ number: SPECIMEN.number.toLowerCase(), photo });
    expect(memory.ok && memory.value.cases()).toHaveLength(1);
  });
});

describe('a card’s memory', () => {
  it('gives back its cases in the order kept, and nobody else’s', () => {
    const opened = openEnrolled(memoryParts());
    for (const name of ['a', 'b', 'c']) {
      expect(opened.keeper.keep(caseWish(specimenMemory(opened), name)).ok).toBe(true);
    }
    expect(
      specimenMemory(opened)
        .cases()
        .map(({ caseId }) => caseId),
    ).toEqual(['a', 'b', 'c'].map((name) => idOf(`case ${name}`)));
    const renewed = opened.keeper.openMemory({ number: SPECIMEN.number, photo: photoOf('renewed') });
    const other = opened.keeper.openMemory({ number: '330699195001010018', photo: photoOf(SPECIMEN.name) });
    expect(renewed.ok && renewed.value.cases()).toEqual([]);
    expect(other.ok && other.value.cases()).toEqual([]);
  });

  it('overwrites its keys at the end and answers no more', () => {
    const opened = openEnrolled(memoryParts());
    const memory = specimenMemory(opened);
    memory.close();
    for (const use of [
      () => memory.cases(),
      () => memory.findDraft(),
      () => memory.saveDraft(new Uint8Array(1)),
      () => memory.dropDraft(),
      () => memory.findLastUse(),
      () => memory.noteUse(1),
    ]) {
      expect(use).toThrow('after its end');
    }
  });

  it('leaves no key behind', () => {
    const made: Uint8Array[] = [];
    const seen = (secret: Uint8Array) => {
      made.push(secret);
      return secret;
    };
    const watched: Crypto = {
      ...crypto,
      hkdf: (options) => seen(crypto.hkdf({ ...options, ikm: seen(options.ikm) })),
      hkdfExpand: (options) => seen(crypto.hkdfExpand(options)),
    };
    const opened = openEnrolled(memoryParts({ crypto: watched }));
    const memory = specimenMemory(opened);
    opened.keeper.keep(caseWish(memory, 'a'));
    expect(made).toHaveLength(4);
    expect(made.filter((secret) => secret.some((byte) => byte !== 0))).toHaveLength(3);
    memory.close();
    expect(made.filter((secret) => secret.some((byte) => byte !== 0))).toEqual([]);
  });

  it('has one draft, for 72 hours by a time that is sure', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    const memory = specimenMemory(opened);
    expect(memory.findDraft()).toBeUndefined();
    memory.saveDraft(Uint8Array.of(1));
    expect(memory.saveDraft(new Uint8Array(5_000).fill(2))).toEqual({ ok: true, value: undefined });
    expect(memory.findDraft()).toHaveLength(5_000);
    expect(memory.saveDraft(new Uint8Array(300_000))).toMatchObject({ error: { code: 'too-large' } });
    // A wall clock nobody vouches for neither ends a draft nor keeps it.
    parts.clock.setWall(SAMPLE_MS + 400 * DAY_MS);
    expect(memory.findDraft()).toBeDefined();
    parts.clock.setWall(0);
    parts.clock.advance(3 * DAY_MS + 1);
    expect(memory.findDraft()).toBeUndefined();
    parts.clock.advance(DAY_MS);
    expect(rowsOnDisk({ image: parts.store.findImage() }, 'person_drafts')).toEqual([]);
    memory.saveDraft(Uint8Array.of(3));
    memory.dropDraft();
    expect(memory.findDraft()).toBeUndefined();
  });

  it('knows when the card was last used here', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    expect(specimenMemory(opened).findLastUse()).toBeUndefined();
    specimenMemory(opened).noteUse(5);
    specimenMemory(opened).noteUse(6);
    expect(specimenMemory(opened).findLastUse()).toEqual({ atMs: 6 });
    expect(rowsOnDisk({ image: parts.store.findImage() }, 'person_uses')).toHaveLength(1);
  });

  it('opens what came down for a case, and skips what is not for it', () => {
    const opened = openEnrolled(memoryParts());
    const memory = specimenMemory(opened);
    opened.keeper.keep(caseWish(memory, 'a'));
    const caseId = idOf('case a');
    const replyKey = crypto.openingKey(sample32(crypto, 'reply a'));
    const item = (name: string, key: Uint8Array, content: Uint8Array) => {
      const itemId = idOf(name);
      const sealed = sealCaseItem(crypto, { caseReplyKey: key, itemId, caseId, content });
      return { itemId, kind: FEED_KIND.case, expires: null, caseId, content: sealed, order: null };
    };
    const said = (status: string, words: string) =>
      encodeContent({ schema: 1, caseId, status, atMs: 7, words, provinceNumber: null });
    const stranger = crypto.openingKey(sample32(crypto, 'stranger')).publicKey;
    opened.port.applyPage({
      after: FIRST_CURSOR,
      next: Uint8Array.of(1),
      items: [
        item('1', replyKey.publicKey, said('accepted', '')),
        item('2', stranger, said('refused', 'not for you')),
        item('3', replyKey.publicKey, said('lost', 'no such status')),
        item('4', replyKey.publicKey, said('finished', '已办结')),
      ],
    });
    const [remembered] = memory.cases();
    expect(memory.progressOf(remembered!)).toEqual([
      { status: 'accepted', atMs: 7, words: null, provinceNumber: null },
      { status: 'finished', atMs: 7, words: '已办结', provinceNumber: null },
    ]);
  });
});

describe('buckets', () => {
  it('keep a case for some 400 days and then drop it with its bucket', () => {
    const parts = memoryParts();
    const first = openEnrolled(parts);
    first.keeper.keep(caseWish(specimenMemory(first), 'a'));
    const later = passDays(parts, 0, 390);
    expect(specimenMemory(later).cases()).toHaveLength(1);
    later.keeper.keep(caseWish(specimenMemory(later), 'b'));
    expect(specimenMemory(later).cases()).toHaveLength(2);
    const last = passDays(parts, 390, 440);
    expect(
      specimenMemory(last)
        .cases()
        .map(({ caseId }) => caseId),
    ).toEqual([idOf('case b')]);
    expect(rowsOnDisk({ image: parts.store.findImage() }, 'person_rows')).toHaveLength(1);
  });

  it('go up by one, whatever time does', () => {
    const day = (number: number) => number * DAY_MS;
    const start = { number: 7, sinceMs: day(100) };
    expect(nextBucket(start, day(129))).toEqual(start);
    expect(nextBucket(start, day(130))).toEqual({ number: 8, sinceMs: day(130) });
    expect(nextBucket(start, day(5_000))).toEqual({ number: 8, sinceMs: day(5_000) });
    const back = nextBucket({ number: 8, sinceMs: day(5_000) }, day(131));
    expect(back).toEqual({ number: 8, sinceMs: day(131) });
    expect(nextBucket(back, day(161))).toEqual({ number: 9, sinceMs: day(161) });
  });

  it('survive a clock that leaps by years, and one that goes back', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
    opened.time.learn({ issuedAtMs: SAMPLE_MS + 4_000 * DAY_MS, ...now(parts) });
    parts.clock.advance(2 * 3_600_000);
    expect(specimenMemory(opened).cases()).toHaveLength(1);
    opened.time.learn({ issuedAtMs: SAMPLE_MS, ...now(parts) });
    parts.clock.advance(2 * 3_600_000);
    opened.keeper.keep(caseWish(specimenMemory(opened), 'b'));
    expect(specimenMemory(opened).cases()).toHaveLength(2);
  });
});
