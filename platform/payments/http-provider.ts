/**
 * A payment provider reached over HTTPS; `wire.ts` has the messages, `signing.ts` the signatures. A call is tried a few
 * times, each within its time; what then is not answered is `unavailable` with its reason, and says nothing of whether it
 * was done: every call may be made again.
 */
import type { z } from 'zod';
import { toHex, utf8 } from '../../base/bytes.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Fetch, HttpResponse } from '../../base/fetch.ts';
import { findJson } from '../../base/json.ts';
import type { Log } from '../../base/log.ts';
import type { PaymentProvider, Told } from './payment-provider.ts';
import { type PayKeys, sealsOf } from './signing.ts';
import {
  foundSchema,
  type namedSchema,
  type openSchema,
  orderSchema,
  type PayCall,
  refundedSchema,
  type refundSchema,
  refusalSchema,
} from './wire.ts';

/** How a provider is reached. */
export interface HttpProviderOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly log: Log;
  /** Without a slash at its end. */
  readonly url: string;
  /** What this county is to the provider. */
  readonly appId: string;
  readonly keys: PayKeys;
  /** Of one try. */
  readonly timeoutMs: number;
  /** Of one call. */
  readonly tries: number;
  /** Where it sends notices; null while it cannot reach us: then only asking tells. */
  readonly noticeUrl: () => string | null;
  /** Aborted when the program stops: calls under way are given up. */
  readonly signal?: AbortSignal;
}

/** Why a call brought nothing. */
export type PayTrouble =
  /** Nothing came, in time, or whole. */
  | 'unreachable'
  | 'timeout'
  | 'cancelled'
  | 'too-large'
  /** It said that it cannot now, or that it does not know us. */
  | 'away'
  | 'not-let-in'
  /** What came was not the provider's word on this call. */
  | 'not-signed'
  | 'unreadable'
  /** It will not do this. */
  | 'refused';

const MAX_ANSWER_BYTES = 64 * 1024;
const FIRST_PAUSE_MS = 200;
/** Worth another try at once: it may be a line that broke. */
const PASSING: ReadonlySet<PayTrouble> = new Set(['unreachable', 'timeout', 'away']);

/** The provider at that address. */
export function httpProvider(options: HttpProviderOptions): PaymentProvider {
  const { fetch, clock, crypto, log, url, appId, keys, timeoutMs, tries, noticeUrl, signal } = options;
  const seals = sealsOf(crypto, keys);

  async function once<A>(call: PayCall, body: Uint8Array, schema: z.ZodType<A>): Promise<Once<A>> {
    // Fresh for each try: what answered an earlier one answers nothing now.
    const id = toHex(crypto.randomBytes(16));
    const signed = seals.headers({ kind: 'request', appId, id, about: call }, body);
    const answered = await fetch({
      ...{ method: 'POST', url: `${url}/${call}`, body },
      headers: { ...signed, 'content-type': 'application/json' },
      ...{ timeoutMs, maxBytes: MAX_ANSWER_BYTES, ...(signal && { signal }) },
    });
    if (!answered.ok) return trouble(answered.error.code);
    const { status, headers } = answered.value;
    if (status === 401 || status === 403) return trouble('not-let-in');
    if (status !== 200 && status !== REFUSED) return trouble('away');
    const answer = { kind: 'answer', appId, about: String(status) } as const;
    if (seals.findId(headers, answer, answered.value.body) !== id) return trouble('not-signed');
    return read(answered.value, schema);
  }

  async function send<A>(call: PayCall, content: unknown, schema: z.ZodType<A>): Promise<Told<A>> {
    const body = utf8(JSON.stringify(content));
    for (let tried = 1; ; tried += 1) {
      const came = await once(call, body, schema);
      if (came.kind === 'done') return came;
      log('payments.no-answer', { call, code: came.code, tried });
      if (tried >= tries || !PASSING.has(came.code) || signal?.aborted) return came;
      await sleep(clock, FIRST_PAUSE_MS * 2 ** (tried - 1), signal);
    }
  }

  return {
    async open({ reference, amountFen, words, closesInMs }) {
      const asked: z.infer<typeof openSchema> = {
        ...{ reference, amountFen, words, closesInMs },
        noticeUrl: noticeUrl(),
      };
      return orderOf(await send('open', asked, orderSchema), reference);
    },
    async find(reference) {
      const asked: z.infer<typeof namedSchema> = { reference };
      return orderOf(await send('find', asked, foundSchema), reference);
    },
    async close(reference) {
      const asked: z.infer<typeof namedSchema> = { reference };
      return orderOf(await send('close', asked, orderSchema), reference);
    },
    async refund({ number, amountFen }) {
      const asked: z.infer<typeof refundSchema> = { number, amountFen };
      const said = await send('refund', asked, refundedSchema);
      if (said.kind !== 'done') return said;
      return said.value.number === number ? { kind: 'done', value: null } : trouble('unreadable');
    },
  };
}

const REFUSED = 422;

type Trouble = { readonly kind: 'unavailable'; readonly code: PayTrouble };
type Once<A> = { readonly kind: 'done'; readonly value: A } | Trouble;

function trouble(code: PayTrouble): Trouble {
  return { kind: 'unavailable', code };
}

function read<A>({ status, body }: HttpResponse, schema: z.ZodType<A>): Once<A> {
  if (status === REFUSED) return trouble(findJson(refusalSchema, body) ? 'refused' : 'unreadable');
  const value = findJson(schema, body);
  return value === undefined ? trouble('unreadable') : { kind: 'done', value };
}

/** The order of an answer about our reference; one about another says nothing. */
function orderOf<T>(
  said: Told<{ readonly reference: string; readonly order: T }>,
  reference: string,
): Told<T> {
  if (said.kind !== 'done') return said;
  const { order, reference: named } = said.value;
  return named === reference ? { kind: 'done', value: order } : trouble('unreadable');
}
