/**
 * What the holder of the card that lies here handed in at other machines of the county, as the platform tells it to
 * whoever has the card's chip: asked while the page of their cases stands, and forgotten with the visit.
 */
import { toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { type CaseThere, findCasesThere } from '../../sync/cases-there.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { Queries } from '../../sync/queries.ts';

/** How it is known. `offline`, `no-answer`: nothing is, and asking again may help. */
export type ThereState = 'asking' | 'known' | 'offline' | 'no-answer';

/** A case of another machine, by a name that is its own for the whole visit. */
export interface NamedCase {
  readonly ref: string;
  readonly told: CaseThere;
}

/** Whose card it is, and whether the page that stands asks. */
export interface ThereWanted {
  readonly cardMark: Uint8Array;
  readonly asks: boolean;
}

/** What was handed in elsewhere, for the visit there is. */
export interface CasesThere {
  state(): ThereState;
  /** The newest first; empty until it is told. */
  cases(): readonly NamedCase[];
  /** When it was told. */
  asOfMs(): number | null;
  /** Told at each change of the view; null where nobody's card lies here. */
  want(wanted: ThereWanted | null): void;
}

/** No case of this machine is called so. */
const REF = 'there-';

/** Whether a name is that of a case of another machine. */
export function isThere(ref: string): boolean {
  return ref.startsWith(REF);
}

/** {@link CasesThere} over the platform's question `casesThere`; asked once for each time its page is opened. */
export function createCasesThere(seams: {
  readonly queries: Queries;
  readonly clock: Pick<Clock, 'wallMs'>;
  readonly online: () => boolean;
  /** Follows each change. */
  readonly onChange: () => void;
}): CasesThere {
  const { queries, clock, online, onChange } = seams;
  let stopping = new AbortController();
  let card: string | null = null;
  let wasAsking = false;
  let isAsked = false;
  let state: ThereState = 'offline';
  let cases: readonly NamedCase[] = [];
  let asOfMs: number | null = null;
  const refs = new Map<string, string>();

  function forget(): void {
    stopping.abort();
    stopping = new AbortController();
    [wasAsking, isAsked, state, cases, asOfMs] = [false, false, 'offline', [], null];
    refs.clear();
  }

  function named(told: CaseThere): NamedCase {
    const id = toHex(told.caseId);
    const ref = refs.get(id) ?? `${REF}${refs.size + 1}`;
    refs.set(id, ref);
    return { ref, told };
  }

  async function ask(cardMark: Uint8Array): Promise<void> {
    const { signal } = stopping;
    const parameters = [{ name: 'card', value: toHex(cardMark) }];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.casesThere, parameters }, signal);
    if (signal.aborted) return;
    const told = said.ok ? findTold(said.value) : undefined;
    if (told === undefined) state = !said.ok && said.error === 'offline' ? 'offline' : 'no-answer';
    else [state, cases, asOfMs] = ['known', told.map(named), clock.wallMs()];
    onChange();
  }

  return {
    state: () => state,
    cases: () => cases,
    asOfMs: () => asOfMs,
    want(wanted) {
      const key = wanted && toHex(wanted.cardMark);
      if (key !== card) forget();
      card = key;
      const asks = wanted?.asks === true;
      if (asks && !wasAsking) isAsked = false;
      wasAsking = asks;
      if (wanted === null || !asks || isAsked || !online()) return;
      isAsked = true;
      state = 'asking';
      void ask(wanted.cardMark);
    },
  };
}

function findTold(said: QueryContent): readonly CaseThere[] | undefined {
  if (said.outcome === 'nothing') return [];
  return said.outcome === 'found' ? findCasesThere(said.records) : undefined;
}
