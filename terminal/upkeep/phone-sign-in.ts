/**
 * The maintainer's way in by telephone (`sync/phone-sign-in.ts`). A challenge counts until it is answered, was answered
 * wrongly three times, or is half an hour old, and never after a restart; wrong answers make the next wait longer, as
 * wrong PINs do, through restarts too.
 */
import { findBase64Url } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { digits, type Random } from '../../base/random.ts';
import type { Sql } from '../../base/sql.ts';
import { answerTo, makeChallenge } from '../../sync/phone-sign-in.ts';
import type { ContentMap, Keeper } from '../keeper.ts';
import type { Role } from './api.ts';
import { waitAfterMs } from './sign-in.ts';

/** `yzp$`, the machine's number, its key in base64url: `node platform/keys/phone.ts machine`. */
export const PHONE_KEY_FORM = /^yzp\$\d{4,8}\$[\w-]{43}$/;
const GOOD_MS = 30 * 60_000;
const TRIES = 3;

/** What is kept of it. */
export interface PhoneTries {
  /** Challenges that were shown. */
  readonly asked: number;
  /** Wrong answers since the last right one. */
  readonly failures: number;
  /** How many of them an audit entry tells of. */
  readonly told: number;
}

/** Where it is kept. */
export interface PhoneTriesStore {
  load(): PhoneTries;
  save(tries: PhoneTries): void;
}

/** In this database; what a full disk cannot take is known to the running program. */
export function createPhoneTries(sql: Sql): PhoneTriesStore {
  return {
    load: () =>
      sql.prepare<PhoneTries>('SELECT asked, failures, told FROM phone_sign_in WHERE id = 1').find() ?? {
        ...{ asked: 0, failures: 0, told: 0 },
      },
    save: ({ asked, failures, told }) =>
      void sql.transaction(() =>
        sql
          .prepare('INSERT OR REPLACE INTO phone_sign_in (id, asked, failures, told) VALUES (1, ?, ?, ?)')
          .run(asked, failures, told),
      ),
  };
}

/** The way in. */
export interface PhoneSignIn {
  /** The number of this machine; null where it has no key, and nobody comes in so. */
  readonly machine: string | null;
  /** Another challenge, whatever was shown before. */
  ask(): void;
  /** The challenge that counts now. */
  challenge(): string | null;
  /** How long until an answer is looked at; 0 when it is now. */
  waitMs(): number;
  /** `stale`: the challenge counts no more; `wait`: it was not looked at. */
  try(role: Role, answer: string): 'right' | 'wrong' | 'stale' | 'wait';
  /** Tells the platform of wrong answers that no audit entry tells of yet; gives how many. */
  tellRefused(role: Role): number;
  /** Nobody is there any more. */
  forget(): void;
}

/** A {@link PhoneSignIn} with the key of the configuration. */
export function createPhoneSignIn(parts: {
  readonly key: string | undefined;
  readonly store: PhoneTriesStore;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly keeper: Pick<Keeper, 'keep'>;
}): PhoneSignIn {
  const { store, clock, crypto, random, keeper } = parts;
  const [, machine, keyText = ''] = parts.key?.split('$') ?? [];
  const key = findBase64Url(keyText);
  let tries = store.load();
  let open: { readonly challenge: string; readonly atMs: number; left: number } | null = null;
  let lastMs = clock.monoMs();

  const note = (next: PhoneTries) => {
    tries = next;
    store.save(next);
  };
  const audit = (content: ContentMap) =>
    keeper.keep({
      ...{ submissionId: random.bytes(16), entryClass: 2, content: { schema: 1, ...content } },
      ...{ attachments: [], remember: null, slip: false },
    }).ok;
  const challenge = () => (open !== null && clock.monoMs() - open.atMs < GOOD_MS ? open.challenge : null);
  const waitMs = () => Math.max(0, waitAfterMs(tries.failures) - (clock.monoMs() - lastMs));
  const tellRefused = (role: Role) => {
    const count = tries.failures - tries.told;
    if (count <= 0 || !audit({ kind: 'audit.upkeep-refused', role, by: 'phone', count })) return 0;
    note({ ...tries, told: tries.failures });
    return count;
  };

  return {
    machine: machine !== undefined && key?.length === 32 ? machine : null,
    ask() {
      note({ ...tries, asked: tries.asked + 1 });
      open = { challenge: makeChallenge(tries.asked, digits(random, 5)), atMs: clock.monoMs(), left: TRIES };
    },
    challenge,
    waitMs,
    try(role, answer) {
      const asked = challenge();
      if (open === null || asked === null || key === undefined) return 'stale';
      if (waitMs() > 0) return 'wait';
      // Written before it is looked at: a cut of power is no free guess.
      note({ ...tries, failures: tries.failures + 1 });
      lastMs = clock.monoMs();
      if (answerTo(crypto, key, { role, challenge: asked }) !== answer) {
        open.left -= 1;
        if (open.left > 0) return 'wrong';
        open = null;
        return 'stale';
      }
      open = null;
      note({ ...tries, failures: tries.failures - 1 });
      tellRefused(role);
      const call = { asked: tries.asked, challenge: asked, ...(machine !== undefined && { machine }) };
      audit({ kind: 'audit.upkeep-sign-in', role, by: 'phone', ...call });
      note({ ...tries, failures: 0, told: 0 });
      return 'right';
    },
    tellRefused,
    forget() {
      open = null;
    },
  };
}
