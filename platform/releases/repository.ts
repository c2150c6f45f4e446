/**
 * A repository of signed releases (The Update Framework 1.0, by its reference models): made once, added to with each
 * release, its timestamp renewed while nothing new comes. A folder of files that any server or stick can carry.
 */
import {
  Key,
  Metadata,
  MetadataKind,
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
import { DELEGATED, KEY_PLAN, type ReleaseKey, type ReleaseRole, ROLES, VALID_DAYS } from './release-keys.ts';

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
/** The roles that answer for targets. */
const TARGETS_ROLES = ['targets', ...DELEGATED] as const;
type TargetsRole = (typeof TARGETS_ROLES)[number];
type Signed = Root | Targets | Snapshot | Timestamp;

/** Makes a repository that holds nothing yet but its root. Answers with the root, which machines are given to trust. */
export function makeRepository(context: RepositoryContext): Result<Uint8Array, SignTrouble> {
  if (context.disk.list('metadata').length > 0) return err({ code: 'repository-exists' });
  const keyOf = ({ key }: ReleaseKey) => tufKey(context.crypto, key.publicKey);
  const { specVersion, ...dated } = head(context, 'root', 1);
  const isOfRoot = ({ role }: ReleaseKey) => ROLES.some((one) => one === role);
  const root = Root.fromJSON({
    ...{ ...dated, _type: 'root', spec_version: specVersion, consistent_snapshot: true },
    keys: Object.fromEntries(
      context.keys
        .filter(isOfRoot)
        .map(keyOf)
        .map((key) => [key.keyID, key.toJSON()]),
    ),
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
  const { disk } = context;
  if (disk.findSize('metadata/1.root.json') === undefined) return err({ code: 'no-repository' });
  return signTargets(context, 'targets', {
    target: { name, bytes },
    delegations: findTargets(disk, 'targets')?.delegations,
  });
}

/** Signs a target of a role that the targets role named, as the newest of that role; makes the delegation at first. */
export function signDelegated(
  context: RepositoryContext,
  role: (typeof DELEGATED)[number],
  name: string,
  bytes: Uint8Array,
): Result<number, SignTrouble> {
  const { disk } = context;
  if (disk.findSize('metadata/1.root.json') === undefined) return err({ code: 'no-repository' });
  const delegated = ensureDelegation(context, role, name);
  if (!delegated.ok) return delegated;
  return signTargets(context, role, { target: { name, bytes } });
}

/** What a role may sign, said by the targets role; only where it does not say so already. */
function ensureDelegation(
  context: RepositoryContext,
  role: (typeof DELEGATED)[number],
  path: string,
): Result<unknown, SignTrouble> {
  const { crypto, disk, keys } = context;
  const former = findTargets(disk, 'targets');
  const held = keys.filter((key) => key.role === role).map(({ key }) => tufKey(crypto, key.publicKey));
  const known = former?.delegations?.roles?.[role];
  if (known !== undefined && held.every(({ keyID }) => known.keyIDs.includes(keyID))) return ok(undefined);
  // Named as a whole or not at all: the third of them would be nobody.
  if (held.length < KEY_PLAN[role].keys) return err({ code: 'too-few-keys' });
  const { threshold } = KEY_PLAN[role];
  const keyids = held.map(({ keyID }) => keyID);
  const { delegations } = Targets.fromJSON({
    ...{
      _type: 'targets',
      version: 1,
      spec_version: SPEC_VERSION,
      expires: isoDate(context.nowMs),
      targets: {},
    },
    delegations: {
      keys: Object.fromEntries(held.map((key) => [key.keyID, key.toJSON()])),
      roles: [{ name: role, keyids, threshold, terminating: true, paths: [path] }],
    },
  });
  return signTargets(context, 'targets', { former: former?.targets, delegations });
}

/** Signs what a role answers for, and everything that follows from it. */
function signTargets(
  context: RepositoryContext,
  role: TargetsRole,
  what: {
    readonly target?: { readonly name: string; readonly bytes: Uint8Array };
    readonly former?: Targets['targets'] | undefined;
    readonly delegations?: Targets['delegations'];
  },
): Result<number, SignTrouble> {
  const { crypto, disk } = context;
  const version = latestVersion(disk, role) + 1;
  const { target, former = {}, delegations } = what;
  const hash = toHex(crypto.sha256(target?.bytes ?? new Uint8Array()));
  const named = target && {
    [target.name]: new TargetFile({
      ...{ path: target.name, length: target.bytes.length, hashes: { sha256: hash } },
    }),
  };
  const targets = new Targets({
    ...head(context, role, version),
    ...{ targets: { ...former, ...named }, ...(delegations && { delegations }) },
  });
  const signed = sign(context, role, targets);
  if (!signed.ok) return signed;
  const written = writeAll(disk, [
    ...(target ? [[`targets/${hash}.${target.name}`, target.bytes] as const] : []),
    [`metadata/${version}.${role}.json`, signed.value],
  ]);
  if (!written.ok) return written;
  const dated = signSnapshot(context);
  return dated.ok ? ok(version) : dated;
}

/** What a role signed last; `undefined` before it signed anything. */
function findTargets(disk: Disk, role: TargetsRole): Targets | undefined {
  const version = latestVersion(disk, role);
  const read = version === 0 ? undefined : disk.read(`metadata/${version}.${role}.json`);
  if (!read?.ok) return undefined;
  const json = JSON.parse(new TextDecoder().decode(read.value));
  return Metadata.fromJSON(MetadataKind.Targets, json).signed;
}

/** Says anew that what is newest is newest: snapshot and timestamp get new dates, and nothing else changes. */
export function renewDates(context: RepositoryContext): Result<number, SignTrouble> {
  return latestVersion(context.disk, 'targets') === 0
    ? err({ code: 'no-repository' })
    : signSnapshot(context);
}

/** Says of every role which version is newest. Answers with that of the targets role. */
function signSnapshot(context: RepositoryContext): Result<number, SignTrouble> {
  const { disk } = context;
  const version = latestVersion(disk, 'snapshot') + 1;
  const newest = TARGETS_ROLES.map((role) => [role, latestVersion(disk, role)] as const);
  const meta = Object.fromEntries(
    newest.flatMap(([role, at]) => (at === 0 ? [] : [[`${role}.json`, new MetaFile({ version: at })]])),
  );
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
  return written.ok ? ok(latestVersion(disk, 'targets')) : written;
}

/** The newest version that a role signed; 0 where there is none. */
function latestVersion(disk: Disk, role: ReleaseRole): number {
  const versions = disk.list('metadata').map((name) => {
    const [version, of, ...rest] = name.split('.');
    return of === role && rest.join('.') === 'json' ? Number(version) : 0;
  });
  return Math.max(0, ...versions);
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
