/**
 * The port through which a visit asks a data set: about a person, whose consent is kept first and delivered, or about
 * nobody where it is open to anyone. What comes is in memory alone and belongs to its visit; a consent that nothing was
 * fetched on is taken back when nobody waits for it any more.
 */
import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { ConsentWithdrawalContent, QueryContent } from '../../sync/contents.ts';
import { ENTRY_CLASS } from '../../sync/formats/entry.ts';
import type { PersonAsked, Queries, QueryTrouble } from '../../sync/queries.ts';
import { holdIssued, voidIssued } from '../certificate/issued.ts';
import type { Keeper, KeepTrouble } from '../keeper.ts';
import { consentContent, type OpenWish, type QueryWish, withdrawalContent } from './content.ts';
import { waitForReceipt } from './receipt.ts';

/** Why nothing was fetched: that of the question, or the consent could not be kept here (`not-kept`). */
export type FetchTrouble = QueryTrouble | 'not-kept';

/** How a fetch stands: its consent on the way, the question on the way, an answer, or taken back by the person. */
export type FetchState = 'sending-consent' | 'asking' | 'withdrawn' | Result<QueryContent, FetchTrouble>;

/** A consent that was given in this visit. */
export interface GivenConsent {
  readonly fetchId: number;
  readonly dataSet: string;
  /** The matter it was given for; null where it was for none. */
  readonly matterId: string | null;
  /** The authority, as the person was told. */
  readonly from: string;
  readonly atMs: number;
  readonly withdrawn: boolean;
}

/** The fetches of one visit. */
export interface QueryDesk {
  /** Keeps the consent and asks; the number of this fetch. With nobody to be reached nothing is kept. */
  fetch(wish: QueryWish): number;
  /** Asks what is open to anyone: nobody agrees, and nothing is kept. */
  fetchOpen(wish: OpenWish): number;
  /** Asks once more under the same consent, where the answer was `later` or none; else does nothing. */
  again(fetchId: number): void;
  /** How a fetch stands; `undefined` for one that was let go of. */
  find(fetchId: number): FetchState | undefined;
  /** The entry of the consent a fetch rests on, once it is kept. */
  findConsentId(fetchId: number): Uint8Array | undefined;
  /**
   * The signed words of the certificates that came with a fetch, for whoever prints them, once: those that nobody took
   * when the fetch is let go of are voided.
   */
  takeCertificates(fetchId: number): readonly Uint8Array[];
  /** The consents of this visit, the latest first, also of what was let go of. */
  consents(): readonly GivenConsent[];
  /** The person takes the consent back: what was fetched is dropped, and nothing more is on it. */
  withdraw(fetchId: number): Result<void, KeepTrouble>;
  /** Lets go of what came and what is under way for every other fetch; an unused consent of theirs is taken back. */
  keepOnly(fetchIds: readonly number[]): void;
  /** Lets go of every fetch and of what came; what nobody used of consents is taken back. */
  forget(): void;
}

/** What a desk is made of. */
export interface QueryDeskSeams {
  readonly keeper: Pick<Keeper, 'keep' | 'entryState' | 'onChange' | 'holdNumbers' | 'freeNumbers'>;
  readonly queries: Queries;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether the platform was heard last. */
  readonly online: () => boolean;
  /** Follows each change of a fetch. */
  readonly onChange: () => void;
}

/** Somebody stands and waits for their consent to be delivered. */
const RECEIPT_WAIT_MS = 15_000;

/** One fetch of the visit. */
interface Fetch {
  readonly asked: OpenWish;
  /** Null where it is open to anyone. */
  readonly wish: QueryWish | null;
  readonly atMs: number;
  /** Makes a repeat of the withdrawal the same one. */
  readonly withdrawalId: Uint8Array;
  readonly stopping: AbortController;
  /** The consent's entry, once kept. */
  consentId: Uint8Array | undefined;
  hasTakenCertificates: boolean;
  state: FetchState | 'let-go';
}

