/**
 * Village agents at this machine: registering with a code, signing in with card and PIN (offline too), and the keys of
 * whoever is signed in, which are held here alone and overwritten when they leave. Rules: docs/agents.md.
 */
import { equalBytes } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Crypto, OpeningKey, SigningKey } from '../../base/crypto/api.ts';
import type { Random } from '../../base/random.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import {
  type AgentActor,
  agentCodeHash,
  type RosterAgent,
  type RosterContent,
} from '../../sync/agent-contents.ts';
import type { AgentList } from '../../sync/agent-list.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { type AgentStanding, rosterAge, standingOf } from '../feed/roster.ts';
import type { Keeper, KeepWish } from '../keeper.ts';
import { waitAfterMs } from '../upkeep/sign-in.ts';
import { createAgentAudit } from './agent-audit.ts';
import { createOwnList } from './agent-lists.ts';
import { type AgentSecret, type AgentSlot, type AgentVault, type Tries, wipeSecret } from './agent-vault.ts';
import { type Authorities, type AuthorityStore, createAuthorities, NO_AUTHORITIES } from './authorities.ts';
import {
  type DayBook,
  type DayRow,
  dayRowOf,
  type RefusedRow,
  type SealedDayRow,
  sealDayRow,
} from './day-book.ts';

/** An agent who is signed in; names nobody and holds no key. */
export interface AgentHere {
  /** Of this sign-in alone. */
  readonly sessionId: number;
  readonly agentId: Uint8Array;
  readonly signKeyId: Uint8Array;
  /** Which roster they signed in under, and whether it was old then. */
  readonly roster: { readonly version: number; readonly stale: boolean };
}

/** Why nobody was signed in; nothing was looked at where it says `wait`. */
export type SignInTrouble =
  | Exclude<AgentStanding, 'stands'>
  | 'wrong'
  | 'wait'
  | 'not-registered'
  | 'code-used'
  | 'photo-unfit'
  | 'store';

/** What whoever is signed in rests on, in the visit there is; null: nothing, so nothing may be done for anybody. */
export type ActingFor = AgentActor['by'] | null;

/** Who acts now, for what is kept meanwhile. */
export interface Acting {
  readonly agent: AgentHere;
  readonly by: ActingFor;
  /** The recorded authority they act on; null on a card. */
  readonly authorityId: Uint8Array | null;
  readonly key: SigningKey;
}

/** The agents' desk. */
export interface AgentDesk {
  /** Whether anybody could sign in at all. */
  isOpen(): boolean;
  /** Whether this card's agent has keys here. */
  isRegistered(card: IdentityRead): boolean;
  /** How long until the next PIN of this card, or the next code, is looked at. */
  waitMs(card: IdentityRead, what: 'pin' | 'code'): number;
  /** Whether a code is one that may be registered with now. */
  checkCode(code: string): Result<void, SignInTrouble>;
  /** Registers the holder of the card and signs them in. */
  register(card: IdentityRead, code: string, pin: string): Result<AgentHere, SignInTrouble>;
  signIn(card: IdentityRead, pin: string): Result<AgentHere, SignInTrouble>;
  /** Puts the keys under another PIN. */
  changePin(card: IdentityRead, here: AgentHere, pin: string): Result<void, SignInTrouble>;
  /** Whether this agent may still act: signed in, and standing in the roster of now. */
  stands(here: AgentHere): boolean;
  /**
   * Told at each change of the view: who is signed in, what they rest on, and who helped and handed it back. Whoever is
   * not named is signed out.
   */
  follow(
    here: AgentHere | null,
    by: ActingFor,
    helpers: readonly AgentHere[],
    authorityId: Uint8Array | null,
  ): void;
  /** Who acts; null where nobody does. */
  acting(): Acting | null;
  /** For whom whoever is signed in may act who is not here. */
  readonly authorities: Authorities;
  /** Who helped in this visit, and handed it back. */
  helpers(): readonly AgentHere[];
  /** What the day book of whoever acts says of what is about to be kept; nothing where it says nothing. */
  sealDayRow(wish: Pick<KeepWish, 'content' | 'remember'>): SealedDayRow | undefined;
  /** What whoever is signed in did here on a day (`2026-06-12`), oldest first; empty where nobody is. */
  dayRows(day: string): readonly DayRow[];
  /** What whoever is signed in did here that the platform refused; empty where nobody is. */
  refusedRows(): readonly RefusedRow[];
  /** What the platform says is to be done by whoever is signed in, what they did since left out. */
  list(): AgentList | undefined;
}

