/** Sends notices as a provider does: signed, and again, a little later each time, until somebody says that they were taken. */
import { utf8 } from '../../../base/bytes.ts';
import { type Clock, sleep } from '../../../base/clock.ts';
import type { Crypto } from '../../../base/crypto/api.ts';
import type { Fetch } from '../../../base/fetch.ts';
import { findJson } from '../../../base/json.ts';
import { type PayKeys, sealsOf } from '../signing.ts';
import { type Notice, type NoticeAnswer, noticeAnswerSchema } from '../wire.ts';

const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 1_000;
const TIMEOUT_MS = 20_000;

/** Sends them. */
export interface Teller {
  /** Begins to tell; tries until it is taken, refused for good, or was tried enough. */
  tell(url: string, noticeId: string, notice: Notice): void;
  stop(): void;
}

/** What sending a notice needs. */
export interface TellerSeams {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly appId: string;
  readonly keys: PayKeys;
}

/** A teller. */
export function createTeller(seams: TellerSeams): Teller {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function keepTelling(url: string, noticeId: string, notice: Notice): Promise<void> {
    for (let tried = 1; tried <= MOST_TRIES && !signal.aborted; tried += 1) {
      const said = await sendNotice(seams, { url, noticeId, notice, signal });
      if (said !== 'later' && said !== 'no-answer') return;
      await sleep(seams.clock, FIRST_PAUSE_MS * 2 ** (tried - 1), signal);
    }
  }

  return {
    tell: (url, noticeId, notice) => void keepTelling(url, noticeId, notice),
    stop: () => stopping.abort(),
  };
}

/** Sends a notice once; what was said of it, `no-answer` where nothing came that was signed for it. */
export async function sendNotice(
  { fetch, crypto, appId, keys }: TellerSeams,
  { url, noticeId, notice, signal }: NoticeToSend,
): Promise<NoticeAnswer | 'no-answer'> {
  const seals = sealsOf(crypto, keys);
  const body = utf8(JSON.stringify(notice));
  const signed = seals.headers({ kind: 'notice', appId, id: noticeId, about: 'notice' }, body);
  const answered = await fetch({
    ...{ method: 'POST', url, body, timeoutMs: TIMEOUT_MS, maxBytes: 4_096 },
    headers: { ...signed, 'content-type': 'application/json' },
    ...(signal && { signal }),
  });
  if (!answered.ok) return 'no-answer';
  const { status, headers, body: said } = answered.value;
  const claim = { kind: 'notice-answer', appId, about: String(status) } as const;
  if (seals.findId(headers, claim, said) !== noticeId) return 'no-answer';
  return findJson(noticeAnswerSchema, said)?.answer ?? 'no-answer';
}

/** A notice and where it goes. */
export interface NoticeToSend {
  readonly url: string;
  readonly noticeId: string;
  readonly notice: Notice;
  readonly signal?: AbortSignal;
}
