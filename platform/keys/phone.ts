/**
 * Signing in at machines by telephone (docs/maintainers.md).
 *
 * `machine --data DIR --machine NUMBER` prints what goes into a machine's configuration, made from the county's key,
 * which the first call makes: `phone.key` in the key folder. NUMBER is four to eight digits and stands on the cabinet.
 * `answer --data DIR --machine NUMBER (--staff NAME | --holder WORDS) [--role maintainer] CHALLENGE` prints what to say to
 * whoever reads the challenge out. Ask them who they are first: the machine cannot. Who answers is put on record before:
 * `--staff` by their sign-in at the desk, with the password asked on its input; `--holder` by name alone, where nobody has one. `--config FILE` stands for `--data DIR`. Exit code 1: the challenge was
 * misheard; 64 and 75 as programs of ours have them.
 */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { toBase64Url } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { answerTo, isChallenge, MACHINE_NUMBER_FORM, machineKey } from '../../sync/phone-sign-in.ts';
import { placesOf } from '../config.ts';
import { isPassword } from '../desk/passwords.ts';
import { findProgramConfig } from '../program-config.ts';
import { openStore, type Store } from '../store/store.ts';
import { notePhoneAnswer } from '../upkeep/sign-ins.ts';
import { hasPlatformKeys } from './platform-keys.ts';

const USAGE = `usage: node platform/keys/phone.ts machine (--data DIR | --config FILE) --machine NUMBER
       node platform/keys/phone.ts answer (--data DIR | --config FILE) --machine NUMBER (--staff NAME | --holder WORDS) [--role ROLE] CHALLENGE`;
const EXIT = { misheard: 1, notThem: 1, usage: 64, cannotStart: 75 } as const;
const KEY_FILE = 'phone.key';
const KEY_BYTES = 32;

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: {
    ...{ data: text, config: text, machine: text, staff: text, holder: text },
    role: { type: 'string', default: 'maintainer' },
  },
  allowPositionals: true,
});
const [verb, said = ''] = positionals;
const config = findProgramConfig(values);
const machine = values.machine ?? '';
if (!config || !MACHINE_NUMBER_FORM.test(machine)) leave(EXIT.usage, USAGE);
const { keys, database } = placesOf(config);
if (!hasPlatformKeys(keys)) leave(EXIT.cannotStart, 'start the platform once first');
const crypto = createCrypto(systemRandom);

if (verb === 'machine') {
  process.stdout.write(`yzp$${machine}$${toBase64Url(machineKey(crypto, countyKey(true), machine))}\n`);
} else if (verb === 'answer') {
  const challenge = said.replaceAll(/\D/g, '');
  if (!isChallenge(challenge)) leave(EXIT.misheard, 'misheard: have the nine digits read out again');
  const key = machineKey(crypto, countyKey(false), machine);
  const answer = answerTo(crypto, key, { role: values.role, challenge });
  await putOnRecord(challenge);
  process.stdout.write(`${answer.slice(0, 4)} ${answer.slice(4)}\n`);
} else leave(EXIT.usage, USAGE);

/** Written before anything is said: an entry that nobody answered then stands out. */
async function putOnRecord(challenge: string): Promise<void> {
  const named = values.holder?.trim() ?? '';
  if ((values.staff === undefined) === (named === '')) leave(EXIT.usage, USAGE);
  const opened = await openStore(database);
  if (!opened.ok) leave(EXIT.cannotStart, `cannot work on these folders: ${opened.error.code}`);
  const store = opened.value;
  const by =
    values.staff === undefined ? { staffId: null, holder: named } : await staffOf(store, values.staff);
  if (!by) leave(EXIT.notThem, 'name or password are not right');
  await notePhoneAnswer({ store, clock: systemClock }, { machine, role: values.role, challenge, ...by });
  await store.close();
}

async function staffOf({ db }: Store, signIn: string) {
  const input = createInterface({ input: process.stdin, output: process.stderr });
  const password = await input.question('password: ');
  input.close();
  const row = await db
    .selectFrom('staff')
    .select(['staffId', 'name', 'password', 'disabled'])
    .where('signIn', '=', signIn)
    .executeTakeFirst();
  const isRight = await isPassword(crypto, password, row?.password);
  return row && isRight && row.disabled === 0 ? { staffId: row.staffId, holder: row.name } : undefined;
}

function countyKey(mayMake: boolean): Uint8Array {
  const there = keys.read(KEY_FILE);
  if (there.ok && there.value.length === KEY_BYTES) return there.value;
  // Only where there is none: one that cannot be read now is that of every machine there is.
  if (there.ok || !mayMake || there.error.code !== 'not-found')
    leave(EXIT.cannotStart, `no ${KEY_FILE} in the key folder: bring it back, or make a machine's first`);
  const made = crypto.randomBytes(KEY_BYTES);
  const written = keys.writeDurably(KEY_FILE, made);
  return written.ok ? made : leave(EXIT.cannotStart, `cannot write ${KEY_FILE}`);
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
