/**
 * Messages between a platform and a payment provider, as signed JSON over HTTPS (`docs/payments.md`). The interfaces of
 * provinces are not public: one whose own differ changes this file, `signing.ts` and `http-provider.ts`, and nothing else.
 *
 *     POST {url}/open    → 200 order | 422 refusal
 *     POST {url}/find    → 200 found, with `order: null` where there is none
 *     POST {url}/close   → 200 order
 *     POST {url}/refund  → 200 refunded | 422 refusal
 *     POST {noticeUrl}   → 200 taken: what the provider sends
 *
 * Every answer names the reference or number it answers. Nothing personal stands in any.
 */
import { z } from 'zod';

/** The calls, by the last part of their address. */
export const PAY_CALLS = ['open', 'find', 'close', 'refund'] as const;
export type PayCall = (typeof PAY_CALLS)[number];

const reference = z.string().regex(/^[0-9a-f]{32}$/);
const number = z.string().min(1).max(64);
const amountFen = z.int().positive();

/** `POST /open`. */
export const openSchema = z.strictObject({
  reference,
  amountFen,
  words: z.string().max(64),
  closesInMs: z.int().positive(),
  /** Where the provider sends its notices; null asks for none. */
  noticeUrl: z.string().nullable(),
});

/** `POST /find` and `POST /close`. */
export const namedSchema = z.strictObject({ reference });

/** `POST /refund`. */
export const refundSchema = z.strictObject({ number, amountFen });

const order = z.object({
  isOpen: z.boolean(),
  code: z.string().max(300),
  money: z.array(z.object({ number, amountFen })).max(100),
});

/** Answer to `open` and `close`. */
export const orderSchema = z.object({ reference, order });
/** Answer to `find`. */
export const foundSchema = z.object({ reference, order: order.nullable() });
/** Answer to `refund`. */
export const refundedSchema = z.object({ number });
/** Answer 422. */
export const refusalSchema = z.object({ refused: z.string() });

/** What the provider sends: something came of an order. `money` is what came, where money did. */
export const noticeSchema = z.object({
  reference,
  event: z.enum(['paid', 'closed', 'refunded']),
  money: z.object({ number, amountFen }).nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What a notice is answered, whatever came of it; all but `taken`, `known` and `later` need not be sent again. */
export const noticeAnswerSchema = z.object({
  answer: z.enum(['taken', 'known', 'malformed', 'wrong-signature', 'unknown-order', 'not-so', 'later']),
});
export type NoticeAnswer = z.infer<typeof noticeAnswerSchema>['answer'];

/** Largest notice. */
export const MAX_NOTICE_BYTES = 16 * 1024;
/** Where the gateway takes notices. */
export const NOTICE_PATH = '/payments/notices';
