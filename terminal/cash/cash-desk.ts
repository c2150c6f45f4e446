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
import { paymentIn } from '../payments/pay-desk.ts';
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
  /**
   * Told at each change of the view: the agent whose day is shown; null on any other page. What of their cash nobody knows
   * the end of is asked about once.
   */
  settle(agentId: Uint8Array | null): void;
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

  let settling: { readonly agentId: Uint8Array; readonly stopping: AbortController } | undefined;

  async function settleOne(caseId: Uint8Array, { signal }: AbortController): Promise<void> {
    const parameters = [{ name: 'case', value: toHex(caseId) }];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.payment, parameters }, signal);
    if (signal.aborted || !said.ok || paymentIn(said.value)?.state !== 'posted') return;
    ledger.notePaid(caseId);
    onChange();
  }

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
    settle(agentId) {
      if (agentId !== null && settling !== undefined && equalBytes(settling.agentId, agentId)) return;
      settling?.stopping.abort();
      settling = agentId === null ? undefined : { agentId, stopping: new AbortController() };
      if (settling === undefined) return;
      for (const { caseId } of ledger.open(settling.agentId)) void settleOne(caseId, settling.stopping);
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
