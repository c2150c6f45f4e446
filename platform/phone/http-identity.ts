/** The service behind a province's app, reached over HTTPS; `wire.ts` has the messages. */
import type { z } from 'zod';
import { toHex, utf8 } from '../../base/bytes.ts';
import type { Fetch } from '../../base/fetch.ts';
import { findJson } from '../../base/json.ts';
import type { Random } from '../../base/random.ts';
import type { PhoneIdentity } from './phone-identity.ts';
import { checkedSchema, type checkSchema } from './wire.ts';

/** How it is reached. */
export interface HttpIdentityOptions {
  readonly fetch: Fetch;
  readonly random: Random;
  /** Without a slash at its end. */
  readonly url: string;
  /** What this county is to it. */
  readonly appId: string;
  /** Sent as `Authorization: Bearer`; never logged. */
  readonly key: string;
  readonly timeoutMs: number;
}

const MAX_ANSWER_BYTES = 16 * 1024;

/** The service at that address. A call is made once: a code whose answer was lost may be used up. */
export function httpIdentity({
  fetch,
  random,
  url,
  appId,
  key,
  timeoutMs,
}: HttpIdentityOptions): PhoneIdentity {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return {
    async check(code) {
      const reference = toHex(random.bytes(16));
      const asked: z.infer<typeof checkSchema> = { appId, reference, code };
      const answered = await fetch({
        ...{ method: 'POST', url: `${url}/check`, headers, body: utf8(JSON.stringify(asked)) },
        ...{ timeoutMs, maxBytes: MAX_ANSWER_BYTES },
      });
      if (!answered.ok) return { kind: 'unavailable', code: answered.error.code };
      const { status, body } = answered.value;
      if (status === 401 || status === 403) return { kind: 'unavailable', code: 'not-let-in' };
      if (status !== 200) return { kind: 'unavailable', code: 'away' };
      const said = findJson(checkedSchema, body);
      if (said?.reference !== reference) return { kind: 'unavailable', code: 'unreadable' };
      return said.outcome === 'person'
        ? { kind: 'person', name: said.name, number: said.cardNumber }
        : { kind: 'refused', why: said.outcome };
    },
  };
}
