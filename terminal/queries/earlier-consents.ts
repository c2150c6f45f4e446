/**
 * What the person agreed to at earlier visits, as the platform tells it: this machine remembers none of it. Asked with
 * the number of the card that lies here, while the page that shows it stands, and forgotten with that page.
 */
import { z } from 'zod';
import { findHex } from '../../base/bytes.ts';
import type { Random } from '../../base/random.ts';
import { ok, type Result } from '../../base/result.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { ENTRY_CLASS } from '../../sync/formats/entry.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { Queries } from '../../sync/queries.ts';
import type { Keeper, KeepTrouble } from '../keeper.ts';
import { withdrawalContent } from './content.ts';

/** A consent of an earlier visit. */
export interface EarlierConsent {
  /** The entry it is: 16 bytes. */
  readonly consentId: Uint8Array;
  readonly dataSet: string;
  /** The matter it was given for; null where it was for none. */
  readonly matterId: string | null;
  /** The authority, as the person was told. */
  readonly from: string;
  readonly atMs: number;
  readonly withdrawn: boolean;
}

/** How they are known. `needs-network`: nobody can be asked now; `trouble`: what was asked had no answer. */
export type EarlierState =
  | { readonly at: 'asking' | 'needs-network' | 'trouble' }
  | { readonly at: 'told'; readonly consents: readonly EarlierConsent[] };

/** The consents of earlier visits, for the visit there is. */
export interface EarlierConsents {
  state(): EarlierState;
  /** Told at each change of the view: the number of the person whose page stands, null on any other page. */
  want(number: string | null): void;
  /** Takes one of those that were told back; does nothing for one that is not among them, or is taken back. */
  withdraw(consentId: Uint8Array): Result<void, KeepTrouble>;
}

const recordSchema = z.object({
  consent: z.string().regex(/^[0-9a-f]{32}$/),
  dataSet: z.string().min(1),
  matter: z.string().nullable(),
  from: z.string().min(1),
  givenS: z.int().nonnegative(),
  withdrawn: z.boolean(),
});

/** One that was told, and what makes a repeat of its withdrawal the same one. */
interface Told extends EarlierConsent {
  readonly withdrawalId: Uint8Array;
}

const UNKNOWN = { at: 'needs-network' } as const;

/** {@link EarlierConsents} over the platform's question `consents`. */
export function createEarlierConsents(seams: {
  readonly keeper: Pick<Keeper, 'keep'>;
  readonly queries: Queries;
  readonly random: Random;
  readonly online: () => boolean;
  /** Follows each change. */
  readonly onChange: () => void;
}): EarlierConsents {
  const { keeper, queries, random, online, onChange } = seams;
  let wanted: string | null = null;
  let stopping = new AbortController();
  let state: EarlierState = UNKNOWN;
  let told: readonly Told[] = [];

  async function ask(number: string): Promise<void> {
    const { signal } = stopping;
    const parameters = [{ name: 'person', value: number }];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.consents, parameters }, signal);
    if (signal.aborted) return;
    const found = said.ok ? consentsIn(said.value) : undefined;
    told = (found ?? []).map((one) => ({ ...one, withdrawalId: random.bytes(16) }));
    state = found === undefined ? { at: 'trouble' } : { at: 'told', consents: told };
    onChange();
  }

  return {
    state: () => state,

    want(number) {
      if (number !== wanted) {
        stopping.abort();
        stopping = new AbortController();
        wanted = number;
        told = [];
        state = UNKNOWN;
      }
      if (number === null || state.at !== 'needs-network' || !online()) return;
      state = { at: 'asking' };
      void ask(number);
    },

    withdraw(consentId) {
      const one = told.find((each) => each.consentId === consentId);
      if (one === undefined || one.withdrawn) return ok(undefined);
      const content = withdrawalContent(one.consentId, one.withdrawalId, 'person');
      const kept = keeper.keep({ ...KEPT_ALONE, submissionId: one.withdrawalId, content });
      if (!kept.ok) return kept;
      told = told.map((each) => (each === one ? { ...each, withdrawn: true } : each));
      state = { at: 'told', consents: told };
      return ok(undefined);
    },
  };
}

/** Nobody waits for it. Nothing of it is remembered for the person, and no slip is owed. */
const KEPT_ALONE = { entryClass: ENTRY_CLASS.urgent, attachments: [], remember: null, slip: false } as const;

/** The consents of an answer; `undefined` where it says nothing of them. */
function consentsIn(said: QueryContent): readonly EarlierConsent[] | undefined {
  if (said.outcome === 'nothing') return [];
  if (said.outcome !== 'found') return undefined;
  return said.records.flatMap((record) => {
    const read = recordSchema.safeParse(record);
    const consentId = read.success ? findHex(read.data.consent) : undefined;
    if (!read.success || consentId === undefined) return [];
    const { dataSet, matter: matterId, from, givenS, withdrawn } = read.data;
    return [{ consentId, dataSet, matterId, from, atMs: givenS * 1_000, withdrawn }];
  });
}
