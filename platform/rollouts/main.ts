/**
 * Roll-outs of the software, also while the platform runs: it takes what is said here within half a minute.
 * `--config FILE` stands for `--data DIR`; `--staff NAME` is who does it, by their sign-in at the desk.
 *
 *     begin --data DIR --staff NAME --version N [--channel pilot] [--pilot ID,ID] [--plan FILE] --words WHY
 *     pause | go-on | stop | stage --data DIR --staff NAME --words WHY
 *     pin | unpin --data DIR --staff NAME --machine ID --words WHY
 *     step-back --data DIR --staff NAME --key FILE --from N --to N [--machine ID] --words WHY
 *     show --data DIR
 *
 * Exit codes: 64 for wrong use, 65 where it cannot be done now, 75 where it cannot work.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findBase64Url, findHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { placesOf } from '../config.ts';
import { hasPlatformKeys, openPlatformKeys } from '../keys/platform-keys.ts';
import { findProgramConfig } from '../program-config.ts';
import { openStore } from '../store/store.ts';
import { planSchema, usualPlan } from './plan.ts';
import { actOnRollout, beginRollout, findRollout, pinMachine } from './rollouts.ts';
import { isStepBack, sendStepBack, signStepBack } from './step-back.ts';

const EXIT = { usage: 64, notNow: 65, cannotStart: 75 } as const;
const USAGE =
  'usage: node platform/rollouts/main.ts begin|pause|go-on|stop|stage|pin|unpin|step-back|show (--data DIR | --config FILE) …';

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: {
    ...{ data: text, config: text, staff: text, version: text, channel: text, pilot: text, plan: text },
    ...{ words: text, machine: text, key: text, from: text, to: text },
  },
  allowPositionals: true,
});
const config = findProgramConfig(values) ?? leave(EXIT.usage, USAGE);
const { database, keys, keyCopies } = placesOf(config);
if (!hasPlatformKeys(keys)) leave(EXIT.cannotStart, 'no platform was ever started on these folders');
const opened = await openStore(database);
if (!opened.ok) leave(EXIT.cannotStart, `cannot work on these folders: ${opened.error.code}`);
const store = opened.value;
const crypto = createCrypto(systemRandom);
const context = { store, crypto, clock: systemClock };

const [command = ''] = positionals;
if (command === 'show') await show();
else await act(command, await staffId(), values.words ?? leave(EXIT.usage, USAGE));
await store.close();

async function show(): Promise<void> {
  const rollout = await findRollout(store.db);
  const rows = await store.db.selectFrom('softwareOffers').select(['rolloutNo', 'version']).execute();
  const offered = rows.filter(
    ({ rolloutNo, version }) => rolloutNo === rollout?.rolloutNo && version !== null,
  );
  process.stdout.write(`${JSON.stringify({ ...rollout, offered: offered.length })}\n`);
}

async function act(what: string, by: number, words: string): Promise<void> {
  switch (what) {
    case 'begin':
      return begin(by, words);
    case 'pause':
    case 'go-on':
    case 'stop':
    case 'stage': {
      const rollout = await findRollout(store.db);
      const done = rollout && (await actOnRollout(context, rollout.rolloutNo, what, { staffId: by, words }));
      return done ? undefined : leave(EXIT.notNow, 'that cannot be done to it now');
    }
    case 'pin':
    case 'unpin':
      return pinMachine(context, { terminalId: machine(), pinned: what === 'pin', staffId: by, words });
    case 'step-back':
      return stepBack(by, words);
    default:
      leave(EXIT.usage, USAGE);
  }
}

async function begin(by: number, words: string): Promise<void> {
  const given = values.plan === undefined ? {} : JSON.parse(readFileSync(values.plan, 'utf8'));
  const channel = values.channel === 'stable' ? 'stable' : 'pilot';
  const pilot = values.pilot?.split(',') ?? [];
  const plan = planSchema.safeParse({
    ...usualPlan({ version: Number(values.version), channel, pilot }),
    ...given,
  });
  if (!plan.success) leave(EXIT.usage, z.prettifyError(plan.error));
  const rolloutNo = await beginRollout(context, plan.data, by, words);
  process.stdout.write(`${JSON.stringify({ rolloutNo, plan: plan.data })}\n`);
}

async function stepBack(by: number, reason: string): Promise<void> {
  const file = z.object({ use: z.literal('order'), seed: z.string() });
  const read = file.safeParse(JSON.parse(readFileSync(values.key ?? leave(EXIT.usage, USAGE), 'utf8')));
  const seed = read.success ? findBase64Url(read.data.seed) : undefined;
  if (seed?.length !== 32) leave(EXIT.cannotStart, 'that is no order key');
  const { platformId, findOrderKey } = openPlatformKeys(crypto, { keys, copies: keyCopies });
  // Machines pass over an order of any other key without a word: whoever sends it would believe them on their way back.
  if (!findOrderKey(keyId(crypto, crypto.signingKey(seed).publicKey)))
    leave(EXIT.notNow, 'no machine takes this key: it is not among the order keys of the newest key set');
  const [fromVersion, toVersion] = [Number(values.from), Number(values.to)];
  if (!isStepBack(fromVersion, toVersion))
    leave(EXIT.usage, 'from a newer to an older release, by their numbers');
  const wish = {
    ...{ platformId, fromVersion, toVersion, reason, at: systemClock.wallMs() },
    terminalId: values.machine === undefined ? null : machine(),
  };
  const signed = signStepBack(crypto, seed, wish);
  const told = await sendStepBack(context, wish, signed, {
    ...{ staffId: by, areaCode: config.county.code },
  });
  process.stdout.write(`${JSON.stringify({ machines: told })}\n`);
}

function machine(): Uint8Array {
  const id = findHex(values.machine ?? '');
  return id?.length === 16 ? id : leave(EXIT.usage, 'name the machine by its id');
}

async function staffId(): Promise<number> {
  const row = await store.db
    .selectFrom('staff')
    .select('staffId')
    .where('signIn', '=', values.staff ?? '')
    .where('disabled', '=', 0)
    .executeTakeFirst();
  return row?.staffId ?? leave(EXIT.usage, 'nobody signs in at the desk under this name');
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
