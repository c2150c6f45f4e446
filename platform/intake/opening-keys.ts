/**
 * The opening keys of one gateway, kept up with the key folder. Several gateways work over one database, and any of
 * them, or a program beside them, may make the next key set: whoever meets a key it does not know looks there again.
 */
import { toHex } from '../../base/bytes.ts';
import type { Crypto, OpeningKey } from '../../base/crypto/api.ts';
import type { PlatformKeys } from '../keys/platform-keys.ts';
import { makeKeyring } from './open-entry.ts';
import type { Opener } from './opener.ts';

/** Private halves of opening keys, on this thread and where entries are opened. */
export interface OpeningKeys {
  /** The key of this id, whoever made it; undefined where it is in no key set that this gateway can read. */
  find(sealKeyId: Uint8Array): OpeningKey | undefined;
  /** The number of the key set up to which they are known. */
  setNumber(): number;
  /** Takes the key sets made since, by this program or another, and says the number of the newest. */
  takeNew(): number;
}

/** The opening keys of every set of `keys`; those that are new go to the opener too. */
export function createOpeningKeys(
  crypto: Crypto,
  keys: PlatformKeys,
  opener: Pick<Opener, 'setKeys'>,
): OpeningKeys {
  let keyring = makeKeyring(crypto, keys.openingKeys());
  let setNumber = keys.newest().value.number;

  function takeNew(): number {
    keys.takeWritten();
    const { number } = keys.newest().value;
    if (number === setNumber) return number;
    const secrets = keys.openingKeys();
    keyring = makeKeyring(crypto, secrets);
    opener.setKeys(secrets);
    setNumber = number;
    return number;
  }

  return {
    find(sealKeyId) {
      const id = toHex(sealKeyId);
      const known = keyring.get(id);
      if (known) return known;
      takeNew();
      return keyring.get(id);
    },
    setNumber: () => setNumber,
    takeNew,
  };
}
