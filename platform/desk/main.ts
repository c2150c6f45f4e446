/**
 * Who works at which desk, also while the platform runs. `--config FILE` stands for `--data DIR`.
 *
 * `add --data DIR --sign-in NAME --name WORDS --desk CODE` lets somebody sign in, and prints a new password once; for
 * somebody who is there it is a new password, name and desk. A desk is a village's 12-digit code, a town's 9, the
 * county's 6, or the county's with a department as matters name it: 330624/民政; or
 * `330624:maintainers`, who see machines and no case. From its first staff on a village or a
 * department has the new cases that are its own.
 * `dismiss --data DIR --sign-in NAME` signs somebody out for good. Where nobody is left at a village or a department, its
 * open cases go to the town, or to the county.
 * `list --data DIR` prints everybody, a line of JSON each. Exit codes as programs of ours have them: 64 and 75.
 */
import { parseArgs } from 'node:util';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { findVillage, TOWNS } from '../../catalog/places.ts';
import { levelOf } from '../cases/desks.ts';
import { type PlatformConfig, placesOf } from '../config.ts';
import { hasPlatformKeys } from '../keys/platform-keys.ts';
import { findProgramConfig } from '../program-config.ts';
import { openStore } from '../store/store.ts';
import { dismissStaff } from './dismiss.ts';
import { maintainersDesk } from './roles.ts';
import { newPassword, putStaff } from './staff.ts';

const USAGE = `usage: node platform/desk/main.ts add (--data DIR | --config FILE) --sign-in NAME --name WORDS --desk CODE
       node platform/desk/main.ts dismiss (--data DIR | --config FILE) --sign-in NAME
       node platform/desk/main.ts list (--data DIR | --config FILE)`;
const EXIT = { usage: 64, cannotStart: 75 } as const;

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: { data: text, config: text, 'sign-in': text, name: text, desk: text },
  allowPositionals: true,
});
const config = findProgramConfig(values);
const [command] = positionals;
const signIn = values['sign-in']?.trim();
if (!config || !['add', 'dismiss', 'list'].includes(command ?? '')) leave(EXIT.usage, USAGE);
const { database, keys } = placesOf(config);
if (!hasPlatformKeys(keys)) leave(EXIT.cannotStart, 'no platform was ever started on these folders');
const opened = await openStore(database);
if (!opened.ok) leave(EXIT.cannotStart, `cannot work on these folders: ${opened.error.code}`);
const store = opened.value;
const context = { store, clock: systemClock, crypto: createCrypto(systemRandom), county: config.county };

if (command === 'list') await list();
else if (!signIn) leave(EXIT.usage, USAGE);
else if (command === 'add') await add(config, signIn);
else await dismiss(signIn);
await store.close();

async function add({ county }: PlatformConfig, name: string): Promise<void> {
  const deskCode = values.desk?.trim() ?? '';
  const person = values.name?.trim();
  if (!person) leave(EXIT.usage, USAGE);
  if (!isDesk(deskCode, county.code)) leave(EXIT.cannotStart, `no such desk in this county: ${deskCode}`);
  const password = newPassword(context);
  await putStaff(context, { signIn: name, name: person, deskCode, password });
  print({ signIn: name, desk: deskCode, password });
}

async function dismiss(name: string): Promise<void> {
  const moved = await dismissStaff(context, name);
  if (moved === undefined) leave(EXIT.cannotStart, `nobody of that name works here: ${name}`);
  print({ signIn: name, casesMoved: moved });
}

async function list(): Promise<void> {
  const rows = await store.db
    .selectFrom('staff')
    .select(['signIn', 'name', 'deskCode', 'disabled'])
    .orderBy('deskCode')
    .orderBy('signIn')
    .execute();
  for (const { signIn, name, deskCode, disabled } of rows) {
    print({ signIn, name, desk: deskCode, dismissed: disabled === 1 });
  }
}

function isDesk(deskCode: string, countyCode: string): boolean {
  if (deskCode === maintainersDesk(countyCode)) return true;
  switch (levelOf(deskCode)) {
    case 'village':
      return findVillage(deskCode) !== undefined;
    case 'town':
      return TOWNS.some(({ code }) => code === deskCode);
    case 'department':
      return deskCode.startsWith(`${countyCode}/`) && deskCode.length > countyCode.length + 1;
    case 'county':
      return deskCode === countyCode;
  }
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
