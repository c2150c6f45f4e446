/**
 * Fetches shared data for whoever stands there: keeps their consent, waits until the platform holds it, asks. What comes
 * is in memory alone and belongs to its visit; a consent that nothing was fetched on is taken back when the visit ends.
 */
import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { ConsentWithdrawalContent, QueryContent } from '../../sync/contents.ts';
import { ENTRY_CLASS } from '../../sync/formats/entry.ts';
import type { Queries, QueryTrouble } from '../../sync/queries.ts';
import type { Keeper, KeepTrouble } from '../keeper.ts';
import { consentContent, type QueryWish, withdrawalContent } from './content.ts';
import { waitForReceipt } from './receipt.ts';

/** Why nothing was fetched: that of the question, or the consent could not be kept here (`not-kept`). */
export type FetchTrouble = QueryTrouble | 'not-kept';

/** How a fetch stands: its consent on the way, the question on the way, an answer, or taken back by the person. */
export type FetchState = 'sending-consent' | 'asking' | 'withdrawn' | Result<QueryContent, FetchTrouble>;

/** The fetches of one visit. */
export interface QueryDesk {
  /** Keeps the consent and asks; the number of this fetch. With nobody to be reached nothing is kept. */
  fetch(wish: QueryWish): number;
  /** Asks once more under the same consent, where the answer was `later` or none; else does nothing. */
  again(fetchId: number): void;
  /** How a fetch stands; `undefined` for one that was forgotten. */
  find(fetchId: number): FetchState | undefined;
  /** The person takes the consent back: what was fetched is dropped, and nothing more is on it. */
  withdraw(fetchId: number): Result<void, KeepTrouble>;
  /** Lets go of every fetch and of what came; what nobody used of consents is taken back. */
  forget(): void;
}

/** What a desk is made of. */
export interface QueryDeskSeams {
  readonly keeper: Pick<Keeper, 'keep' | 'entryState' | 'onChange'>;
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
  readonly wish: QueryWish;
  /** Makes a repeat of the withdrawal the same one. */
  readonly withdrawalId: Uint8Array;
  readonly stopping: AbortController;
  /** The consent's entry, once kept. */
  consentId: Uint8Array | undefined;
  state: FetchState;
}

/** A {@link QueryDesk}. */
export function createQueryDesk(seams: QueryDeskSeams): QueryDesk {
  const { keeper, queries, clock, random, online, onChange } = seams;
  const fetches = new Map<number, Fetch>();
  let made = 0;

  function keepConsent(fetch: Fetch): boolean {
    const submissionId = random.bytes(16);
    const content = consentContent(fetch.wish, submissionId);
    const kept = keeper.keep({ ...KEPT_ALONE, submissionId, content });
    if (kept.ok) fetch.consentId = kept.value.entryId;
    return kept.ok;
  }

  /** From the consent that was kept to an answer; each step is dropped when the fetch was let go of meanwhile. */
  async function run(fetch: Fetch, consentId: Uint8Array): Promise<void> {
    const { signal } = fetch.stopping;
    const say = (state: FetchState): boolean => {
      if (signal.aborted) return false;
      fetch.state = state;
      onChange();
      return true;
    };
    const stands = await waitForReceipt(keeper, clock, consentId, { mostMs: RECEIPT_WAIT_MS, signal });
    if (stands !== 'delivered') return void say(err(stands === 'refused' ? 'no-answer' : 'offline'));
    if (!say('asking')) return;
    const { dataSet, parameters, person } = fetch.wish;
    say(await queries.ask({ consentId, dataSet, parameters, person: person.number }, signal));
  }

  function begin(fetch: Fetch): void {
    if (!online()) {
      fetch.state = err('offline');
    } else if (fetch.consentId || keepConsent(fetch)) {
      fetch.state = 'sending-consent';
      if (fetch.consentId) void run(fetch, fetch.consentId);
    } else {
      fetch.state = err('not-kept');
    }
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

  return {
    fetch(wish) {
      made += 1;
      const fetch: Fetch = {
        ...{ wish, withdrawalId: random.bytes(16), stopping: new AbortController() },
        ...{ consentId: undefined, state: 'sending-consent' },
      };
      fetches.set(made, fetch);
      begin(fetch);
      return made;
    },

    again(fetchId) {
      const fetch = fetches.get(fetchId);
      if (!fetch || !mayAskAgain(fetch.state)) return;
      begin(fetch);
      onChange();
    },

    find: (fetchId) => fetches.get(fetchId)?.state,

    withdraw(fetchId) {
      const fetch = fetches.get(fetchId);
      if (!fetch) return ok(undefined);
      const taken = takeBack(fetch, 'person');
      if (!taken.ok) return taken;
      fetch.stopping.abort();
      fetch.state = 'withdrawn';
      onChange();
      return taken;
    },

    forget() {
      for (const fetch of fetches.values()) {
        fetch.stopping.abort();
        // One that cannot be taken back for want of space is too old for anything half an hour after its receipt.
        if (fetch.state !== 'withdrawn' && !isUsed(fetch.state)) takeBack(fetch, 'terminal');
      }
      fetches.clear();
    },
  };
}

/** Urgent: somebody waits for it. Nothing of it is remembered for the person, and no slip is owed. */
const KEPT_ALONE = { entryClass: ENTRY_CLASS.urgent, attachments: [], remember: null, slip: false } as const;

/** Whether the platform said something on it: the consent did what it was given for. */
function isUsed(state: FetchState): boolean {
  if (typeof state === 'string' || !state.ok) return false;
  const { outcome } = state.value;
  return outcome === 'found' || outcome === 'nothing' || outcome === 'refused';
}

function mayAskAgain(state: FetchState): boolean {
  return typeof state !== 'string' && !isUsed(state);
}