/** A {@link QueryDesk}. */
export function createQueryDesk(seams: QueryDeskSeams): QueryDesk {
  const { keeper, queries, clock, random, online, onChange } = seams;
  const fetches = new Map<number, Fetch>();
  let made = 0;

  function keepConsent(fetch: Fetch, wish: QueryWish): Uint8Array | undefined {
    const submissionId = random.bytes(16);
    const kept = keeper.keep({ ...KEPT_ALONE, submissionId, content: consentContent(wish, submissionId) });
    fetch.consentId = kept.ok ? kept.value.entryId : undefined;
    return fetch.consentId;
  }

  /** Puts a state on a fetch unless it was let go of meanwhile. */
  function say(fetch: Fetch, state: FetchState): boolean {
    if (fetch.stopping.signal.aborted) return false;
    fetch.state = state;
    onChange();
    return true;
  }

  async function ask(fetch: Fetch, about: PersonAsked | null): Promise<void> {
    const { dataSet, parameters } = fetch.asked;
    const certificates = fetch.wish?.certificates;
    const query = { about, dataSet, parameters, ...(certificates && { certificates }) };
    const answered = await queries.ask(query, fetch.stopping.signal);
    // Held before anybody can print them: a process that dies now leaves no number behind that counts.
    const came = certificatesOf(answered);
    const isHeld = holdIssued(keeper, came);
    if (!isHeld || !say(fetch, answered)) voidCertificates(came);
    if (!isHeld) say(fetch, err('not-kept'));
  }

  /** From the consent that was kept to an answer. */
  async function askOnConsent(fetch: Fetch, consentId: Uint8Array, number: string): Promise<void> {
    const { signal } = fetch.stopping;
    const stands = await waitForReceipt(keeper, clock, consentId, { mostMs: RECEIPT_WAIT_MS, signal });
    if (stands !== 'delivered') return void say(fetch, err(stands === 'refused' ? 'no-answer' : 'offline'));
    if (say(fetch, 'asking')) await ask(fetch, { consentId, number });
  }

  function begin(fetch: Fetch): void {
    const { wish } = fetch;
    if (!online()) {
      fetch.state = err('offline');
    } else if (wish === null) {
      fetch.state = 'asking';
      void ask(fetch, null);
    } else {
      const consentId = fetch.consentId ?? keepConsent(fetch, wish);
      fetch.state = consentId ? 'sending-consent' : err('not-kept');
      if (consentId) void askOnConsent(fetch, consentId, wish.person.number);
    }
  }

  function put(asked: OpenWish, wish: QueryWish | null): number {
    made += 1;
    const fetch: Fetch = {
      ...{ asked, wish, atMs: clock.wallMs(), withdrawalId: random.bytes(16) },
      ...{ stopping: new AbortController(), consentId: undefined, state: 'sending-consent' },
      hasTakenCertificates: false,
    };
    fetches.set(made, fetch);
    begin(fetch);
    return made;
  }

  function takeBack(
    { consentId, withdrawalId }: Fetch,
    by: ConsentWithdrawalContent['by'],
  ): Result<void, KeepTrouble> {
    if (!consentId) return ok(undefined);
    const content = withdrawalContent(consentId, withdrawalId, by);
    const kept = keeper.keep({ ...KEPT_ALONE, submissionId: withdrawalId, content });
    return kept.ok ? ok(undefined) : kept;
  }

  /** Takes what came with a fetch to be printed; nothing the second time. */
  function takeCertificates(fetch: Fetch): readonly Uint8Array[] {
    if (fetch.hasTakenCertificates) return [];
    const words = certificatesOf(fetch.state);
    fetch.hasTakenCertificates = words.length > 0;
    return words;
  }

  function voidCertificates(words: readonly Uint8Array[]): void {
    voidIssued(keeper, words, 'not-printed', random);
  }

  /** Ends a fetch: a consent that nothing was said on counts no more. */
  function letGo(fetch: Fetch): void {
    fetch.stopping.abort();
    voidCertificates(takeCertificates(fetch));
    const { state } = fetch;
    if (state === 'withdrawn' || state === 'let-go') return;
    fetch.state = 'let-go';
    if (isUsed(state)) return;
    // One that cannot be taken back for want of space is too old for anything half an hour after its receipt.
    if (takeBack(fetch, 'terminal').ok && fetch.consentId) fetch.state = 'withdrawn';
  }

  return {
    fetch: (wish) => put(wish, wish),
    fetchOpen: (wish) => put(wish, null),

    again(fetchId) {
      const fetch = fetches.get(fetchId);
      if (!fetch || !mayAskAgain(fetch.state)) return;
      begin(fetch);
      onChange();
    },

    find(fetchId) {
      const state = fetches.get(fetchId)?.state;
      return state === 'let-go' ? undefined : state;
    },

    findConsentId: (fetchId) => fetches.get(fetchId)?.consentId,

    takeCertificates(fetchId) {
      const fetch = fetches.get(fetchId);
      return fetch === undefined ? [] : takeCertificates(fetch);
    },

    consents: () =>
      [...fetches].reverse().flatMap(([fetchId, { wish, consentId, atMs, state }]) => {
        if (wish === null || consentId === undefined) return [];
        const { dataSet, from, matter } = wish;
        return [
          { fetchId, dataSet, matterId: matter?.[0] ?? null, from, atMs, withdrawn: state === 'withdrawn' },
        ];
      }),

    withdraw(fetchId) {
      const fetch = fetches.get(fetchId);
      if (!fetch || fetch.state === 'withdrawn') return ok(undefined);
      const taken = takeBack(fetch, 'person');
      if (!taken.ok) return taken;
      fetch.stopping.abort();
      voidCertificates(takeCertificates(fetch));
      fetch.state = 'withdrawn';
      onChange();
      return taken;
    },

    keepOnly(fetchIds) {
      for (const [fetchId, fetch] of fetches) if (!fetchIds.includes(fetchId)) letGo(fetch);
    },

    forget() {
      for (const fetch of fetches.values()) letGo(fetch);
      fetches.clear();
    },
  };
}

/** Urgent: somebody waits for it. Nothing of it is remembered for the person, and no slip is owed. */
const KEPT_ALONE = { entryClass: ENTRY_CLASS.urgent, attachments: [], remember: null, slip: false } as const;

/** What came to be printed, if anything did. */
function certificatesOf(state: Fetch['state']): readonly Uint8Array[] {
  if (typeof state === 'string' || !state.ok) return [];
  const { outcome } = state.value;
  return outcome === 'found' || outcome === 'nothing' ? (state.value.certificates ?? []) : [];
}

/** Whether the platform said something on it: the consent did what it was given for. */
function isUsed(state: FetchState): boolean {
  if (typeof state === 'string' || !state.ok) return false;
  const { outcome } = state.value;
  return outcome === 'found' || outcome === 'nothing' || outcome === 'refused';
}

function mayAskAgain(state: Fetch['state']): boolean {
  return typeof state !== 'string' && !isUsed(state);
}
