/**
 * Bills and payments for the visit there is, asked of the platform and held in memory alone. Whether something was paid
 * only the platform says; while it cannot be asked, that is said and nothing else.
 */
import { z } from 'zod';
import { toHex } from '../../base/bytes.ts';
import type { Cancel, Clock } from '../../base/clock.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { Queries, QueryTrouble } from '../../sync/queries.ts';

const billSchema = z.object({
  bill: z.string().nullable(),
  owner: z.string(),
  address: z.string().nullable(),
  period: z.string(),
  amountFen: z.int().positive().nullable(),
  state: z.enum(['none', 'due', 'paid', 'being-paid']),
  case: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
});
/** A bill as the platform tells it: masked. `case` is the payment of it that was begun at this machine. */
export type FoundBill = z.infer<typeof billSchema>;

const paymentSchema = z.object({
  state: z.enum([
    ...(['created', 'open', 'paid', 'posted', 'unpaid', 'refunded'] as const),
    ...(['another', 'already-paid', 'amount-changed', 'no-bill'] as const),
  ]),
  code: z.string().max(300).nullable(),
  amountFen: z.int().positive(),
  secondsLeft: z.int().min(0),
  receipt: z.string().nullable(),
  number: z.string(),
});
/** How a payment stands, as the platform told last. */
export type PaymentTold = z.infer<typeof paymentSchema>;

/** Why no bill is known; `unknown` says that there is no such account. */
export type BillTrouble = QueryTrouble | 'unknown';

/** What is known of a payment. */
export interface Standing {
  /** Null until the platform said something. */
  readonly told: (PaymentTold & { readonly toldMonoMs: number }) | null;
  /** The platform cannot be asked now: what it told before may be over. */
  readonly lost: boolean;
}

/** The bills and payments of a visit. */
export interface PayDesk {
  /** Looks up what an account owes; the number of this question. */
  askBills(biller: string, account: string): number;
  findBills(askId: number): 'asking' | Result<readonly FoundBill[], BillTrouble> | undefined;
  /** Asks how this payment stands, again and again, until it has ended or another is followed; null follows none. */
  follow(caseId: Uint8Array | null): void;
  standing(caseId: Uint8Array): Standing;
  /** Lets go of everything: the visit is over. */
  forget(): void;
}

const ASK_EVERY_MS = 2_000;
/** States after which nothing more comes. */
export const SETTLED: ReadonlySet<PaymentTold['state']> = new Set([
  ...(['posted', 'unpaid', 'refunded', 'another', 'already-paid', 'amount-changed', 'no-bill'] as const),
]);

/** A {@link PayDesk}; `onChange` follows each answer. */
export function createPayDesk(seams: {
  readonly queries: Queries;
  readonly clock: Clock;
  readonly onChange: () => void;
}): PayDesk {
  const { queries, clock, onChange } = seams;
  let asked = 0;
  const bills = new Map<number, 'asking' | Result<readonly FoundBill[], BillTrouble>>();
  const standings = new Map<string, Standing>();
  let stopping = new AbortController();
  let followed: { readonly name: string; cancel: Cancel } | undefined;

  async function lookUp(askId: number, biller: string, account: string): Promise<void> {
    const { signal } = stopping;
    const parameters = [
      { name: 'biller', value: biller },
      { name: 'account', value: account },
    ];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.bills, parameters }, signal);
    if (signal.aborted) return;
    bills.set(askId, said.ok ? billsIn(said.value) : said);
    onChange();
  }

  async function poll(name: string): Promise<void> {
    const { signal } = stopping;
    const parameters = [{ name: 'case', value: name }];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.payment, parameters }, signal);
    if (signal.aborted) return;
    const told = said.ok ? paymentIn(said.value) : undefined;
    const before = standings.get(name)?.told ?? null;
    const isOut = !said.ok && said.error !== 'too-many';
    standings.set(name, {
      told: told ? { ...told, toldMonoMs: clock.monoMs() } : before,
      lost: isOut || (said.ok && said.value.outcome === 'unavailable'),
    });
    if (followed?.name === name && !(told && SETTLED.has(told.state)))
      followed.cancel = clock.after(ASK_EVERY_MS, () => void poll(name));
    onChange();
  }

  return {
    askBills(biller, account) {
      asked += 1;
      bills.clear();
      bills.set(asked, 'asking');
      void lookUp(asked, biller, account);
      return asked;
    },
    findBills: (askId) => bills.get(askId),
    follow(caseId) {
      const name = caseId === null ? null : toHex(caseId);
      if (name === (followed?.name ?? null)) return;
      followed?.cancel();
      followed = name === null ? undefined : { name, cancel: () => undefined };
      if (name !== null) void poll(name);
    },
    standing: (caseId) => standings.get(toHex(caseId)) ?? { told: null, lost: false },
    forget() {
      stopping.abort();
      stopping = new AbortController();
      followed?.cancel();
      followed = undefined;
      bills.clear();
      standings.clear();
    },
  };
}

function billsIn(content: QueryContent): Result<readonly FoundBill[], BillTrouble> {
  if (content.outcome === 'nothing') return err('unknown');
  if (content.outcome === 'later') return err('too-many');
  const read =
    content.outcome === 'found' ? z.array(billSchema).min(1).safeParse(content.records) : undefined;
  return read?.success ? ok(read.data) : err('no-answer');
}

/** How a payment stands, from the platform's answer; nothing where it says nothing of one. */
export function paymentIn(content: QueryContent): PaymentTold | undefined {
  const record = content.outcome === 'found' ? content.records[0] : undefined;
  const read = paymentSchema.safeParse(record);
  return read.success ? read.data : undefined;
}
