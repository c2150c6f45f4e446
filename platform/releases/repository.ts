/**
 * A repository of signed releases (The Update Framework 1.0, by its reference models): made once, added to with each
 * release, its timestamp renewed while nothing new comes. A folder of files that any server or stick can carry.
 */
import {
  Key,
  Metadata,
  MetaFile,
  Root,
  Signature,
  Snapshot,
  TargetFile,
  Targets,
  Timestamp,
} from '@tufjs/models';
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';
import { KEY_PLAN, type ReleaseKey, type ReleaseRole, ROLES, VALID_DAYS } from './release-keys.ts';

/** What working on a repository needs. */
export interface RepositoryContext {
  readonly crypto: Crypto;
  /** The repository's folder: `metadata/` and `targets/`. */
  readonly disk: Disk;
  readonly keys: readonly ReleaseKey[];
  readonly nowMs: number;
}

/** Why nothing was signed. */
export type SignTrouble =
  | DiskTrouble
  | { readonly code: 'too-few-keys' | 'no-repository' | 'repository-exists' };

const DAY_MS = 86_400_000;
const SPEC_VERSION = '1.0.31';
type Signed = Root | Targets | Snapshot | Timestamp;

/** Makes a repository that holds nothing yet but its root. Answers with the root, which machines are given to trust. */
export function makeRepository(context: RepositoryContext): Result<Uint8Array, SignTrouble> {
  if (context.disk.list('metadata').length > 0) return err({ code: 'repository-exists' });
  const keyOf = ({ key }: ReleaseKey) => tufKey(context.crypto, key.publicKey);
  const { specVersion, ...dated } = head(context, 'root', 1);
  const root = Root.fromJSON({
    ...{ ...dated, _type: 'root', spec_version: specVersion, consistent_snapshot: true },
    keys: Object.fromEntries(context.keys.map(keyOf).map((key) => [key.keyID, key.toJSON()])),
    roles: Object.fromEntries(
      ROLES.map((role) => {
        const keyids = context.keys.filter((key) => key.role === role).map((key) => keyOf(key).keyID);
        return [role, { keyids, threshold: KEY_PLAN[role].threshold }];
      }),
    ),
  });
  const signed = sign(context, 'root', root);
  if (!signed.ok) return signed;
  const written = context.disk.writeDurably('metadata/1.root.json', signed.value);
  return written.ok ? signed : written;
}

/**
 * Signs a target as the newest, and everything that follows from it. The timestamp is written last: until then nobody
 * sees anything of it.
 */
export function signTarget(
  context: RepositoryContext,
  name: string,
  bytes: Uint8Array,
): Result<number, SignTrouble> {
  const { crypto, disk } = context;
  if (disk.findSize('metadata/1.root.json') === undefined) return err({ code: 'no-repository' });
  const version = latestVersion(disk) + 1;
  const hash = toHex(crypto.sha256(bytes));
  const target = new TargetFile({ path: name, length: bytes.length, hashes: { sha256: hash } });
  const targets = new Targets({ ...head(context, 'targets', version), targets: { [name]: target } });
  const signedTargets = sign(context, 'targets', targets);
  if (!signedTargets.ok) return signedTargets;
  const written = writeAll(disk, [
    [`targets/${hash}.${name}`, bytes],
    [`metadata/${version}.targets.json`, signedTargets.value],
  ]);
  return written.ok ? signSnapshot(context, version) : written;
}

/** Says anew that what is newest is newest: snapshot and timestamp get new dates, and nothing else changes. */
export function renewDates(context: RepositoryContext): Result<number, SignTrouble> {
  const version = latestVersion(context.disk);
  return version === 0 ? err({ code: 'no-repository' }) : signSnapshot(context, version);
}

function signSnapshot(context: RepositoryContext, targetsVersion: number): Result<number, SignTrouble> {
  const { disk } = context;
  const version = findTimestampVersion(disk) + 1;
  const meta = { 'targets.json': new MetaFile({ version: targetsVersion }) };
  const snapshot = sign(context, 'snapshot', new Snapshot({ ...head(context, 'snapshot', version), meta }));
  if (!snapshot.ok) return snapshot;
  const snapshotMeta = new MetaFile({ version });
  const timestamp = sign(
    context,
    'timestamp',
    new Timestamp({ ...head(context, 'timestamp', version), snapshotMeta }),
  );
  if (!timestamp.ok) return timestamp;
  const written = writeAll(disk, [
    [`metadata/${version}.snapshot.json`, snapshot.value],
    ['metadata/timestamp.json', timestamp.value],
  ]);
  return written.ok ? ok(targetsVersion) : written;
}

/** The version of the newest target that is signed; 0 where there is none. */
function latestVersion(disk: Disk): number {
  return Math.max(
    0,
    ...disk.list('metadata').map((name) => Number(/^(\d+)\.targets\.json$/.exec(name)?.[1] ?? 0)),
  );
}

function findTimestampVersion(disk: Disk): number {
  return Math.max(
    0,
    ...disk.list('metadata').map((name) => Number(/^(\d+)\.snapshot\.json$/.exec(name)?.[1] ?? 0)),
  );
}

function writeAll(disk: Disk, files: readonly (readonly [string, Uint8Array])[]): Result<void, DiskTrouble> {
  for (const [name, bytes] of files) {
    const written = disk.writeDurably(name, bytes);
    if (!written.ok) return written;
  }
  return ok(undefined);
}

function head({ nowMs }: RepositoryContext, role: ReleaseRole, version: number) {
  const expires = `${isoDate(nowMs + VALID_DAYS[role] * DAY_MS)}T00:00:00Z`;
  return { version, specVersion: SPEC_VERSION, expires };
}

/** Signed by every key of the role that is at hand; fewer than must be is refused. */
function sign(
  { crypto, keys }: RepositoryContext,
  role: ReleaseRole,
  signed: Signed,
): Result<Uint8Array, SignTrouble> {
  const signers = keys.filter((key) => key.role === role);
  if (signers.length < KEY_PLAN[role].threshold) return err({ code: 'too-few-keys' });
  const metadata = new Metadata(signed);
  for (const { key } of signers)
    metadata.sign((data) => {
      const { keyID } = tufKey(crypto, key.publicKey);
      return new Signature({ keyID, sig: toHex(key.sign(new Uint8Array(data))) });
    });
  invariant(Object.keys(metadata.signatures).length === signers.length, 'each key signed for itself');
  return ok(new TextEncoder().encode(`${JSON.stringify(metadata.toJSON(), null, 1)}\n`));
}

function tufKey(crypto: Crypto, publicKey: Uint8Array): Key {
  const keyID = toHex(crypto.sha256(new TextEncoder().encode('yizhan/release-key/1\0'), publicKey));
  return new Key({ keyID, keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: toHex(publicKey) } });
}
