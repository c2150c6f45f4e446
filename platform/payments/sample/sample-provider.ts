/**
 * A payment provider made up, over real HTTP on this machine: orders with a code that a developer's browser or a test pays
 * by. In tests it answers not at all, after it did what was asked, unsigned, or what answered another call; it tells late,
 * never or falsely, is paid twice and in wrong amounts.
 */
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { toHex, utf8 } from '../../../base/bytes.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Crypto } from '../../../base/crypto/api.ts';
import type { Disk } from '../../../base/disk.ts';
import type { Fetch } from '../../../base/fetch.ts';
import { findJson } from '../../../base/json.ts';
import type { Random } from '../../../base/random.ts';
import { ownOrigin } from '../../listening.ts';
import { type PayKeys, sealsOf } from '../signing.ts';
import { MAX_NOTICE_BYTES, namedSchema, openSchema, PAY_CALLS, type PayCall, refundSchema } from '../wire.ts';
import { answerWith, type ProviderFault, type Reply } from './faults.ts';
import { openOrders, type PayableOrder } from './orders.ts';
import { addPayPages } from './pay-pages.ts';
import { createTeller } from './teller.ts';

/** How it behaves. */
export interface SampleProviderOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  /** For its notices. */
  readonly fetch: Fetch;
  /** What the county is to it, and its own side of the keys. */
  readonly appId: string;
  readonly keys: PayKeys;
  /** Where its orders are kept; null forgets them at the end. */
  readonly disk: Disk | null;
  /** What goes wrong with the next call, if anything. */
  readonly nextFault?: (call: PayCall) => ProviderFault | null;
}

/** A provider that listens, and the hands of whoever pays. */
export interface SampleProvider {
  /** Where its interface begins. */
  readonly url: string;
  /** The order behind a code's last part. */
  findByToken(token: string): PayableOrder | undefined;
  /** Pays; `late` does so whether or not it is open. `tells` sends as many notices of it. */
  pay(
    reference: string,
    how?: { readonly amountFen?: number; readonly late?: boolean; readonly tells?: number },
  ): boolean;
  /** What was given back, by the number of the money, once for each time. */
  refunded(): readonly string[];
  /** Lists what can be paid now, for a developer without a phone. */
  payable(): readonly (PayableOrder & { readonly token: string })[];
  /** Where that list stands. */
  readonly payUrl: string;
  stop(): Promise<void>;
}

/** Starts it on a free port of this machine, where its codes are paid. */
export async function startSampleProvider(options: SampleProviderOptions): Promise<SampleProvider> {
  const { random, crypto, appId, keys, disk } = options;
  const orders = openOrders(options);
  const teller = createTeller(options);
  const seals = sealsOf(crypto, keys);
  const app = Fastify({ logger: false, forceCloseConnections: true });
  let origin = '';

  const orderOf = (reference: string) => ({
    isOpen: orders.isOpen(reference),
    code: `${origin}/pay/${orders.find(reference)?.token ?? ''}`,
    money: orders.moneyOf(reference),
  });

  const calls: Readonly<Record<PayCall, (body: Uint8Array) => Reply>> = {
    open(body) {
      const asked = findJson(openSchema, body);
      if (!asked) return MALFORMED;
      const { reference, amountFen, words, noticeUrl, closesInMs } = asked;
      orders.open({ reference, amountFen, words, noticeUrl }, closesInMs);
      return { status: 200, content: { reference, order: orderOf(reference) } };
    },
    find(body) {
      const asked = findJson(namedSchema, body);
      if (!asked) return MALFORMED;
      const { reference } = asked;
      const order = orders.isKnown(reference) ? orderOf(reference) : null;
      return { status: 200, content: { reference, order } };
    },
    close(body) {
      const asked = findJson(namedSchema, body);
      if (!asked) return MALFORMED;
      orders.close(asked.reference);
      return { status: 200, content: { reference: asked.reference, order: orderOf(asked.reference) } };
    },
    refund(body) {
      const asked = findJson(refundSchema, body);
      if (!asked) return MALFORMED;
      if (!orders.giveBack(asked)) return { status: 422, content: { refused: 'no-such-money' } };
      return { status: 200, content: { number: asked.number } };
    },
  };

  const seen = new Set<string>();
  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: MAX_NOTICE_BYTES },
      async (_request: unknown, body: Buffer) => new Uint8Array(body),
    );
    for (const call of PAY_CALLS) {
      scope.post<{ Body: Uint8Array }>(`/${call}`, async (request, reply): Promise<FastifyReply> => {
        const body = request.body ?? new Uint8Array();
        const id = seals.findId(request.headers, { kind: 'request', appId, about: call }, body);
        if (id === undefined || seen.has(id)) return reply.code(401).send({});
        seen.add(id);
        const fault = options.nextFault?.(call) ?? null;
        return answerWith(reply, fault, () => calls[call](body), { seals, appId, id, random });
      });
    }
  });

  const hands = {
    findByToken: orders.findByToken,
    payable: orders.payable,
    refunded: orders.refunded,
    pay(reference, { amountFen, late = false, tells = 1 } = {}) {
      const order = orders.find(reference);
      if (order === undefined || !(late || orders.isOpen(reference))) return false;
      const paid = amountFen ?? order.amountFen;
      const number = orders.take(reference, paid);
      const notice = { reference, event: 'paid', money: { number, amountFen: paid } } as const;
      for (let time = 0; time < tells && order.noticeUrl !== null; time += 1)
        teller.tell(order.noticeUrl, toHex(random.bytes(16)), notice);
      return true;
    },
  } satisfies Partial<SampleProvider>;

  app.register(async (pages) => addPayPages(pages, hands));
  await listenAsBefore(app, disk);
  origin = ownOrigin(app, false);
  return {
    ...hands,
    ...{ url: origin, payUrl: `${origin}/pay` },
    async stop() {
      teller.stop();
      await app.close();
    },
  };
}

const MALFORMED: Reply = { status: 400, content: {} };
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
