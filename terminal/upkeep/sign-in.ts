/**
 * Signing in with a PIN. Wrong ones make the next wait longer, and nobody is locked out for ever. What was
 * tried outlives a restart; what becomes of it is told to the platform as audit.
 */
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Random } from '../../base/random.ts';
import type { ContentMap, Keeper } from '../keeper.ts';
import { type Role, roleSchema } from './api.ts';
import type { PinAttempts, UpkeepStore } from './store.ts';
import { isPin } from './verifier.ts';

/** The verifiers of this machine's configuration; a role without one cannot sign in. */
export type Verifiers = { readonly [role in Role]?: string | undefined };

/** The longest wait. */
const MAX_WAIT_MS = 300_000;

/** How long after so many wrong PINs in a row another one is looked at: 0, 0, 2 s, 4 s, 8 s … 5 min. */
export function waitAfterMs(failures: number): number {
  return failures < 3 ? 0 : Math.min(MAX_WAIT_MS, 1000 * 2 ** Math.min(failures - 2, 20));
}

/** The door to upkeep. */
export interface SignIn {
  /** Who may sign in here. */
  readonly roles: readonly Role[];
  /** How long until a PIN of this role is looked at; 0 when it is now. */
  waitMs(role: Role): number;
  /** `wait`: it was not looked at. */
  try(role: Role, pin: string): 'right' | 'wrong' | 'wait';
  /** Tells the platform of wrong PINs that no audit entry tells of yet; gives how many of whom. */
  tellRefused(): readonly { readonly role: Role; readonly count: number }[];
}

/** A {@link SignIn}. After a restart a wait begins anew: how long the machine was off is not known for sure. */
export function createSignIn(parts: {
  readonly verifiers: Verifiers;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly store: Pick<UpkeepStore, 'attempts' | 'saveAttempts'>;
  readonly keeper: Pick<Keeper, 'keep'>;
}): SignIn {
  const { verifiers, clock, crypto, random, store, keeper } = parts;
  const roles = roleSchema.options.filter((role) => verifiers[role] !== undefined);
  // Known here too: a full disk must not make guesses free.
  const attempts = new Map<Role, PinAttempts>(roles.map((role) => [role, store.attempts(role)]));
  const lastMs = new Map<Role, number>();
  const startedMs = clock.monoMs();

  const of = (role: Role) => attempts.get(role) ?? { failures: 0, told: 0 };
  const note = (role: Role, now: PinAttempts) => {
    attempts.set(role, now);
    store.saveAttempts(role, now);
  };
  const audit = (content: ContentMap) =>
    keeper.keep({
      submissionId: random.bytes(16),
      entryClass: 2,
      content: { schema: 1, ...content },
      attachments: [],
      remember: null,
      slip: false,
    }).ok;

  const waitMs = (role: Role) => {
    const passedMs = clock.monoMs() - (lastMs.get(role) ?? startedMs);
    return Math.max(0, waitAfterMs(of(role).failures) - passedMs);
  };
  const tellRefused = () =>
    roles.flatMap((role) => {
      const { failures, told } = of(role);
      const count = failures - told;
      if (count <= 0 || !audit({ kind: 'audit.upkeep-refused', role, count })) return [];
      note(role, { failures, told: failures });
      return [{ role, count }];
    });

  return {
    roles,
    waitMs,
    try(role, pin) {
      const verifier = verifiers[role];
      if (verifier === undefined || waitMs(role) > 0) return 'wait';
      // Written before it is looked at: a cut of power is no free guess.
      note(role, { ...of(role), failures: of(role).failures + 1 });
      lastMs.set(role, clock.monoMs());
      if (!isPin(crypto, verifier, pin)) return 'wrong';
      note(role, { ...of(role), failures: of(role).failures - 1 });
      tellRefused();
      audit({ kind: 'audit.upkeep-sign-in', role });
      note(role, { failures: 0, told: 0 });
      return 'right';
    },
    tellRefused,
  };
}
