import type { Crypto } from '../../base/crypto/api.ts';
import type { Log } from '../../base/log.ts';
import { err } from '../../base/result.ts';
import type { Client } from '../../sync/client.ts';
import { JournalUnavailable } from '../../sync/ports.ts';
import type { TrustState } from '../../sync/trust.ts';
import type { KeyStore } from '../keys/key-file.ts';
import { renewKey } from '../keys/renew.ts';
import type { NewKeyState } from '../upkeep/queue.ts';

/** A new signing key, as a maintainer asks for it. */
export interface KeyRenewal {
  state(): NewKeyState;
  /** Asks for one; false while one is asked for already. */
  begin(): boolean;
}

/** A renewal of these keys; `onPromoted` is to start the program anew, which then signs with the new key. */
export function createKeyRenewal(parts: {
  readonly keys: KeyStore;
  readonly client: Client;
  readonly crypto: Crypto;
  readonly trust: () => TrustState;
  readonly log: Log;
  readonly onPromoted: () => void;
}): KeyRenewal {
  const { log, trust, onPromoted, ...seams } = parts;
  let state: NewKeyState = 'possible';

  /** A store that cannot be read now is a reason like any other. */
  async function tryToRenew(): ReturnType<typeof renewKey> {
    try {
      return await renewKey({ ...seams, trust: trust() });
    } catch (error) {
      if (error instanceof JournalUnavailable) return err({ code: 'store', detail: error.code });
      throw error;
    }
  }

  async function ask(): Promise<void> {
    const renewed = await tryToRenew();
    log('sync.new-key', { code: renewed.ok ? 'promoted' : renewed.error.detail || renewed.error.code });
    if (renewed.ok) return onPromoted();
    state = renewed.error.code === 'too-soon' ? 'too-soon' : 'failed';
  }

  return {
    state: () => state,
    begin() {
      if (state === 'asking') return false;
      state = 'asking';
      void ask();
      return true;
    },
  };
}
