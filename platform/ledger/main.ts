/**
 * What of each machine's journals is here: `node platform/ledger/main.ts (--data DIR | --config FILE) [--terminal ID]`,
 * also while the platform runs. One line of JSON a journal: entries 1 to `top`, how many are `held` and in a `backup`,
 * which are `missing` or `refused`, which numbers two headers claim (`forks`), and where a link does not hold
 * (`brokenAt`; none: all that are here link). ID is a terminal's id in hex, or its beginning. Exit code 0: everything
 * known of is held and links; 1: something is not; 64 and 75 as programs of ours have them.
 */
import { parseArgs } from 'node:util';
import { toHex } from '../../base/bytes.ts';
import { placesOf } from '../config.ts';
import { hasPlatformKeys } from '../keys/platform-keys.ts';
import { findProgramConfig } from '../program-config.ts';
import { openStore } from '../store/store.ts';
import { terminalOf } from '../terminals/terminals.ts';
import { accountsOf, isComplete } from './account.ts';

const USAGE = 'usage: node platform/ledger/main.ts (--data DIR | --config FILE) [--terminal ID]';
const EXIT = { notAll: 1, usage: 64, cannotStart: 75 } as const;

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { data: text, config: text, terminal: text } });
const config = findProgramConfig(values);
if (!config) leave(EXIT.usage, USAGE);
const { database, keys } = placesOf(config);
if (!hasPlatformKeys(keys)) leave(EXIT.cannotStart, 'no platform was ever started on these folders');
const opened = await openStore(database);
if (!opened.ok) leave(EXIT.cannotStart, `cannot work on these folders: ${opened.error.code}`);
const { db } = opened.value;

const rows = await db.selectFrom('terminals').selectAll().orderBy('enrolledMs').execute();
const wanted = rows.filter(({ terminalId }) => toHex(terminalId).startsWith(values.terminal ?? ''));
if (values.terminal !== undefined && wanted.length === 0) leave(EXIT.cannotStart, 'no such terminal');
for (const row of wanted) {
  const { terminalId, place, isRevoked } = terminalOf(row);
  for (const account of await accountsOf(db, terminalId)) {
    const { journalId, top, held, safe: backup, missing, refused, forks, broken: brokenAt } = account;
    const line = {
      ...{ terminal: toHex(terminalId), village: place.village.code, revoked: isRevoked },
      ...{ journal: toHex(journalId), top, held, backup, missing, refused, forks, brokenAt },
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (!isComplete(account)) process.exitCode = EXIT.notAll;
  }
}
await opened.value.close();

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
