/**
 * A terminal on real files that keeps one case and is killed by SIGKILL at the chosen point. Run as a program:
 * `node dying-terminal.ts FOLDER CASE POINT`.
 */
import { nodeDisk } from '../../base/node/disk.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import type { SqlStore } from '../../base/sql.ts';
import { caseWish, folderParts, openEnrolled, specimenMemory } from './keeper-world.ts';

/** Where in `keep` the process ends. */
export const DEATHS = [
  'before-commit',
  'before-mirror',
  'inside-mirror',
  'before-reply',
  'after-reply',
] as const;
export type Death = (typeof DEATHS)[number];

if (process.argv[1] === import.meta.filename) {
  const [, , folder = '', name = '', point = ''] = process.argv;
  let armed: string | undefined;
  const die = (here: Death) => {
    if (armed === here) process.kill(process.pid, 'SIGKILL');
  };
  const file = sqliteFile({ path: `${folder}/terminal.db` });
  const store: SqlStore = {
    ...file,
    open(onCorrupt) {
      const opened = file.open(onCorrupt);
      if (!opened.ok) return opened;
      const { transaction } = opened.value;
      return {
        ok: true,
        value: {
          ...opened.value,
          transaction: (work) =>
            transaction(() => {
              const value = work();
              die('before-commit');
              return value;
            }),
        },
      };
    },
  };
  const disk = nodeDisk(`${folder}/mirror`);
  const mirrorDisk = {
    ...disk,
    appendDurably(path: string, bytes: Uint8Array) {
      die('before-mirror');
      if (armed === 'inside-mirror') {
        disk.appendDurably(path, bytes.subarray(0, bytes.length / 2));
        die('inside-mirror');
      }
      const appended = disk.appendDurably(path, bytes);
      die('before-reply');
      return appended;
    },
  };
  const opened = openEnrolled(folderParts(folder, { store, mirrorDisk }));
  const person = specimenMemory(opened);
  armed = point;
  const kept = opened.keeper.keep(caseWish(person, name));
  process.stdout.write(JSON.stringify({ ok: kept.ok }));
  die('after-reply');
}
