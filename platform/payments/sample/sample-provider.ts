/**
 * A payment provider made up: orders with a code that a developer's browser or a test pays by, on this machine. In tests it
 * answers not at all, or after it did what was asked, tells late, never or falsely, is paid twice and in wrong amounts.
 */
import Fastify, { type FastifyInstance } from 'fastify';
import { toHex, utf8 } from '../../../base/bytes.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Disk } from '../../../base/disk.ts';
import type { Random } from '../../../base/random.ts';
import { ownOrigin } from '../../listening.ts';
import type { Order, PaymentProvider, Told } from '../payment-provider.ts';
import { openLines } from './lines.ts';
import { addPayPages } from './pay-pages.ts';

/** The calls of the port. */
export type ProviderCall = 'open' | 'find' | 'close' | 'refund';

/** `away`: nothing was done. `lost-reply`: it was, and nobody heard. */
export type ProviderFault = 'away' | 'lost-reply';

/** How it behaves. */
export interface SampleProviderOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Where its orders are kept; null forgets them at the end. */
  readonly disk: Disk | null;
  /** What goes wrong with the next call, if anything. */
  readonly nextFault?: (call: ProviderCall) => ProviderFault | null;
}

/** What a payer sees of an order. */
export interface PayableOrder {
  readonly reference: string;
  readonly amountFen: number;
  readonly words: string;
  readonly isOpen: boolean;
  readonly isPaid: boolean;
}

/** A provider, and the hands of whoever pays. */
export interface SampleProvider extends PaymentProvider {
  /** The order behind a code's last part. */
  findByToken(token: string): PayableOrder | undefined;
  /** Pays; `late` does so whether or not it is open. `tells` names the order to the platform, once for each. */
  pay(
    reference: string,
    how?: { readonly amountFen?: number; readonly late?: boolean; readonly tells?: number },
  ): boolean;
  /** Tells of an order, true or not. */
  tell(reference: string): void;
  /** What was given back, by the number of the money, once for each time. */
  refunded(): readonly string[];
  /** Lists what can be paid now, for a developer without a phone. */
  payable(): readonly (PayableOrder & { readonly token: string })[];
  /** Where that list stands. */
  readonly url: string;
  stop(): Promise<void>;
}

type Line =
  | {
      readonly step: 'open';
      readonly reference: string;
      readonly token: string;
      readonly amountFen: number;
      readonly words: string;
      readonly closesAtMs: number;
    }
  | { readonly step: 'close'; readonly reference: string }
  | {
      readonly step: 'money';
      readonly reference: string;
      readonly number: string;
      readonly amountFen: number;
    }
  | { readonly step: 'refund'; readonly number: string };

/** Starts it on a free port of this machine, where its codes are paid. */
export async function startSampleProvider(options: SampleProviderOptions): Promise<SampleProvider> {
  const { clock, random, disk } = options;
  const lines = openLines<Line>(disk, 'orders.jsonl');
  const listeners = new Set<(reference: string) => void>();
  const app = Fastify({ logger: false, forceCloseConnections: true });
  let origin = '';

  const opened = (reference: string) =>
    lines.all().find((line) => line.step === 'open' && line.reference === reference) as
      | Extract<Line, { step: 'open' }>
      | undefined;
  const moneyOf = (reference: string) =>
    lines
      .all()
      .flatMap((line) => (line.step === 'money' && line.reference === reference ? [line] : []))
      .map(({ number, amountFen }) => ({ number, amountFen }));
  const isClosed = (reference: string) =>
    lines.all().some((line) => line.step === 'close' && line.reference === reference);

  function isOpen(reference: string): boolean {
    const order = opened(reference);
    const inTime = order !== undefined && clock.wallMs() < order.closesAtMs;
    return inTime && !isClosed(reference) && moneyOf(reference).length === 0;
  }

  function orderOf(reference: string): Order {
    const token = opened(reference)?.token ?? '';
    return { isOpen: isOpen(reference), code: `${origin}/pay/${token}`, money: moneyOf(reference) };
  }

  function answer<T>(call: ProviderCall, work: () => T): Promise<Told<T>> {
    const fault = options.nextFault?.(call) ?? null;
    if (fault === 'away') return Promise.resolve({ kind: 'unavailable', code: 'away' });
    const value = work();
    return Promise.resolve(fault === null ? { kind: 'done', value } : { kind: 'unavailable', code: 'lost' });
  }

  const provider: Omit<SampleProvider, 'url'> = {
    open: ({ reference, amountFen, words, closesInMs }) =>
      answer('open', () => {
        if (opened(reference) === undefined && !isClosed(reference)) {
          const token = toHex(random.bytes(8));
          const closesAtMs = clock.wallMs() + closesInMs;
          lines.add({ step: 'open', reference, token, amountFen, words, closesAtMs });
        }
        return orderOf(reference);
      }),
    find: (reference) =>
      answer('find', () => (opened(reference) || isClosed(reference) ? orderOf(reference) : null)),
    close: (reference) =>
      answer('close', () => {
        if (!isClosed(reference)) lines.add({ step: 'close', reference });
        return orderOf(reference);
      }),
    refund: ({ number }) =>
      answer('refund', () => {
        const isDone = lines.all().some((line) => line.step === 'refund' && line.number === number);
        if (!isDone) lines.add({ step: 'refund', number });
        return null;
      }),
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    findByToken(token) {
      const order = lines.all().find((line) => line.step === 'open' && line.token === token);
      if (order?.step !== 'open') return undefined;
      const { reference, amountFen, words } = order;
      const isPaid = moneyOf(reference).length > 0;
      return { reference, amountFen, words, isOpen: isOpen(reference), isPaid };
    },
    pay(reference, { amountFen, late = false, tells = 1 } = {}) {
      const order = opened(reference);
      if (order === undefined || !(late || isOpen(reference))) return false;
      const number = toHex(random.bytes(8));
      lines.add({ step: 'money', reference, number, amountFen: amountFen ?? order.amountFen });
      for (let time = 0; time < tells; time += 1) provider.tell(reference);
      return true;
    },
    tell(reference) {
      for (const listener of [...listeners]) listener(reference);
    },
    payable: () =>
      lines.all().flatMap((line) => {
        const order = line.step === 'open' ? provider.findByToken(line.token) : undefined;
        return line.step === 'open' && order?.isOpen ? [{ ...order, token: line.token }] : [];
      }),
    refunded: () => lines.all().flatMap((line) => (line.step === 'refund' ? [line.number] : [])),
    stop: () => app.close(),
  };
  addPayPages(app, provider);
  await listenAsBefore(app, disk);
  origin = ownOrigin(app, false);
  return { ...provider, url: `${origin}/pay` };
}

const PORT_FILE = 'port';

/** On the port of the last run where that is free: codes on a screen go on being right. */
async function listenAsBefore(app: FastifyInstance, disk: Disk | null): Promise<void> {
  const read = disk?.read(PORT_FILE);
  const before = read?.ok ? Number(new TextDecoder().decode(read.value)) : 0;
  const host = '127.0.0.1';
  await app.listen({ host, port: before }).catch(() => app.listen({ host, port: 0 }));
  const [bound] = app.addresses();
  if (bound !== undefined && typeof bound !== 'string')
    disk?.writeDurably(PORT_FILE, utf8(String(bound.port)));
}