/** A desk at which nobody can sign in. */
export const NO_AGENTS: AgentDesk = {
  isOpen: () => false,
  isRegistered: () => false,
  waitMs: () => 0,
  checkCode: () => err('no-roster'),
  register: () => err('no-roster'),
  signIn: () => err('no-roster'),
  changePin: () => err('no-roster'),
  stands: () => false,
  follow: () => undefined,
  acting: () => null,
  authorities: NO_AUTHORITIES,
  helpers: () => [],
  sealDayRow: () => undefined,
  dayRows: () => [],
  refusedRows: () => [],
  list: () => undefined,
};

/** What the desk is made of. */
export interface AgentParts {
  readonly vault: AgentVault;
  readonly roster: () => RosterContent | null;
  /** A time that certainly has been reached: a clock set back makes no roster younger and no agent unexpired. */
  readonly sureMs: () => number;
  /** The best guess of now: by it a day book says when. */
  readonly nowMs: () => number;
  readonly dayBook: DayBook;
  /** The lists that came down, unopened, of every agent here. */
  readonly lists: () => readonly Uint8Array[];
  readonly authorities: AuthorityStore;
  readonly keeper: Pick<Keeper, 'keep'>;
  readonly clock: Pick<Clock, 'monoMs'>;
  readonly crypto: Crypto;
  readonly random: Random;
}

interface Session {
  readonly here: AgentHere;
  readonly secret: AgentSecret;
  readonly key: SigningKey;
  /** Opens the list and the day book. */
  readonly listKey: OpeningKey;
  readonly list: () => AgentList | undefined;
  by: ActingFor;
  authorityId: Uint8Array | null;
}

