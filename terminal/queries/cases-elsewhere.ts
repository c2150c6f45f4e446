/**
 * Whether the holder of the card that lies here handed the same matter in at another machine of the county, as the platform
 * tells it to whoever has the card's chip. Asked while the page of the matter stands, and forgotten with it.
 */
import { z } from 'zod';
import { toHex } from '../../base/bytes.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { Queries } from '../../sync/queries.ts';

/** A case under way that was handed in at another machine. */
export interface CaseElsewhere {
  /** An ISO date. */
  readonly day: string;
  /** The village, by name. */
  readonly place: string;
  readonly status: 'received' | 'accepted' | 'supplement' | 'supplemented';
}

/** Which card, and of which matter it is asked. */
export interface ElsewhereAsked {
  readonly cardMark: Uint8Array;
  readonly matterId: string;
}

/** What was handed in elsewhere, for the visit there is. */
export interface CasesElsewhere {
  /** Null until it is told, and where there is none. */
  find(): CaseElsewhere | null;
  /** Told at each change of the view; null on any page that does not ask. */
  want(asked: ElsewhereAsked | null): void;
}

const recordSchema = z.object({
  day: z.iso.date(),
  place: z.string().min(1).max(40),
  status: z.enum(['received', 'accepted', 'supplement', 'supplemented']),
});

/** {@link CasesElsewhere} over the platform's question `underWay`. Without network nobody is asked: only what is known here is. */
export function createCasesElsewhere(seams: {
  readonly queries: Queries;
  readonly online: () => boolean;
  /** Follows each change. */
  readonly onChange: () => void;
}): CasesElsewhere {
  const { queries, online, onChange } = seams;
  let wanted: string | null = null;
  let stopping = new AbortController();
  let isAsked = false;
  let found: CaseElsewhere | null = null;

  async function ask({ cardMark, matterId }: ElsewhereAsked): Promise<void> {
    const { signal } = stopping;
    const parameters = [
      { name: 'card', value: toHex(cardMark) },
      { name: 'matter', value: matterId },
    ];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.underWay, parameters }, signal);
    if (signal.aborted || !said.ok) return;
    found = findCase(said.value);
    if (found !== null) onChange();
  }

  return {
    find: () => found,
    want(asked) {
      const key = asked && `${toHex(asked.cardMark)}/${asked.matterId}`;
      if (key !== wanted) {
        stopping.abort();
        stopping = new AbortController();
        wanted = key;
        isAsked = false;
        found = null;
      }
      if (asked === null || isAsked || !online()) return;
      isAsked = true;
      void ask(asked);
    },
  };
}

function findCase(said: QueryContent): CaseElsewhere | null {
  if (said.outcome !== 'found') return null;
  const read = recordSchema.safeParse(said.records[0]);
  return read.success ? read.data : null;
}
