import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteFile } from '../../base/node/sqlite.ts';
import { invariant, ok } from '../../base/result.ts';
import { type Sql, SqlFailure, type SqlStore, type SqlTrouble } from '../../base/sql.ts';
import { createSyncEngine } from '../../sync/engine.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { SAMPLE_MS } from '../../sync/formats/sample.ts';
import { JournalUnavailable } from '../../sync/ports.ts';
import { createFakePlatform } from '../../sync/testing/fake-platform.ts';
import { createHandClock } from '../../sync/testing/hand-clock.ts';
import { createFakeNetwork, settle } from '../../sync/testing/rig.ts';
import {
  BASIS,
  caseWish,
  crypto,
  folderParts,
  idOf,
  LIMITS,
  memoryParts,
  offered,
  openEnrolled,
  receipt,
  release,
  SAMPLE_TRUST,
  specimenMemory,
  world,
} from '../testing/keeper-world.ts';

const MINUTE = 60_000;
/** So many that their receipts do not fit into the pages there are. */
const CASES = 120;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-full-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A database file of at most `maxBytes` that can be filled to its last byte, and emptied of that again. */
function fillableStore(maxBytes: number): SqlStore & { fill(): void; empty(): void } {
  const file = sqliteFile({ path: join(folder, 'terminal.db'), maxBytes });
  let connection: Sql | undefined;
  const sql = () => {
    invariant(connection, 'the database is open');
    return connection;
  };
  return {
    ...file,
    open(onCorrupt) {
      const opened = file.open(onCorrupt);
      if (opened.ok) connection = opened.value;
      return opened;
    },
    fill() {
      sql().runScript('CREATE TABLE ballast (bytes BLOB) STRICT');
      const insert = sql().prepare('INSERT INTO ballast (bytes) VALUES (zeroblob(?))');
      for (let size = 65_536; size >= 1; size /= 2) {
        while (sql().transaction(() => insert.run(size)).ok);
      }
    },
    empty: () => sql().runScript('DROP TABLE ballast'),
  };
}

it('under the engine: nothing ends, nothing is lost, and it goes on when there is room', async () => {
  const store = fillableStore(2_000_000);
  const clock = createHandClock(SAMPLE_MS);
  const opened = openEnrolled(folderParts(folder, { store, clock }));
  const platform = createFakePlatform(crypto, world);
  platform.knobs.nowMs = () => SAMPLE_MS + Math.round(clock.monoMs());
  const codes: string[] = [];
  const { platformId, terminalId } = world;
  const engine = createSyncEngine({
    journal: opened.port,
    time: opened.time,
    identity: () => ({
      ...{ origin: 'https://yizhan.example', platformId, terminalId },
      ...{ key: opened.key, bootId: opened.bootId },
    }),
    ...{ clock, crypto, random: { bytes: (length) => crypto.randomBytes(length) } },
    fetch: createFakeNetwork(clock, platform).fetch,
    report: (event) => {
      if (event.kind === 'trouble') codes.push(event.code);
    },
  });
  const pass = async (ms: number) => {
    const untilMs = clock.monoMs() + ms;
    await settle();
    while (clock.step(untilMs)) await settle();
  };

  engine.start();
  await pass(MINUTE);
  for (let i = 0; i < CASES; i++) opened.keeper.keep(caseWish(specimenMemory(opened), String(i)));
  for (let i = 0; i < 20; i++) {
    const content = crypto.randomBytes(2_000);
    platform.send({ itemId: idOf(`n ${i}`), kind: FEED_KIND.notice, expires: null, caseId: null, content });
  }
  store.fill();
  engine.nudge('by-hand');
  await pass(60 * MINUTE);
  expect(new Set(codes)).toEqual(new Set(['journal']));
  expect(engine.status()).toMatchObject({ online: true, trouble: 'journal', owed: { waiting: CASES } });
  expect(opened.feedItems(FEED_KIND.notice)).toEqual([]);

  store.empty();
  await pass(10 * MINUTE);
  expect(engine.status()).toMatchObject({ trouble: null, owed: { waiting: 0, held: CASES + 1 } });
  expect(opened.feedItems(FEED_KIND.notice)).toHaveLength(20);
  platform.backUp();
  await pass(20 * MINUTE);
  expect(engine.status()).toMatchObject({ trouble: null, owed: { waiting: 0, held: 0 } });
  await engine.stop();
  opened.close();
});

/** An enrolled terminal in memory with one case kept, whose next commits fail with this trouble. */
function troubled(code: SqlTrouble['code']) {
  const parts = memoryParts();
  const opened = openEnrolled(parts);
  opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
  const entries = offered(opened);
  parts.store.onCommit = (when) => {
    if (when === 'before') throw new SqlFailure({ code, detail: 'on order' });
  };
  const heal = () => {
    parts.store.onCommit = () => {};
  };
  return { opened, entries, heal, last: entries.toSorted((a, b) => a.seq - b.seq).at(-1)! };
}

describe('the engine’s journal', () => {
  it.each(['full', 'io', 'busy'] as const)('says %s as expected trouble, and wrote nothing', (code) => {
    const { opened, entries, heal, last } = troubled(code);
    const { port } = opened;
    const page = { after: port.feedCursor(), next: idOf('next'), items: [] };
    const attempts = [
      () => receipt(opened, entries),
      () => release(opened, last),
      () => port.applyPage(page),
      () => port.saveTrust({ ...SAMPLE_TRUST, floorMs: SAMPLE_MS + 1 }),
      () => port.offerAgain(entries[0]!.entryId),
    ];
    for (const attempt of attempts) {
      expect(attempt).toThrow(JournalUnavailable);
      expect(attempt).toThrow(expect.objectContaining({ code }));
    }
    expect(port.loadTrust().floorMs).toBe(SAMPLE_MS);
    expect(port.nextBatch(BASIS, LIMITS, () => false)).toHaveLength(entries.length);
    heal();
    expect(receipt(opened, entries)).toBe(entries.length);
    expect(release(opened, last)).toBe(1);
    expect(port.applyPage(page)).toBe(true);
  });

  it('has taken a release whose erasure the log could not follow yet', () => {
    const parts = memoryParts();
    const store: SqlStore = {
      ...parts.store,
      open(onCorrupt) {
        const opened = parts.store.open(onCorrupt);
        const truncateLog = () => {
          throw new SqlFailure({ code: 'full', detail: 'on order' });
        };
        return opened.ok ? ok({ ...opened.value, truncateLog }) : opened;
      },
    };
    const opened = openEnrolled({ ...parts, store });
    const entries = offered(opened);
    receipt(opened, entries);
    expect(release(opened, entries.at(-1)!)).toBe(1);
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 0, held: 0, refused: 0 });
  });

  it('ends the process when the store is damaged', () => {
    const { opened, entries } = troubled('corrupt');
    expect(() => receipt(opened, entries)).toThrow(SqlFailure);
  });
});
