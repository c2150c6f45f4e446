/** The made-up provider's books: orders, what came in for them, what went back. Each line is a fact, written once. */
import { toHex } from '../../../base/bytes.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Disk } from '../../../base/disk.ts';
import type { Random } from '../../../base/random.ts';
import type { Money } from '../payment-provider.ts';
import { openLines } from './lines.ts';

/** What a payer sees of an order. */
export interface PayableOrder {
  readonly reference: string;
  readonly amountFen: number;
  readonly words: string;
  readonly isOpen: boolean;
  readonly isPaid: boolean;
}

interface Opened {
  readonly step: 'open';
  readonly reference: string;
  readonly token: string;
  readonly amountFen: number;
  readonly words: string;
  readonly closesAtMs: number;
  readonly noticeUrl: string | null;
}

type Line =
  | Opened
  | { readonly step: 'close'; readonly reference: string }
  | {
      readonly step: 'money';
      readonly reference: string;
      readonly number: string;
      readonly amountFen: number;
    }
  | { readonly step: 'refund'; readonly number: string };

export type Orders = ReturnType<typeof openOrders>;

/** Opens them; null for the disk forgets them at the end. */
export function openOrders({
  clock,
  random,
  disk,
}: {
  readonly clock: Clock;
  readonly random: Random;
  readonly disk: Disk | null;
}) {
  const lines = openLines<Line>(disk, 'orders.jsonl');
  const opened = () => lines.all().flatMap((line) => (line.step === 'open' ? [line] : []));
  const isClosed = (reference: string) =>
    lines.all().some((line) => line.step === 'close' && line.reference === reference);
  const find = (reference: string) => opened().find((order) => order.reference === reference);

  function moneyOf(reference: string): readonly Money[] {
    return lines
      .all()
      .flatMap((line) => (line.step === 'money' && line.reference === reference ? [line] : []))
      .map(({ number, amountFen }) => ({ number, amountFen }));
  }

  function isOpen(reference: string): boolean {
    const order = find(reference);
    const inTime = order !== undefined && clock.wallMs() < order.closesAtMs;
    return inTime && !isClosed(reference) && moneyOf(reference).length === 0;
  }

  function payable({ reference, amountFen, words }: Opened): PayableOrder {
    const isPaid = moneyOf(reference).length > 0;
    return { reference, amountFen, words, isOpen: isOpen(reference), isPaid };
  }

  return {
    find,
    isOpen,
    moneyOf,
    /** Also one that was closed before it was opened. */
    isKnown: (reference: string) => find(reference) !== undefined || isClosed(reference),
    open(order: Pick<Opened, 'reference' | 'amountFen' | 'words' | 'noticeUrl'>, closesInMs: number): void {
      if (find(order.reference) !== undefined || isClosed(order.reference)) return;
      const token = toHex(random.bytes(8));
      lines.add({ step: 'open', ...order, token, closesAtMs: clock.wallMs() + closesInMs });
    },
    close(reference: string): void {
      if (!isClosed(reference)) lines.add({ step: 'close', reference });
    },
    /** Books money; its number. */
    take(reference: string, amountFen: number): string {
      const number = toHex(random.bytes(8));
      lines.add({ step: 'money', reference, number, amountFen });
      return number;
    },
    /** Whether this is money that came in, whole; gives it back once. */
    giveBack({ number, amountFen }: Money): boolean {
      const money = lines
        .all()
        .find((line) => line.step === 'money' && line.number === number && line.amountFen === amountFen);
      if (money === undefined) return false;
      const isDone = lines.all().some((line) => line.step === 'refund' && line.number === number);
      if (!isDone) lines.add({ step: 'refund', number });
      return true;
    },
    refunded: () => lines.all().flatMap((line) => (line.step === 'refund' ? [line.number] : [])),
    findByToken(token: string): PayableOrder | undefined {
      const order = opened().find((one) => one.token === token);
      return order && payable(order);
    },
    payable: () =>
      opened().flatMap((order) =>
        isOpen(order.reference) ? [{ ...payable(order), token: order.token }] : [],
      ),
  };
}
