import { closeSync, fsyncSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../base/node/clock.ts';
import { crypto, folderParts, offered, openEnrolled } from '../../terminal/testing/keeper-world.ts';
import { type Figure, p50p99, percentile, timeInTurns, timesAsLong, type Work } from './measure.ts';
import { documentOf, openPouch } from './peers.ts';
import { openCaseDesk } from './sample-cases.ts';

const TURNS = 20;
const EACH = 25;
const AIM_P99_MS = 10;

/**
 * From "submit" to *kept*, on real files: the checks of the matter, sealing, one transaction of entry, person's
 * row and slip job, the frame in the mirror. Beside it, in turns, the least that keeps the same bytes twice.
 */
export async function benchSubmit(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const opened = openEnrolled(folderParts(join(folder, 'terminal'), { clock: systemClock }));
  const desk = openCaseDesk(opened, crypto);
  for (let warmUp = 0; warmUp < 2 * EACH; warmUp++) desk.prepare()();
  const entries = offered(opened).map(({ entryBytes }) => entryBytes);
  const entryOf = (index: number) => entries[index % entries.length] ?? new Uint8Array(0);
  const raw = openRawStore(folder);
  const pouchFolder = join(folder, 'pouch');
  const pouch = openPouch(pouchFolder);

  const put = (index: number, kind: string) => {
    const document = documentOf(`${kind}${`${index}`.padStart(31, '0')}`, entryOf(index));
    return () => pouch.put(document);
  };
  const processorMs: number[] = [];
  const works: readonly Work[] = [
    () => {
      const submit = desk.prepare();
      return () => {
        const before = process.cpuUsage();
        submit();
        const { user, system } = process.cpuUsage(before);
        processorMs.push((user + system) / 1000);
      };
    },
    (index) => () => raw.keep(entryOf(index)),
    (index) => put(index, 'a'),
    (index) => {
      const putting = put(index, 'b');
      return async () => {
        await putting();
        syncLog(pouchFolder);
      };
    },
  ];
  const [submits = [], inserts = [], puts = [], synced = []] = await timeInTurns(TURNS, EACH, works);
  raw.close();
  opened.close();
  await pouch.close();
  rmSync(folder, { recursive: true });

  return [
    {
      what: 'durable submit, p50 (p99)',
      ours: p50p99(submits),
      aim: { text: `≤ ${AIM_P99_MS} ms p99`, met: percentile(submits, 99) <= AIM_P99_MS },
      beside: [
        {
          what: 'raw insert of the same bytes, FULL, and one fsynced append',
          theirs: p50p99(inserts),
          ratio: timesAsLong(submits, inserts),
        },
        {
          what: 'PouchDB put of the same bytes, then an fsync of its log',
          theirs: p50p99(synced),
          ratio: timesAsLong(submits, synced),
        },
        {
          what: 'PouchDB put as it is: a power cut loses it',
          theirs: p50p99(puts),
          ratio: timesAsLong(submits, puts),
        },
        { what: 'of it: processor time; the rest is waiting', theirs: p50p99(processorMs), ratio: '' },
      ],
    },
  ];
}

/** One prepared insert as durable as SQLite makes it, then one append to a file that stays open. */
function openRawStore(folder: string): { keep(bytes: Uint8Array): void; close(): void } {
  const database = new Database(join(folder, 'raw.db'));
  for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL']) {
    database.pragma(pragma);
  }
  database.exec('CREATE TABLE entries (number INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO entries (entry) VALUES (?)');
  const log = openSync(join(folder, 'raw.log'), 'a');
  return {
    keep(bytes) {
      insert.run(bytes);
      writeSync(log, bytes);
      fsyncSync(log);
    },
    close() {
      closeSync(log);
      database.close();
    },
  };
}

/** Makes durable what LevelDB has written to its log, which it never does for PouchDB. */
function syncLog(folder: string): void {
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.log'))) {
    const file = openSync(join(folder, name), 'r');
    fsyncSync(file);
    closeSync(file);
  }
}
