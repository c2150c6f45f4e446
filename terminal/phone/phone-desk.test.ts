import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sqliteFile } from '../../base/node/sqlite.ts';
import { memorySqlStore } from '../../base/node/sqlite-memory.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';
import type { Sql } from '../../base/sql.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { type PhoneCode, phoneCodeText } from '../../sync/formats/phone-code.ts';
import { type PhoneCodeIssuer, phoneCodeAnswer } from '../../sync/phone-codes.ts';
import type { Query, QueryTrouble } from '../../sync/queries.ts';
import { createTimeKeeper } from '../../sync/time.ts';
import { migrate } from '../store/migrations.ts';
import { crypto, handClock } from '../testing/keeper-world.ts';
import { createPhoneDesk, type PhoneCheck, type PhoneDesk } from './phone-desk.ts';
import { createUsedCodes } from './used-codes.ts';

const NOW_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const PERSON = { name: '李明华', number: '11010519491231002X' };

const key = crypto.signingKey(new Uint8Array(32).fill(3));
const stranger = crypto.signingKey(new Uint8Array(32).fill(4));
const ISSUER = { name: '样例省的手机应用', publicKey: key.publicKey };

let codes = 0;
function codeOf(over: Partial<PhoneCode> = {}, by = key): string {
  codes += 1;
  const codeId = new Uint8Array(16).fill(codes);
  const times = { issuedAt: NOW_MS, expires: NOW_MS + MINUTE_MS };
  return phoneCodeText(crypto, by, { codeId, ...PERSON, ...times, ...over });
}

function newSql(store = memorySqlStore()): Sql {
  const opened = store.open();
  invariant(opened.ok && migrate(opened.value).ok, 'a database opens');
  return opened.value;
}

interface World {
  readonly desk: PhoneDesk;
  readonly asked: Query[];
  readonly clock: ReturnType<typeof handClock>;
  readonly time: ReturnType<typeof createTimeKeeper>;
  says: () => Promise<Result<QueryContent, QueryTrouble>>;
  /** Learns the time as it is, as from a signed hello. */
  learn(): void;
}

function worldOf({
  sql = newSql(),
  online = false,
  isWhole = true,
  form = null,
  named,
}: {
  readonly sql?: Sql;
  readonly online?: boolean;
  readonly isWhole?: boolean;
  readonly form?: RegExp | null;
  readonly named?: () => readonly PhoneCodeIssuer[] | null;
} = {}): World {
  const clock = handClock(NOW_MS);
  const time = createTimeKeeper(clock, NOW_MS - 86_400_000);
  const asked: Query[] = [];
  const desk = createPhoneDesk({
    ...{
      rules: { app: ISSUER.name, issuers: [ISSUER], onlineForm: form },
      crypto,
      time,
      used: createUsedCodes(sql, isWhole),
      named,
    },
    queries: {
      ask(query) {
        asked.push(query);
        return world.says();
      },
      replace: async () => err('offline'),
    },
    ...{ online: () => online, onChange: () => {} },
  });
  const world: World = {
    ...{ desk, asked, clock, time },
    says: async () => err('offline'),
    learn() {
      time.learn({ issuedAtMs: NOW_MS, sentMonoMs: clock.monoMs(), receivedMonoMs: clock.monoMs() });
    },
  };
  return world;
}

const platformSays = (judged: Parameters<typeof phoneCodeAnswer>[0]) => async () =>
  ok(phoneCodeAnswer(judged, { from: { zh: '县里', en: 'The county' }, asOfMs: NOW_MS }));

