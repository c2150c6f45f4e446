/** Backups on a schedule: only what is in a checked one may be released (journal.md "Release"). */
import { isoDate } from '../../base/calendar.ts';
import type { Disk } from '../../base/disk.ts';
import { faultFields } from '../../base/log.ts';
import { invariant } from '../../base/result.ts';
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';
import { makeBackup } from './make-backup.ts';
import { writeMark } from './mark.ts';

/** How backups are made. */
export interface BackupOptions {
  /** The folder they are kept in; better on another disk. */
  readonly disk: Disk;
  readonly everyMs: number;
  /** How many are kept; older files are removed. */
  readonly keep: number;
  /** The SQLite file, when that is the store. */
  readonly databasePath: string | null;
  /** Whether it is copied on a thread of its own, so that nobody waits for it; a simulation wants it in line. */
  readonly onThread: boolean;
}

export interface Backups {
  /** Makes one now, unless nothing was held since the last; answers how many entries became safe. */
  now(): Promise<number>;
  stop(): Promise<void>;
}

type Context = Pick<PlatformContext, 'store' | 'clock' | 'log'>;

/** Starts the schedule. */
export function startBackups(context: Context, options: BackupOptions): Backups {
  let running: Promise<number> = Promise.resolve(0);
  let stopped = false;
  const now = () => {
    running = running.catch(() => 0).then(() => backUp(context, options));
    return running;
  };
  const onTime = async () => {
    try {
      await now();
    } catch (error) {
      // Entries stay held and are not released; the next round tries again.
      context.log('program.fault', { program: 'backup', ...faultFields(error) });
    }
    if (!stopped) cancel = context.clock.after(options.everyMs, onTime);
  };
  let cancel = context.clock.after(options.everyMs, onTime);
  return {
    now,
    async stop() {
      stopped = true;
      cancel();
      await running.catch(() => 0);
    },
  };
}

async function backUp(context: Context, options: BackupOptions): Promise<number> {
  const { db } = context.store;
  const last = await db
    .selectFrom('backups')
    .select(['backupNo', 'heldOrder'])
    .orderBy('backupNo', 'desc')
    .limit(1)
    .executeTakeFirst();
  if ((await heldSoFar(db)) <= (last?.heldOrder ?? 0)) return 0;

  const startedMs = context.clock.monoMs();
  const nowMs = context.clock.wallMs();
  const backupNo = (last?.backupNo ?? 0) + 1;
  const file = `yizhan-${isoDate(nowMs)}-${String(backupNo).padStart(6, '0')}.db`;
  const whole = await makeFile(context, options, file);
  const marked = await context.store.transaction(async (tx) => {
    await tx
      .insertInto('backups')
      .values({ backupNo, atMs: nowMs, file, ...whole })
      .execute();
    const updated = await tx
      .updateTable('headers')
      .set({ backupNo })
      .where('heldOrder', '<=', whole.heldOrder)
      .where('backupNo', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(updated.numUpdatedRows);
  });
  writeMark(options.disk, whole.heldOrder);
  await dropOld(db, options);
  context.log('platform.backup', {
    entries: marked,
    bytes: whole.bytes,
    tookMs: Math.round(context.clock.monoMs() - startedMs),
  });
  return marked;
}

/** Written beside and renamed, so that a file of the final name is always a checked one. */
async function makeFile(context: Context, options: BackupOptions, file: string) {
  const { disk } = options;
  const beside = `${file}.part`;
  for (const left of [beside, `${beside}-wal`, `${beside}-shm`, `${beside}-journal`]) disk.remove(left);
  const path = disk.findRealPath(beside);
  invariant(path, 'backups need a real folder');
  const made = await makeBackup(context.store, options, path);
  const renamed = disk.rename(beside, file);
  invariant(renamed.ok, 'a finished backup can be renamed');
  return made;
}

async function heldSoFar(db: Db): Promise<number> {
  const row = await db
    .selectFrom('headers')
    .select((column) => column.fn.max<number | null>('heldOrder').as('held'))
    .executeTakeFirst();
  return row?.held ?? 0;
}

async function dropOld(db: Db, options: BackupOptions): Promise<void> {
  const old = await db
    .selectFrom('backups')
    .select('file')
    .orderBy('backupNo', 'desc')
    .offset(options.keep)
    .limit(1_000)
    .execute();
  for (const { file } of old) options.disk.remove(file);
}
