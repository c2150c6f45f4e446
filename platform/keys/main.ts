/**
 * Key sets made by hand, where the root's key is.
 *
 * `opening-key --data DIR` makes a new opening key and the set in which it stands first: terminals seal to it from
 * their next hello on, and what was sealed to the former ones is opened as before.
 *
 * Keys of named persons, who may order that a refused entry be abandoned (use 4):
 * `order-key --data DIR --holder NAME --out FILE` makes a key, names it in the next key set, and writes its private
 * half to FILE alone, for that person to take away. `retire-order-key --data DIR --id KEYID` takes it out again. A
 * platform that runs takes the new set by itself. `--config FILE` stands for `--data DIR`.
 *
 * `sign --key FILE --reason WORDS LINE` signs what the desk asks for (to abandon an entry, to go back to an older
 * release); it needs no platform, and prints the line to hand back. Exit codes as programs of ours have them: 64 for wrong use, 75 where it cannot work.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findBase64Url, findHex, toBase64Url, toHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { placesOf } from '../config.ts';
import { findProgramConfig } from '../program-config.ts';
import { findStepBackTarget, signStepBackLine } from '../rollouts/step-back.ts';
import { findOrderTarget, signOrder } from './abandon.ts';
import { hasPlatformKeys, hasRoot, openPlatformKeys } from './platform-keys.ts';

const USAGE = `usage: node platform/keys/main.ts opening-key (--data DIR | --config FILE)
       node platform/keys/main.ts order-key (--data DIR | --config FILE) --holder NAME --out FILE
       node platform/keys/main.ts retire-order-key (--data DIR | --config FILE) --id KEYID
       node platform/keys/main.ts sign --key FILE --reason WORDS LINE`;
const EXIT = { usage: 64, cannotStart: 75 } as const;
const LONGEST_REASON = 200;

const keyFileSchema = z.strictObject({
  use: z.literal('order'),
  holder: z.string(),
  keyId: z.string(),
  seed: z.string(),
});

const { values, positionals } = parseArgs({
  options: {
    data: { type: 'string' },
    config: { type: 'string' },
    holder: { type: 'string' },
    out: { type: 'string' },
    id: { type: 'string' },
    key: { type: 'string' },
    reason: { type: 'string' },
  },
  allowPositionals: true,
});
const crypto = createCrypto(systemRandom);
const [command, line] = positionals;

if (command === 'opening-key') makeOpeningKey();
else if (command === 'order-key') makeOrderKey(values.holder?.trim(), values.out);
else if (command === 'retire-order-key') retire(findHex(values.id ?? ''));
else if (command === 'sign') sign(values.key, values.reason?.trim(), line);
else leave(EXIT.usage, USAGE);

function makeOpeningKey(): void {
  const { number } = openKeys().addSealKey().value;
  process.stdout.write(`${JSON.stringify({ keySet: number })}\n`);
}

function makeOrderKey(holder: string | undefined, out: string | undefined): void {
  if (!holder || !out) leave(EXIT.usage, USAGE);
  if (existsSync(out)) leave(EXIT.cannotStart, `${out} is there already`);
  const keys = openKeys();
  const seed = crypto.randomBytes(32);
  const { publicKey } = crypto.signingKey(seed);
  const id = toHex(keyId(crypto, publicKey));
  // The person's half is safe before anybody is told to believe it.
  const file = { use: 'order', holder, keyId: id, seed: toBase64Url(seed) };
  writeFileSync(out, `${JSON.stringify(file)}\n`, { mode: 0o600, flag: 'wx' });
  const { number } = keys.addOrderKey(publicKey, holder).value;
  process.stdout.write(`${JSON.stringify({ keyId: id, holder, keySet: number })}\n`);
}

function retire(id: Uint8Array | undefined): void {
  if (!id) leave(EXIT.usage, USAGE);
  const set = openKeys().retireOrderKey(id);
  if (!set) leave(EXIT.cannotStart, 'the newest key set has no order key of this id');
  process.stdout.write(`${JSON.stringify({ keySet: set.value.number })}\n`);
}

function sign(file: string | undefined, reason: string | undefined, asked: string | undefined): void {
  if (!file || !reason || reason.length > LONGEST_REASON || !asked) leave(EXIT.usage, USAGE);
  const read = keyFileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  const seed = read.success ? findBase64Url(read.data.seed) : undefined;
  if (seed?.length !== 32) leave(EXIT.cannotStart, `${file} is no order key`);
  const by = { reason, atMs: systemClock.wallMs() };
  const target = findOrderTarget(asked);
  const back = findStepBackTarget(asked);
  if (target) {
    const { terminalId, journalId, seq } = target;
    const names = `terminal ${toHex(terminalId)}, journal ${toHex(journalId)}, entry ${seq}`;
    process.stderr.write(`${names}: to be abandoned for ever, because: ${reason}\n`);
    process.stdout.write(`${signOrder(crypto, seed, target, by)}\n`);
  } else if (back) {
    const whom = back.terminalId === null ? 'every machine' : `terminal ${toHex(back.terminalId)}`;
    const way = `from release ${back.fromVersion} back to ${back.toVersion}`;
    process.stderr.write(`${whom}: to go ${way}, because: ${reason}\n`);
    process.stdout.write(`${signStepBackLine(crypto, seed, back, by)}\n`);
  } else leave(EXIT.usage, 'that is not a line of the desk');
}

function openKeys() {
  const config = findProgramConfig(values);
  if (!config) leave(EXIT.usage, USAGE);
  const { keys, keyCopies } = placesOf(config);
  if (!hasPlatformKeys(keys)) leave(EXIT.cannotStart, 'start the platform once first');
  if (!hasRoot(keys)) leave(EXIT.cannotStart, 'root.key is not in the key folder: bring it back for this');
  return openPlatformKeys(crypto, { keys, copies: keyCopies });
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
