/** The keys that sign releases: who holds which, how many of each role must agree, and their files. */
import { z } from 'zod';
import { findHex, toHex } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** A role of the repository (The Update Framework 1.0, 2.1). */
export const ROLES = ['root', 'targets', 'snapshot', 'timestamp'] as const;
/** Roles that the targets role lets sign what is theirs: whoever makes the software is not who writes the catalog. */
export const DELEGATED = ['software'] as const;
const ALL_ROLES = [...ROLES, ...DELEGATED] as const;
export type ReleaseRole = (typeof ALL_ROLES)[number];

/**
 * Of each role, how many keys there are and how many must sign. Root, targets and software are people's: two of three, kept
 * apart. Snapshot and timestamp are the machine's that publishes.
 */
export const KEY_PLAN: Readonly<Record<ReleaseRole, { readonly keys: number; readonly threshold: number }>> =
  {
    root: { keys: 3, threshold: 2 },
    targets: { keys: 3, threshold: 2 },
    snapshot: { keys: 1, threshold: 1 },
    timestamp: { keys: 1, threshold: 1 },
    software: { keys: 3, threshold: 2 },
  };

/** How long what a role signs may be installed, in days. What is installed runs for ever. */
export const VALID_DAYS: Readonly<Record<ReleaseRole, number>> = {
  root: 3650,
  targets: 365,
  snapshot: 90,
  timestamp: 45,
  software: 365,
};

/** Whether a key signs for machines that serve people; such a one signs no sample. */
export type KeyPurpose = 'sample' | 'production';

/** A key of one role. */
export interface ReleaseKey {
  readonly role: ReleaseRole;
  readonly purpose: KeyPurpose;
  readonly key: SigningKey;
}

const keyFileSchema = z.strictObject({
  use: z.literal('release'),
  role: z.enum(ALL_ROLES),
  purpose: z.enum(['sample', 'production']),
  /** 32 bytes in hexadecimal digits: whoever has them signs. */
  seed: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A whole set of new keys, each with the text of its file; of some roles only where they are named. */
export function makeReleaseKeys(
  crypto: Crypto,
  purpose: KeyPurpose,
  roles: readonly ReleaseRole[] = ALL_ROLES,
): readonly (ReleaseKey & { readonly fileName: string; readonly text: string })[] {
  return roles.flatMap((role) =>
    Array.from({ length: KEY_PLAN[role].keys }, (_, index) => {
      const seed = crypto.randomBytes(32);
      const text = `${JSON.stringify({ use: 'release', role, purpose, seed: toHex(seed) }, null, 2)}\n`;
      return { role, purpose, key: crypto.signingKey(seed), fileName: `${role}-${index + 1}.key`, text };
    }),
  );
}

/** Reads a key's file. */
export function parseReleaseKey(crypto: Crypto, text: string): Result<ReleaseKey, 'malformed'> {
  try {
    const read = keyFileSchema.safeParse(JSON.parse(text));
    const seed = read.success ? findHex(read.data.seed) : undefined;
    if (!read.success || seed === undefined) return err('malformed');
    const { role, purpose } = read.data;
    return ok({ role, purpose, key: crypto.signingKey(seed) });
  } catch {
    return err('malformed');
  }
}
