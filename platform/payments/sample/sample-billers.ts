/** Billers made up, with the accounts of `accounts.yaml`; sample ID numbers owe what is made up of them. */
import { parse } from 'yaml';
import { z } from 'zod';
import type { Disk } from '../../../base/disk.ts';
import type { Billers, FoundBill, Posted } from '../biller.ts';
import type { Told } from '../payment-provider.ts';
import { openLines } from './lines.ts';

/** The calls of the port. */
export type BillerCall = 'bills' | 'due' | 'post' | 'take-back';

/** `away`: nothing was done. `lost-reply`: it was, and nobody heard. `refuse`: they will not have it. */
export type BillerFault = 'away' | 'lost-reply' | 'refuse';

const accountsSchema = z.array(
  z.strictObject({
    biller: z.string(),
    account: z.string(),
    owner: z.string(),
    address: z.string().nullable(),
    /** Left out where the payer says how much. */
    bills: z
      .array(
        z.strictObject({
          reference: z.string().regex(/^[A-Z0-9-]+$/),
          period: z.string(),
          amountFen: z.int().positive(),
        }),
      )
      .optional(),
  }),
);
/** An account with what it owes. */
export type SampleAccount = z.output<typeof accountsSchema>[number];

/** Reads `accounts.yaml`; throws when it is broken. */
export function readSampleAccounts(text: string): readonly SampleAccount[] {
  return accountsSchema.parse(parse(text));
}

/** The billers, and what they were told. */
export interface SampleBillers extends Billers {
  /** Payments that count, each once. */
  posted(): readonly { readonly payment: string; readonly reference: string; readonly amountFen: number }[];
}

type Line =
  | {
      readonly step: 'post';
      readonly payment: string;
      readonly reference: string;
      readonly amountFen: number;
      readonly receipt: string;
    }
  | { readonly step: 'never'; readonly payment: string };

/** Opens them; null for the disk forgets what was paid at the end. */
export function openSampleBillers(options: {
  readonly accounts: readonly SampleAccount[];
  readonly disk: Disk | null;
  readonly nextFault?: (call: BillerCall) => BillerFault | null;
}): SampleBillers {
  const { accounts, disk } = options;
  const lines = openLines<Line>(disk, 'posted.jsonl');
  const posted = () => lines.all().flatMap((line) => (line.step === 'post' ? [line] : []));
  const isPaid = (reference: string) => posted().some((one) => one.reference === reference);

  function findOwn(biller: string, account: string): SampleAccount | undefined {
    const known = accounts.find((one) => one.biller === biller && one.account === account);
    return known ?? madeUp(biller, account);
  }

  function billsOf({ biller, account, owner, address, bills }: SampleAccount): FoundBill[] {
    const who = { owner, address };
    if (bills === undefined) {
      const reference = `T${markOf(`${biller}/${account}/${lines.all().length}`)}`;
      return [{ ...who, reference, period: '', amountFen: null, isPaid: false }];
    }
    const open = bills.filter(({ reference }) => !isPaid(reference));
    if (bills.length === 0) return [{ ...who, reference: null, period: '', amountFen: null, isPaid: false }];
    const shown = open.length > 0 ? open : bills.slice(0, 1);
    return shown.map((bill) => ({ ...who, ...bill, isPaid: isPaid(bill.reference) }));
  }

  function never(payment: string): Posted {
    if (!lines.all().some((line) => line.step === 'never' && line.payment === payment))
      lines.add({ step: 'never', payment });
    return { kind: 'refused' };
  }

  function post(paid: { payment: string; reference: string; amountFen: number }, refuse: boolean): Posted {
    const { payment } = paid;
    const known = posted().find((one) => one.payment === payment);
    if (known) return { kind: 'posted', receipt: known.receipt };
    const isRefused = lines.all().some((line) => line.step === 'never' && line.payment === payment);
    if (refuse || isRefused || isPaid(paid.reference)) return never(payment);
    const receipt = String(lines.all().length + 1).padStart(8, '0');
    lines.add({ step: 'post', ...paid, receipt });
    return { kind: 'posted', receipt };
  }

  function answer<T>(call: BillerCall, work: (refuse: boolean) => T): Promise<Told<T>> {
    const fault = options.nextFault?.(call) ?? null;
    if (fault === 'away') return Promise.resolve({ kind: 'unavailable', code: 'away' });
    const value = work(fault === 'refuse');
    const isLost = fault === 'lost-reply';
    return Promise.resolve(isLost ? { kind: 'unavailable', code: 'lost' } : { kind: 'done', value });
  }

  return {
    findBills: (biller, account) =>
      answer('bills', () => {
        const own = findOwn(biller, account);
        return own === undefined ? null : billsOf(own);
      }),
    findDue: (_biller, reference) =>
      answer('due', () => {
        if (isPaid(reference)) return { kind: 'paid' };
        if (/^T[0-9A-F]{8}$/.test(reference)) return { kind: 'due', amountFen: null };
        const bill = accounts.flatMap(({ bills = [] }) => bills).find((one) => one.reference === reference);
        if (bill) return { kind: 'due', amountFen: bill.amountFen };
        return /^M[0-9A-F]{8}$/.test(reference) ? { kind: 'due', amountFen: MADE_UP_FEN } : { kind: 'gone' };
      }),
    post: (_biller, paid) => answer('post', (refuse) => post(paid, refuse)),
    takeBack: (_biller, payment) =>
      answer('take-back', (): Posted => {
        const known = posted().find((one) => one.payment === payment);
        return known ? { kind: 'posted', receipt: known.receipt } : never(payment);
      }),
    posted,
  };
}

/** What a year of the medical insurance costs, and all that sample people owe. */
const MADE_UP_FEN = 44_000;

/** Nobody's numbers: of an area that no county bears, and the specimen. */
const SAMPLE_NUMBER = /^(330699\d{11}[\dX]|11010519491231002X)$/;
/** Billers whose account is a telephone or an ID number, and who take any amount. */
const ANY_AMOUNT: ReadonlySet<string> = new Set(['phone-top-up', 'resident-pension']);

function madeUp(biller: string, account: string): SampleAccount | undefined {
  const isPhone = biller === 'phone-top-up' && /^1[3-9]\d{9}$/.test(account);
  if (!isPhone && !SAMPLE_NUMBER.test(account)) return undefined;
  const who = { biller, account, owner: isPhone ? '样板用户' : '样板村民', address: null };
  if (ANY_AMOUNT.has(biller)) return who;
  const reference = `M${markOf(`${biller}/${account}`)}`;
  return { ...who, bills: [{ reference, period: '2027年度', amountFen: MADE_UP_FEN }] };
}

/** Eight characters that stand for a text (FNV-1a, mixed once more). */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16).toUpperCase().padStart(8, '0');
}
