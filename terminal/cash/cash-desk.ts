/**
 * Cash for the visit there is: what the platform says an agent has taken today and may take in all, asked while the page
 * that takes it stands; the ledger of this machine; and its slips. Nothing is asked ahead and nothing held after.
 */
import { z } from 'zod';
import { equalBytes, toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { Queries } from '../../sync/queries.ts';
import { createSlipDesk, type SlipDesk, type SlipPrinter } from '../slips/printing.ts';
import type { CashLedger } from './ledger.ts';

const daySchema = z.object({ capFen: z.int().nonnegative(), takenFen: z.int().nonnegative() });

/** What an agent may still take today, or why nobody knows. */
export type CashDay =
  | { readonly at: 'asking' | 'offline' | 'unavailable' }
  /** `takenFen` counts what the platform knows of or what this machine does, whichever is more. */
  | { readonly at: 'known'; readonly capFen: number; readonly takenFen: number };

/** The cash of a visit. */
export interface CashDesk {
  /** Told at each change of the view: the agent whose page takes cash now; null on any other page. */
  want(agentId: Uint8Array | null): void;
  /** The day of the agent who is wanted. */
  day(): CashDay;
  /** Lets go of what was told: it is asked again. */
  forget(): void;
  readonly ledger: CashLedger;
  /** Prints the slips of cash, by `slipOf`. */
  readonly slips: SlipDesk;
}

/** What it is made of. */
export interface CashParts {
  readonly ledger: CashLedger;
  readonly queries: Queries;
  /** Nothing while no printer can print. */
  readonly findPrinter: () => SlipPrinter | undefined;
  /** A time that certainly has been reached. */
  readonly sureMs: () => number;
  /** Follows each answer, and each step of a slip. */
  readonly onChange: () => void;
}

/** A {@link CashDesk}. */
export function createCashDesk({ ledger, queries, findPrinter, sureMs, onChange }: CashParts): CashDesk {
  const slips = createSlipDesk({ keeper: ledger.slips, findPrinter, onChange });
  let present: { readonly agentId: Uint8Array; readonly stopping: AbortController; day: CashDay } | undefined;

  function forget(): void {
    present?.stopping.abort();
    present = undefined;
  }

  async function ask(agentId: Uint8Array): Promise<void> {
    const stopping = new AbortController();
    const asked = { agentId, stopping, day: { at: 'asking' } as CashDay };
    present = asked;
    const parameters = [{ name: 'agent', value: toHex(agentId) }];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.cash, parameters }, stopping.signal);
    if (stopping.signal.aborted) return;
    const told = said.ok ? dayIn(said.value) : undefined;
    asked.day = told ?? (!said.ok && said.error === 'offline' ? { at: 'offline' } : { at: 'unavailable' });
    onChange();
  }

  return {
    want(agentId) {
      if (agentId === null) forget();
      else if (present === undefined || !equalBytes(present.agentId, agentId)) {
        forget();
        void ask(agentId);
      }
    },
    day() {
      if (present === undefined) return { at: 'asking' };
      const { day, agentId } = present;
      if (day.at !== 'known') return day;
      return { ...day, takenFen: Math.max(day.takenFen, ledger.countedFen(agentId, isoDate(sureMs()))) };
    },
    forget,
    ledger,
    slips,
  };
}

function dayIn(content: QueryContent): CashDay | undefined {
  const read = daySchema.safeParse(content.outcome === 'found' ? content.records[0] : undefined);
  return read.success ? { at: 'known', ...read.data } : undefined;
}
