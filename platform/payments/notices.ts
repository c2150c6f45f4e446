/**
 * What a provider sends by itself. A notice is never believed: it says where to look, and is taken once what it says was
 * seen at the provider itself and written down. So the provider may stop sending it, and one that is forged, bent,
 * repeated or late changes nothing that asking would not have changed.
 */
import { equalBytes, findHex } from '../../base/bytes.ts';
import { findJson } from '../../base/json.ts';
import type { PlatformContext } from '../context.ts';
import type { Money } from './payment-provider.ts';
import type { Payments } from './payments.ts';
import { type PayKeys, sealsOf } from './signing.ts';
import { type NoticeAnswer, noticeAnswerSchema, noticeSchema } from './wire.ts';

/** Where notices come from. */
export interface NoticeSender {
  readonly appId: string;
  readonly keys: PayKeys;
}

/** One as it came over HTTP. */
export interface NoticeRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What goes back; signed where the notice was. */
export interface NoticeReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Takes notices. */
export type NoticeDoor = (request: NoticeRequest) => Promise<NoticeReply>;

const STATUS: Readonly<Record<NoticeAnswer, number>> = {
  taken: 200,
  known: 200,
  malformed: 400,
  'wrong-signature': 401,
  'unknown-order': 404,
  'not-so': 409,
  later: 503,
};

/** The door for notices of this provider. */
export function createNoticeDoor(
  context: Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'log'>,
  payments: Pick<Payments, 'lookAt'>,
  { appId, keys }: NoticeSender,
): NoticeDoor {
  const { store, clock, crypto, log } = context;
  const seals = sealsOf(crypto, keys);

  function findSaid(noticeId: string) {
    return store.db
      .selectFrom('paymentNotices')
      .select('said')
      .where('noticeId', '=', noticeId)
      .executeTakeFirst();
  }

  async function take(noticeId: string, body: Uint8Array): Promise<NoticeAnswer> {
    const said = crypto.sha256(body);
    const before = await findSaid(noticeId);
    if (before) return equalBytes(before.said, said) ? 'known' : 'not-so';
    const notice = findJson(noticeSchema, body);
    const caseId = notice && findHex(notice.reference);
    if (notice === undefined || caseId === undefined) return 'malformed';
    const seen = await payments.lookAt(caseId);
    if (seen === 'unknown') return 'unknown-order';
    if (seen === 'unavailable') return 'later';
    if (notice.money !== null && !isAmong(seen, notice.money)) return 'not-so';
    await store.db
      .insertInto('paymentNotices')
      .values({ noticeId, caseId, said, takenMs: clock.wallMs() })
      .onConflict((conflict) => conflict.column('noticeId').doNothing())
      .execute();
    return 'taken';
  }

  return async ({ headers, body }) => {
    const id = seals.findId(headers, { kind: 'notice', appId, about: 'notice' }, body);
    const answer = id === undefined ? 'wrong-signature' : await take(id, body);
    if (answer !== 'taken' && answer !== 'known') log('payments.notice-refused', { answer });
    const status = STATUS[answer];
    const content = new TextEncoder().encode(JSON.stringify(noticeAnswerSchema.parse({ answer })));
    const signed = { kind: 'notice-answer', appId, id: id ?? '', about: String(status) } as const;
    return { status, headers: id === undefined ? {} : seals.headers(signed, content), body: content };
  };
}

function isAmong(money: readonly Money[], { number, amountFen }: Money): boolean {
  return money.some((one) => one.number === number && one.amountFen === amountFen);
}