/** What comes of a code, once nobody is waited for. */
async function checked({ desk }: Pick<World, 'desk'>, text: string): Promise<PhoneCheck | undefined> {
  const checkId = desk.check(text);
  for (let turn = 0; turn < 10 && desk.find(checkId) === 'checking'; turn += 1) await Promise.resolve();
  return desk.find(checkId);
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('without network', () => {
  it('takes a signed code once, by this machine alone', async () => {
    const world = worldOf();
    world.learn();
    const text = codeOf();
    expect(await checked(world, text)).toMatchObject({
      ok: true,
      value: { ...PERSON, evidence: { issuer: ISSUER.name, checked: 'here' } },
    });
    expect(await checked(world, text)).toEqual(err('used'));
    expect(world.asked).toEqual([]);
  });

  it('takes none while the time is not sure, whatever the clock says', async () => {
    expect(await checked(worldOf(), codeOf())).toEqual(err('clock'));
  });

  it('knows an old one by the sure time, also with a clock that was set back', async () => {
    const world = worldOf();
    world.learn();
    const text = codeOf();
    world.clock.advance(2 * MINUTE_MS);
    world.clock.setWall(NOW_MS);
    expect(await checked(world, text)).toEqual(err('old'));
  });

  it('knows an old one by the floor alone, on a clock nobody vouched for', async () => {
    const world = worldOf();
    const text = codeOf({ issuedAt: NOW_MS - 10 * MINUTE_MS, expires: NOW_MS - 9 * MINUTE_MS });
    world.time.raiseFloor(NOW_MS);
    world.clock.setWall(NOW_MS - 10 * MINUTE_MS);
    expect(await checked(world, text)).toEqual(err('old'));
  });

  it('takes none from the future, none that is in force too long, none with a number that cannot be', async () => {
    const world = worldOf();
    world.learn();
    const later = { issuedAt: NOW_MS + MINUTE_MS, expires: NOW_MS + 2 * MINUTE_MS };
    expect(await checked(world, codeOf(later))).toEqual(err('old'));
    expect(await checked(world, codeOf({ expires: NOW_MS + 10 * MINUTE_MS }))).toEqual(err('forged'));
    expect(await checked(world, codeOf({ number: '110105194912310021' }))).toEqual(err('forged'));
  });

  it('takes none of another issuer, none that was changed, and nothing else that is scanned', async () => {
    const world = worldOf({ form: /^zlb:/ });
    world.learn();
    const text = codeOf();
    expect(await checked(world, codeOf({}, stranger))).toEqual(err('unknown-issuer'));
    expect(await checked(world, `${text.slice(0, -20)}AAAA${text.slice(-16)}`)).toEqual(err('forged'));
    expect(await checked(world, 'https://pay.invalid/1')).toEqual(err('not-a-code'));
    expect(await checked(world, 'zlb:1234')).toEqual(err('offline'));
  });

  it('takes none after its database was set back: what was used may be forgotten', async () => {
    const world = worldOf({ isWhole: false });
    world.learn();
    expect(await checked(world, codeOf())).toEqual(err('offline'));
  });
});

describe('with network', () => {
  it('has the platform say it, and takes a code that the platform finds right once', async () => {
    const world = worldOf({ online: true });
    world.says = platformSays(ok(PERSON));
    const text = codeOf();
    expect(await checked(world, text)).toMatchObject({
      ok: true,
      value: { evidence: { checked: 'platform' } },
    });
    expect(await checked(world, text)).toEqual(err('used'));
    expect(world.asked).toHaveLength(1);
  });

  it('says what the platform says of it', async () => {
    const world = worldOf({ online: true });
    for (const error of ['used', 'old', 'forged'] as const) {
      world.says = platformSays(err(error));
      expect(await checked(world, codeOf())).toEqual(err(error));
    }
    world.says = async () => err('not-offered');
    expect(await checked(world, codeOf())).toEqual(err('no-answer'));
  });

  it('goes on alone where nobody is reached after all, and only with a sure time', async () => {
    const world = worldOf({ online: true });
    expect(await checked(world, codeOf())).toEqual(err('clock'));
    world.learn();
    expect(await checked(world, codeOf())).toMatchObject({
      ok: true,
      value: { evidence: { checked: 'here' } },
    });
  });

  it('has a code that it cannot read looked at by the platform, where its form is one of theirs', async () => {
    const world = worldOf({ online: true, form: /^zlb:/ });
    world.says = platformSays(ok(PERSON));
    expect(await checked(world, 'zlb:1234')).toMatchObject({
      ok: true,
      value: { evidence: { issuer: null } },
    });
    expect(await checked(world, 'zlb:1234')).toEqual(err('used'));
    const before = world.asked.length;
    expect(await checked(world, 'wxp://f2f0abc')).toEqual(err('not-a-code'));
    expect(world.asked).toHaveLength(before);
  });

  it('uses nothing up for whoever went away while the platform was asked', async () => {
    const world = worldOf({ online: true });
    let answer: (said: Result<QueryContent, QueryTrouble>) => void = () => {};
    world.says = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const text = codeOf();
    const checkId = world.desk.check(text);
    world.desk.keepOnly(null);
    answer(await platformSays(ok(PERSON))());
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(world.desk.find(checkId)).toBeUndefined();
    world.says = platformSays(ok(PERSON));
    expect(await checked(world, text)).toMatchObject({ ok: true });
  });
});

describe('the note of used codes', () => {
  it('opens nothing twice, whenever the program dies around the write', async () => {
    for (const when of ['before', 'after'] as const) {
      const store = memorySqlStore();
      const sql = newSql(store);
      const world = worldOf({ sql });
      world.learn();
      const text = codeOf();
      store.onCommit = (moment) => {
        if (moment === when) throw new Error('killed');
      };
      expect(() => world.desk.check(text)).toThrow('killed');
      store.onCommit = () => {};
      store.crash();
      const after = worldOf({ sql: newSql(store) });
      after.learn();
      const again = await checked(after, text);
      // Nobody was let in by the first scan: one that dies before its write may open once, after it never.
      if (when === 'before') expect(again).toMatchObject({ ok: true });
      else expect(again).toEqual(err('used'));
      expect(await checked(after, text)).toEqual(err('used'));
      store.crash();
    }
  });

  it('is taken of whom the platform named, and of nobody of the configuration any more', async () => {
    let named: readonly PhoneCodeIssuer[] | null = null;
    const world = worldOf({ named: () => named });
    world.learn();
    expect(await checked(world, codeOf())).toMatchObject({ ok: true });
    named = [{ name: '新的应用', publicKey: stranger.publicKey }];
    expect(await checked(world, codeOf())).toEqual(err('unknown-issuer'));
    expect(await checked(world, codeOf({}, stranger))).toMatchObject({
      ok: true,
      value: { evidence: { issuer: '新的应用' } },
    });
    named = [];
    expect(world.desk.isOpen()).toBe(false);
    expect(await checked(world, codeOf({}, stranger))).toEqual(err('unknown-issuer'));
  });

  it('lies on disk: another run of the program knows it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-phone-'));
    folders.push(folder);
    const store = sqliteFile({ path: join(folder, 'terminal.db'), busyTimeoutMs: 50 });
    const text = codeOf();
    for (const expected of [{ ok: true }, err('used')]) {
      const opened = store.open();
      invariant(opened.ok && migrate(opened.value).ok, 'opens');
      const world = worldOf({ sql: opened.value });
      world.learn();
      expect(await checked(world, text)).toMatchObject(expected);
      opened.value.close();
    }
  });

  it('opens nothing where the disk cannot take it', async () => {
    const sql = newSql();
    const full: Sql = { ...sql, transaction: () => err({ code: 'full', detail: 'full' }) };
    const world = worldOf({ sql: full });
    world.learn();
    expect(await checked(world, codeOf())).toEqual(err('not-kept'));
  });

  it('forgets a code only when it has certainly been out of force', async () => {
    const sql = newSql();
    const world = worldOf({ sql });
    world.learn();
    await checked(world, codeOf());
    const count = () => sql.prepare('SELECT code_id FROM used_phone_codes').all().length;
    world.time.raiseFloor(NOW_MS + MINUTE_MS + 15_000);
    await checked(world, codeOf());
    expect(count()).toBe(2);
    world.time.raiseFloor(NOW_MS + MINUTE_MS + 15_001);
    const later = { issuedAt: NOW_MS + MINUTE_MS, expires: NOW_MS + 2 * MINUTE_MS };
    expect(await checked(world, codeOf(later))).toMatchObject({ ok: true });
    expect(count()).toBe(1);
  });
});