/** Opens the desk, with nobody signed in. */
export function createAgentDesk(parts: AgentParts): AgentDesk {
  const { vault, roster, sureMs, nowMs, dayBook, clock, crypto, random } = parts;
  const audit = createAgentAudit(parts);
  const startedMs = clock.monoMs();
  /** When the last try was made, by token of the agent; of codes under ''. After a restart a wait begins anew. */
  const lastMs = new Map<string, number>();
  let session: Session | null = null;
  let sessions = 0;
  let helpers: readonly AgentHere[] = [];
  const authorities = createAuthorities({
    ...{ store: parts.authorities, crypto, roster, sureMs },
    who: () => session && { ...session.here, listKey: session.listKey },
  });

  const standing = (agentId: Uint8Array, signKeyId: Uint8Array | null) =>
    standingOf(roster(), agentId, signKeyId, sureMs());

  function wait(of: string, { failures }: Tries): number {
    return Math.max(0, waitAfterMs(failures) - (clock.monoMs() - (lastMs.get(of) ?? startedMs)));
  }

  function signOut(): void {
    if (session !== null) wipeSecret(session.secret);
    session = null;
  }

  /** Works on the place of one card, whose keys are overwritten after it. */
  function withSlot<T>(card: IdentityRead, work: (slot: AgentSlot) => T): T | undefined {
    const slot = vault.openSlot({ number: card.number, photo: card.photo });
    if (slot === undefined) return undefined;
    try {
      return work(slot);
    } finally {
      slot.close();
    }
  }

  function begin(agentId: Uint8Array, secret: AgentSecret): AgentHere {
    signOut();
    const key = crypto.signingKey(secret.signSeed);
    const now = roster();
    sessions += 1;
    const here: AgentHere = {
      sessionId: sessions,
      agentId,
      signKeyId: keyId(crypto, key.publicKey),
      roster: {
        version: now?.version ?? 0,
        stale: now === null || rosterAge(now, sureMs()) !== 'fresh',
      },
    };
    const listKey = crypto.openingKey(secret.openPrivate);
    session = {
      here,
      secret,
      key,
      listKey,
      list: createOwnList({ ...parts, listKey, owner: here }),
      by: null,
      authorityId: null,
    };
    audit.signedIn(here);
    return here;
  }

  function findByCode(code: string): RosterAgent | undefined {
    return roster()?.agents.find(
      ({ agentId, codeHash }) =>
        codeHash !== null && equalBytes(codeHash, agentCodeHash(crypto, agentId, code)),
    );
  }

  function checkCode(code: string): Result<RosterAgent, SignInTrouble> {
    const now = roster();
    if (now === null) return err('no-roster');
    if (rosterAge(now, sureMs()) === 'ended') return err('roster-ended');
    const tries = vault.codeTries();
    if (wait('', tries) > 0) return err('wait');
    // Written before it is looked at: a cut of power is no free guess.
    if (!vault.saveCodeTries({ ...tries, failures: tries.failures + 1 })) return err('store');
    lastMs.set('', clock.monoMs());
    const agent = findByCode(code);
    if (agent === undefined) {
      audit.refusedCodes(vault);
      return err('wrong');
    }
    vault.saveCodeTries({ failures: 0, told: 0 });
    const stands = standing(agent.agentId, null);
    if (stands !== 'stands') return err(stands);
    if (agent.codeHash !== null && vault.isCodeUsed(agent.codeHash)) return err('code-used');
    return ok(agent);
  }

  return {
    isOpen: () => roster() !== null,
    isRegistered: (card) => withSlot(card, (slot) => slot.find() !== undefined) ?? false,
    waitMs(card, what) {
      if (what === 'code') return wait('', vault.codeTries());
      const stored = withSlot(card, (slot) => slot.find());
      return stored === undefined ? 0 : wait(nameOf(stored.agentId), stored);
    },
    checkCode(code) {
      const checked = checkCode(code);
      return checked.ok ? ok(undefined) : checked;
    },
    register(card, code, pin) {
      const checked = checkCode(code);
      if (!checked.ok) return checked;
      const { agentId, codeHash } = checked.value;
      if (codeHash === null) return err('wrong');
      const registered = withSlot(card, (slot) => {
        const secret = { signSeed: random.bytes(32), openPrivate: random.bytes(32) };
        // Told first: a key that nobody has is no harm, a key that nobody knows of would be.
        const told = audit.newKey(agentId, secret, card);
        const put = told && slot.put({ agentId, codeHash, pin, secret }).ok;
        if (put) return ok(begin(agentId, secret));
        wipeSecret(secret);
        return err<SignInTrouble>('store');
      });
      return registered ?? err('photo-unfit');
    },
    signIn(card, pin) {
      const signedIn = withSlot(card, (slot) => openWithPin(slot, pin));
      return signedIn ?? err('not-registered');
    },
    changePin(card, here, pin) {
      const now = session;
      if (now?.here.sessionId !== here.sessionId) return err('not-registered');
      const changed = withSlot(card, (slot) => {
        const stored = slot.find();
        if (stored === undefined || !equalBytes(stored.agentId, here.agentId))
          return err<SignInTrouble>('not-registered');
        const { codeHash } = stored;
        const put = slot.put({ agentId: here.agentId, codeHash, pin, secret: now.secret });
        if (!put.ok) return err<SignInTrouble>('store');
        audit.newPin(here);
        return ok(undefined);
      });
      return changed ?? err('photo-unfit');
    },
    stands: (here) =>
      session?.here.sessionId === here.sessionId && standing(here.agentId, here.signKeyId) === 'stands',
    authorities,
    follow(here, by, nowHelpers, authorityId) {
      helpers = nowHelpers;
      if (session === null) return;
      if (here?.sessionId !== session.here.sessionId) signOut();
      else Object.assign(session, { by, authorityId });
    },
    helpers: () => helpers,
    acting: () =>
      session && {
        ...{ agent: session.here, by: session.by },
        ...{ authorityId: session.authorityId, key: session.key },
      },
    sealDayRow(wish) {
      const row = dayRowOf(wish, nowMs());
      if (session === null || row === undefined) return undefined;
      const to = { agentId: session.here.agentId, openKey: session.listKey.publicKey };
      return sealDayRow(crypto, to, row, sureMs());
    },
    dayRows: (day) => (session === null ? [] : dayBook.rows(session.here.agentId, session.listKey, day)),
    refusedRows: () => (session === null ? [] : dayBook.refused(session.here.agentId, session.listKey)),
    list: () => session?.list(),
  };

  function openWithPin(slot: AgentSlot, pin: string): Result<AgentHere, SignInTrouble> {
    const stored = slot.find();
    if (stored === undefined) return err('not-registered');
    const { agentId } = stored;
    const name = nameOf(agentId);
    const before = standing(agentId, null);
    if (before !== 'stands') return err(before);
    if (wait(name, stored) > 0) return err('wait');
    if (!slot.saveTries({ failures: stored.failures + 1, told: stored.told })) return err('store');
    lastMs.set(name, clock.monoMs());
    const secret = slot.open(pin);
    if (secret === undefined) {
      audit.refusedPins(agentId, slot);
      return err('wrong');
    }
    slot.saveTries({ failures: 0, told: 0 });
    const signKeyId = keyId(crypto, crypto.signingKey(secret.signSeed).publicKey);
    const stands = standing(agentId, signKeyId);
    if (stands === 'stands') return ok(begin(agentId, secret));
    wipeSecret(secret);
    return err(stands);
  }
}

function nameOf(agentId: Uint8Array): string {
  return agentId.join('.');
}
