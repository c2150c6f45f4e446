/**
 * Signing in at machines by telephone (docs/maintainers.md).
 *
 * `machine --data DIR --machine NUMBER` prints what goes into a machine's configuration, made from the county's key,
 * which the first call makes: `phone.key` in the key folder. NUMBER is four to eight digits and stands on the cabinet.
 * `answer --data DIR --machine NUMBER [--role maintainer] CHALLENGE` prints what to say to whoever reads the challenge out.
 * Ask them who they are first: the machine cannot. `--config FILE` stands for `--data DIR`. Exit code 1: the challenge was
 * misheard; 64 and 75 as programs of ours have them.
 */
import { parseArgs } from 'node:util';
import { toBase64Url } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemRandom } from '../../base/node/random.ts';
import { answerTo, isChallenge, MACHINE_NUMBER_FORM, machineKey } from '../../sync/phone-sign-in.ts';
import { placesOf } from '../config.ts';
import { findProgramConfig } from '../program-config.ts';
import { hasPlatformKeys } from './platform-keys.ts';

const USAGE = `usage: node platform/keys/phone.ts machine (--data DIR | --config FILE) --machine NUMBER
       node platform/keys/phone.ts answer (--data DIR | --config FILE) --machine NUMBER [--role ROLE] CHALLENGE`;
const EXIT = { misheard: 1, usage: 64, cannotStart: 75 } as const;
const KEY_FILE = 'phone.key';
const KEY_BYTES = 32;

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: { data: text, config: text, machine: text, role: { type: 'string', default: 'maintainer' } },
  allowPositionals: true,
});
const [verb, said = ''] = positionals;
const config = findProgramConfig(values);
const machine = values.machine ?? '';
if (!config || !MACHINE_NUMBER_FORM.test(machine)) leave(EXIT.usage, USAGE);
const { keys } = placesOf(config);
if (!hasPlatformKeys(keys)) leave(EXIT.cannotStart, 'start the platform once first');
const crypto = createCrypto(systemRandom);

if (verb === 'machine') {
  process.stdout.write(`yzp$${machine}$${toBase64Url(machineKey(crypto, countyKey(true), machine))}\n`);
} else if (verb === 'answer') {
  const challenge = said.replaceAll(/\D/g, '');
  if (!isChallenge(challenge)) leave(EXIT.misheard, 'misheard: have the nine digits read out again');
  const key = machineKey(crypto, countyKey(false), machine);
  const answer = answerTo(crypto, key, { role: values.role, challenge });
  process.stdout.write(`${answer.slice(0, 4)} ${answer.slice(4)}\n`);
} else leave(EXIT.usage, USAGE);

function countyKey(mayMake: boolean): Uint8Array {
  const there = keys.read(KEY_FILE);
  if (there.ok && there.value.length === KEY_BYTES) return there.value;
  if (there.ok || !mayMake)
    leave(EXIT.cannotStart, `no ${KEY_FILE} in the key folder: bring it back, or make a machine's first`);
  const made = crypto.randomBytes(KEY_BYTES);
  const written = keys.writeDurably(KEY_FILE, made);
  return written.ok ? made : leave(EXIT.cannotStart, `cannot write ${KEY_FILE}`);
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
