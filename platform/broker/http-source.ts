/** A source of shared data reached over HTTPS; `wire.ts` has the messages. */
import type { z } from 'zod';
import { utf8 } from '../../base/bytes.ts';
import type { Fetch, HttpResponse } from '../../base/fetch.ts';
import { findJson } from '../../base/json.ts';
import type { DataSource } from './data-source.ts';
import { type askSchema, laterSchema, recordsSchema } from './wire.ts';

/** How a source is reached. */
export interface HttpSourceOptions {
  readonly fetch: Fetch;
  /** Without a slash at its end. */
  readonly url: string;
  /** What this county is to the source. */
  readonly appId: string;
  /** Sent as `Authorization: Bearer`; never logged. */
  readonly key: string;
  readonly timeoutMs: number;
}

const MAX_ANSWER_BYTES = 256 * 1024;

/** The source at that address. */
export function httpSource({ fetch, url, appId, key, timeoutMs }: HttpSourceOptions): DataSource {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return {
    async fetch({ reference, dataSet, person, parameters }, signal) {
      const { number: cardNumber, name } = person ?? { number: null, name: null };
      const asked: z.infer<typeof askSchema> = { appId, reference, cardNumber, name, parameters };
      const answered = await fetch({
        ...{ method: 'POST', url: `${url}/${dataSet}`, headers, body: utf8(JSON.stringify(asked)) },
        ...{ timeoutMs, maxBytes: MAX_ANSWER_BYTES, signal },
      });
      if (!answered.ok) return { kind: 'unavailable', code: answered.error.code };
      const { status } = answered.value;
      if (status === 401 || status === 403) return { kind: 'unavailable', code: 'not-let-in' };
      if (status === 202) {
        const later = findAnswer(laterSchema, answered.value, reference);
        return later ? { kind: 'later', afterS: later.afterS } : { kind: 'unavailable', code: 'unreadable' };
      }
      if (status !== 200) return { kind: 'unavailable', code: 'away' };
      const read = findAnswer(recordsSchema, answered.value, reference);
      if (!read) return { kind: 'unavailable', code: 'unreadable' };
      return { kind: 'records', number: read.cardNumber, asOfMs: read.asOfMs, records: read.records };
    },
  };
}

/** An answer of the right form to our reference; anything else says nothing. */
function findAnswer<A extends { readonly reference: string }>(
  schema: z.ZodType<A>,
  { body }: HttpResponse,
  reference: string,
): A | undefined {
  const read = findJson(schema, body);
  return read?.reference === reference ? read : undefined;
}
