import { join } from 'node:path';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Log } from '../../base/log.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import type { Result } from '../../base/result.ts';
import { keyFile } from '../keys/key-file.ts';
import { type OpenedKeeper, type OpenTrouble, openKeeper } from '../open-keeper.ts';
import { BUILT_AT_MS, SOFTWARE } from './build-info.ts';
import type { TerminalConfig } from './config.ts';

/** Name of the database inside `dataDir`. */
export const DATABASE = 'terminal.db';

/** Where a terminal keeps its things. */
type Folders = Pick<TerminalConfig, 'dataDir' | 'mirrorDir'>;

/** Opens and heals what a terminal keeps in its folders; makes them where they are not there. */
export function openStores(folders: Folders, crypto: Crypto, log: Log): Result<OpenedKeeper, OpenTrouble> {
  const disk = nodeDisk(folders.dataDir);
  const opened = openKeeper({
    store: sqliteFile({ path: join(folders.dataDir, DATABASE) }),
    disk,
    mirrorDisk: nodeDisk(folders.mirrorDir),
    keys: keyFile({ disk, random: systemRandom, crypto }),
    clock: systemClock,
    random: systemRandom,
    crypto,
    software: SOFTWARE,
    builtAtMs: BUILT_AT_MS,
    // Whatever is wrong, the next start takes the damaged file aside and rebuilds from the mirror.
    onDamage: () => {
      throw new Error('broken invariant: the database is damaged');
    },
    onFileTrouble: (code) => log('store.file-trouble', { code }),
    onBackupTrouble: (trouble) => log('store.no-backup', { code: trouble.code }),
  });
  if (opened.ok) {
    const { healings, recovery } = opened.value;
    const { origin, opened: reason, healed, setAside } = recovery;
    const sayHealed = () => log('store.healed', { pieces: healings.find()?.pieces ?? 0 });
    if (healed > 0 || setAside !== null) sayHealed();
    healings.onHealed(sayHealed);
    if (origin !== 'as-it-was' || reason !== null) log('store.recovered', { how: origin, opened: reason });
  }
  return opened;
}

/** Whether another program has the database: one terminal writes a data folder, and whoever has it goes on. */
export function isInUse(trouble: OpenTrouble | { readonly code: 'set-aside' }): boolean {
  return trouble.code === 'store' && trouble.trouble.code === 'busy';
}
