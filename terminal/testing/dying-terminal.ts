/**
 * A terminal on real files that keeps one case with a photograph and is killed by SIGKILL at the chosen point. Run as a program:
 * `node dying-terminal.ts FOLDER CASE POINT`.
 */
import { nodeDisk } from '../../base/node/disk.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import type { SqlStore } from '../../base/sql.ts';
import { caseWish, folderParts, openEnrolled, specimenMemory } from './keeper-world.ts';

/** Where in `keep` the process ends. */
export const DEATHS = [
  'inside-file',
  'after-file',
  'before-commit',
  'before-mirror',
  'inside-mirror',
  'before-reply',
  'after-reply',
] as const;
export type Death = (typeof DEATHS)[number];

const PHOTOGRAPH = { mediaType: 'image/jpeg', bytes: new Uint8Array(1_000).fill(0x5a) };

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
  const data = nodeDisk(folder);
  const dataDisk = {
    ...data,
    writeDurably(path: string, bytes: Uint8Array) {
      if (armed === 'inside-file') {
        data.appendDurably(`${path}.new`, bytes.subarray(0, bytes.length / 2));
        die('inside-file');
      }
      const written = data.writeDurably(path, bytes);
      die('after-file');
      return written;
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
  const opened = openEnrolled(folderParts(folder, { store, disk: dataDisk, mirrorDisk }));
  const person = specimenMemory(opened);
  armed = point;
  const kept = opened.keeper.keep(caseWish(person, name, { attachments: [PHOTOGRAPH] }));
  process.stdout.write(JSON.stringify({ ok: kept.ok }));
  die('after-reply');
}
