/** A new key of the terminal's own (journal.md part 3, "New terminal key"): online, and safe against death at each step. */
import type { Crypto } from '../../base/crypto/api.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Client } from '../../sync/client.ts';
import { certifyNewKey } from '../../sync/enrol.ts';
import type { TrustState } from '../../sync/trust.ts';
import type { KeyStore } from './key-file.ts';

/**
 * Why the old key stays. `too-soon`: the last new key is in no backup of the platform yet, so the one before it may
 * still be needed. `not-certified`: the platform was not reached or refused, said by `detail`. `store`: the disk.
 */
export interface RenewTrouble {
  readonly code: 'too-soon' | 'not-certified' | 'store';
  readonly detail: string;
}

/**
 * Makes the key that waits, has it certified under the old one and promotes it. The program must then be started anew:
 * its next start signs with the new key and opens a journal of it. A lost answer is asked for again with the same key.
 */
export async function renewKey(parts: {
  readonly keys: KeyStore;
  readonly client: Client;
  readonly crypto: Crypto;
  readonly trust: TrustState;
}): Promise<Result<void, RenewTrouble>> {
  const { keys, ...seams } = parts;
  if (keys.findFormer()) return err({ code: 'too-soon', detail: '' });
  const next = keys.nextKey();
  if (!next.ok) return err({ code: 'store', detail: next.error.code });
  const cert = await certifyNewKey(seams, next.value);
  if (!cert.ok) return err({ code: 'not-certified', detail: cert.error });
  const promoted = keys.promote(cert.value);
  return promoted.ok ? ok(undefined) : err({ code: 'store', detail: promoted.error.code });
}
