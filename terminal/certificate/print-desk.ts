/**
 * Prints papers for whoever stands there, one copy after the other, each under a number of its own. Everything is in
 * memory alone: a copy that did not come out as it should is voided in the journal and printed anew under another number,
 * from the facts at hand. What is let go of is taken back from the printer, and its numbers count no more.
 */
import { toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { CertificatePaper, CertificateTemplate } from '../../catalog/certificate-template.ts';
import type { DeviceReason, DocumentJob, DocumentOutcome } from '../../drivers/api.ts';
import type { Queries } from '../../sync/queries.ts';
import type { Keeper } from '../keeper.ts';
import type { Certificate } from './certificate.ts';
import { freeIssued, holdIssued, issuedOf, voidIssued } from './issued.ts';
import type { Typesetter, Unset } from './pdf.ts';

/** What prints: the devices process as a client, or a test's own. Rejects when the line to it breaks. */
export interface DocumentPrinter {
  printDocument(job: DocumentJob, options: { readonly signal: AbortSignal }): Promise<DocumentOutcome>;
}

/** What is to be printed. */
export interface PrintOrder {
  readonly template: CertificateTemplate;
  readonly facts: Omit<Certificate, 'issued' | 'printedAtMs'>;
  readonly copies: number;
  /** The platform's signed words, one a copy; none where nobody vouches for it: a copy of an ID card. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * Why a copy did not come out: no other number was to be had, nothing came out, it may be stuck or half out, or it cannot
 * be set.
 */
export type PrintTrouble = 'no-number' | 'not-printed' | 'unsure' | Unset;

/** How a print stands. `sheets` are those that came out so far. */
export type PrintState =
  | { readonly at: 'printing'; readonly copy: number; readonly copies: number }
  | { readonly at: 'printed'; readonly sheets: number }
  | {
      readonly at: 'failed';
      readonly why: PrintTrouble;
      readonly reason: DeviceReason | null;
      readonly sheets: number;
      readonly copy: number;
      readonly copies: number;
    };

/** The prints of this terminal: one at a time. */
export interface PrintDesk {
  /** Prints; the number of this print. */
  print(order: PrintOrder): number;
  /** Goes on with what did not come out, under another number; does nothing but where it failed. */
  again(printId: number): void;
  /** How a print stands; `undefined` for one that was let go of. */
  find(printId: number): PrintState | undefined;
  /** Lets go of every other print: what is on its way is taken back, and numbers of what is not out are voided. */
  keepOnly(printId: number | null): void;
}

/** What a desk is made of. */
export interface PrintDeskSeams {
  readonly keeper: Pick<Keeper, 'keep' | 'certificateQr' | 'holdNumbers' | 'freeNumbers'>;
  readonly queries: Pick<Queries, 'replace'>;
  readonly clock: Clock;
  readonly nowMs: () => number;
  readonly random: Random;
  readonly typesetter: Typesetter;
  /** Gives nothing while no printer can print. */
  readonly findPrinter: () => DocumentPrinter | undefined;
  readonly onChange: () => void;
  /** Called now and then while the printer works: whoever waits for it does not idle. */
  readonly onBusy: () => void;
}

const BUSY_EVERY_MS = 5_000;

/** One copy of a print. */
interface Copy {
  /** Its signed words; null where nobody vouches for it. */
  words: Uint8Array | null;
  /** Its number counts no more: another is asked for before it is printed. */
  isVoid: boolean;
}

interface Run {
  readonly order: PrintOrder;
  readonly copies: readonly Copy[];
  readonly stopping: AbortController;
  /** Copies that are out. */
  done: number;
  sheets: number;
  state: PrintState;
}

/** A {@link PrintDesk}. */
export function createPrintDesk(seams: PrintDeskSeams): PrintDesk {
  const { keeper, queries, clock, nowMs, random, typesetter, findPrinter, onChange, onBusy } = seams;
  let made = 0;
  let present: { readonly printId: number; readonly run: Run } | undefined;

  /** These copies count no more. What a full disk keeps no word of stays held, and is voided at the next start. */
  function takeBack(copies: readonly Copy[], reason: string): void {
    const words = copies.flatMap((copy) => (copy.words === null || copy.isVoid ? [] : [copy.words]));
    for (const copy of copies) copy.isVoid = copy.words !== null;
    voidIssued(keeper, words, reason, random);
  }

  /** Gives a copy whose number was voided another one; whether it has one now. */
  async function renumber(copy: Copy, { stopping }: Run): Promise<boolean> {
    if (copy.words === null || !copy.isVoid) return true;
    const anew = await queries.replace(copy.words, stopping.signal);
    if (!anew.ok || !holdIssued(keeper, [anew.value])) return false;
    copy.words = anew.value;
    copy.isVoid = false;
    // Whoever asked for it is gone.
    if (stopping.signal.aborted) takeBack([copy], 'left');
    return true;
  }

  /** Prints one copy; why it is not out, if it is not. */
  async function printCopy(copy: Copy, run: Run): Promise<Failure | 'stopped' | undefined> {
    const { order, stopping } = run;
    const isNumbered = await renumber(copy, run);
    if (stopping.signal.aborted) return 'stopped';
    if (!isNumbered) return { why: 'no-number', reason: null };
    const issued = copy.words && issuedOf(copy.words, keeper);
    const set = await typesetter.set(order.template, { ...order.facts, printedAtMs: nowMs(), issued });
    if (!set.ok) return { why: set.error, reason: null };
    const outcome = await send(set.value.pdf, order.template.paper.stock, stopping.signal);
    set.value.pdf.fill(0);
    if (stopping.signal.aborted) return 'stopped';
    if (outcome.outcome !== 'printed')
      return { why: outcome.outcome === 'unknown' ? 'unsure' : 'not-printed', reason: outcome.reason };
    if (copy.words !== null) freeIssued(keeper, copy.words);
    run.sheets += set.value.pages;
    return undefined;
  }

  async function send(
    pdf: Uint8Array,
    stock: CertificatePaper['stock'],
    signal: AbortSignal,
  ): Promise<DocumentOutcome> {
    const printer = findPrinter();
    if (printer === undefined || signal.aborted) return { outcome: 'not-printed', reason: 'port-closed' };
    const stopSaying = sayBusy();
    try {
      return await printer.printDocument({ jobId: toHex(random.bytes(8)), pdf, stock }, { signal });
    } catch {
      // Whatever broke may have broken after the paper came out.
      return { outcome: 'unknown', reason: 'port-closed' };
    } finally {
      stopSaying();
    }
  }

  function sayBusy(): () => void {
    let cancel = clock.after(BUSY_EVERY_MS, next);
    function next(): void {
      onBusy();
      cancel = clock.after(BUSY_EVERY_MS, next);
    }
    return () => cancel();
  }

  async function go(run: Run): Promise<void> {
    const { copies } = run;
    for (let copy = copies[run.done]; copy !== undefined; copy = copies[run.done]) {
      if (run.stopping.signal.aborted) return;
      const place = { copy: run.done + 1, copies: copies.length };
      say(run, { at: 'printing', ...place });
      const failure = await printCopy(copy, run);
      if (failure === 'stopped') return;
      if (failure !== undefined) {
        takeBack([copy], failure.reason ?? failure.why);
        return say(run, { at: 'failed', ...failure, ...place, sheets: run.sheets });
      }
      run.done += 1;
    }
    say(run, { at: 'printed', sheets: run.sheets });
  }

  function say(run: Run, state: PrintState): void {
    run.state = state;
    onChange();
  }

  function keepOnly(printId: number | null): void {
    if (present === undefined || present.printId === printId) return;
    const { run } = present;
    present = undefined;
    run.stopping.abort();
    takeBack(run.copies.slice(run.done), 'left');
  }

  return {
    print(order) {
      keepOnly(null);
      made += 1;
      const copies = Array.from({ length: order.copies }, (_none, index) => ({
        words: order.certificates[index] ?? null,
        isVoid: false,
      }));
      const run: Run = {
        ...{ order, copies, stopping: new AbortController(), done: 0, sheets: 0 },
        state: { at: 'printing', copy: 1, copies: copies.length },
      };
      present = { printId: made, run };
      // Not at once: whoever asked does not know its number yet, and would be told to let go of it.
      void Promise.resolve().then(() => go(run));
      return made;
    },
    again(printId) {
      const run = present?.printId === printId ? present.run : undefined;
      if (run?.state.at === 'failed') void go(run);
    },
    find: (printId) => (present?.printId === printId ? present.run.state : undefined),
    keepOnly,
  };
}

/** Why a copy is not out. */
type Failure = Pick<Extract<PrintState, { at: 'failed' }>, 'why' | 'reason'>;
