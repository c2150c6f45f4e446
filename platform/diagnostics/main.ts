/**
 * Opens a machine's bundle of diagnostics: `node platform/diagnostics/main.ts open (--data DIR | --config FILE)
 * (--entry ID | FILE)`, also while the platform runs. ID is the entry's id in hex, as the machine's page shows it; FILE
 * lies on a stick. Prints the bundle as JSON. Exit code 0; 1 there is none, or it cannot be opened; 64 and 75 as programs
 * of ours have them.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findHex, toHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemRandom } from '../../base/node/random.ts';
import { openDiagnostics } from '../../sync/formats/diagnostics.ts';
import { placesOf } from '../config.ts';
import { inlineOpener } from '../intake/opener.ts';
import { createOpeningKeys } from '../intake/opening-keys.ts';
import { hasPlatformKeys, openPlatformKeys } from '../keys/platform-keys.ts';
import { findProgramConfig } from '../program-config.ts';
import { openStore } from '../store/store.ts';
import { findSentBundle } from './open.ts';

const USAGE =
  'usage: node platform/diagnostics/main.ts open (--data DIR | --config FILE) (--entry ID | FILE)';
const EXIT = { none: 1, usage: 64, cannotStart: 75 } as const;

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: { data: text, config: text, entry: text },
  allowPositionals: true,
});
const [verb, file] = positionals;
const config = findProgramConfig(values);
const entryId = findHex(values.entry ?? '');
const isOne = (file === undefined) !== (values.entry === undefined);
if (!config || verb !== 'open' || !isOne) leave(EXIT.usage, USAGE);
if (values.entry !== undefined && entryId?.length !== 16) leave(EXIT.usage, USAGE);
const places = placesOf(config);
if (!hasPlatformKeys(places.keys)) leave(EXIT.cannotStart, 'no platform was ever started on these folders');
const crypto = createCrypto(systemRandom);
const keys = openPlatformKeys(crypto, { keys: places.keys, copies: places.keyCopies });
const openingKeys = createOpeningKeys(crypto, keys, inlineOpener(crypto, keys.openingKeys()));

process.stdout.write(file === undefined ? await openSent(entryId!) : openFile(file));

async function openSent(wanted: Uint8Array): Promise<Uint8Array> {
  const opened = await openStore(places.database);
  if (!opened.ok) leave(EXIT.cannotStart, `cannot work on these folders: ${opened.error.code}`);
  const store = opened.value;
  const bundle = await findSentBundle({ store, crypto, openingKeys }, wanted);
  await store.close();
  return bundle ?? leave(EXIT.none, 'no such bundle is here');
}

function openFile(path: string): Uint8Array {
  const opened = openDiagnostics(readFileSync(path), openingKeys.find);
  if (!opened.ok) return leave(EXIT.none, `cannot open it: ${opened.error}`);
  process.stderr.write(`of machine ${toHex(opened.value.terminalId)}\n`);
  return opened.value.plain;
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
