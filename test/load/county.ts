/** A county of made-up terminals: who each is follows from the county's secret and its number. */

import { concat, u32be, utf8 } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import { invariant } from '../../base/result.ts';
import { findPlace } from '../../platform/desk/machines-page.ts';
import type { PlatformKeys } from '../../platform/keys/platform-keys.ts';
import type { Store } from '../../platform/store/store.ts';
import { addTerminalKey } from '../../platform/terminals/enrol.ts';

const sampleVillage = findPlace({ code: '330624', name: '新昌县' }, '330624108248');
invariant(sampleVillage, 'the sample village is known');
/** Where all of them stand. */
export const PLACE = sampleVillage;

/** One terminal's name and signing key. */
export interface CountyTerminal {
  readonly terminalId: Uint8Array;
  readonly key: SigningKey;
}

/** A run of terminals by their numbers: `first` and the `count - 1` after it. */
export interface Range {
  readonly first: number;
  readonly count: number;
}

/** The terminal of this number. */
export function terminalOf(crypto: Crypto, secret: Uint8Array, number: number): CountyTerminal {
  const derive = (what: string) => crypto.hmacSha256(secret, concat(utf8(what), u32be(number)));
  return { terminalId: derive('id').slice(0, 16), key: crypto.signingKey(derive('key')) };
}

/** Terminals entered in one transaction. */
const AT_ONCE = 500;

/**
 * Enters the terminals of a range, each with a real certificate. Straight into the database, since enrolment is
 * rate limited for good reason.
 */
export async function enterTerminals(
  store: Store,
  seams: { readonly crypto: Crypto; readonly clock: Clock; readonly keys: PlatformKeys },
  secret: Uint8Array,
  { first, count }: Range,
): Promise<void> {
  const context = { ...seams, log: () => undefined, store };
  for (let begin = first; begin < first + count; begin += AT_ONCE) {
    await store.transaction(async (tx) => {
      for (let number = begin; number < Math.min(begin + AT_ONCE, first + count); number++) {
        const { terminalId, key } = terminalOf(seams.crypto, secret, number);
        const times = { enrolledMs: seams.clock.wallMs(), revokedMs: null };
        const place = JSON.stringify(PLACE);
        await tx
          .insertInto('terminals')
          .values({ terminalId, place, ...times, currentBootId: null })
          .execute();
        await addTerminalKey(tx, context, { terminalId, place: PLACE }, key.publicKey);
      }
    });
  }
}
