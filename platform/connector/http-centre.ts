/** A case centre reached over HTTPS; `wire.ts` has the messages. */

import type { z } from 'zod';
import { utf8 } from '../../base/bytes.ts';
import { civilTime } from '../../base/calendar.ts';
import type { Fetch, HttpResponse } from '../../base/fetch.ts';
import { findJson } from '../../base/json.ts';
import type {
  AcceptDecision,
  CaseCentre,
  CentrePerson,
  Decided,
  FinishDecision,
  Found,
  Numbered,
  ReceivedCase,
  Sent,
} from './case-centre.ts';
import {
  ACCEPT_ACTION,
  type acceptSchema,
  FINISH_RESULT,
  type finishSchema,
  type LookedUp,
  lookedUpSchema,
  numberedSchema,
  type receiveSchema,
  refusalSchema,
  toldSchema,
} from './wire.ts';

/** How a centre is reached. */
export interface HttpCentreOptions {
  readonly fetch: Fetch;
  /** Without a slash at its end. */
  readonly url: string;
  /** What this county is to the centre. */
  readonly appId: string;
  /** Sent as `Authorization: Bearer`; never logged. */
  readonly key: string;
  readonly callTimeoutMs: number;
  readonly settleMs: number;
  /** Aborted when the program stops: calls under way are given up. */
  readonly signal?: AbortSignal;
}

const MAX_ANSWER_BYTES = 256 * 1024;
const REFUSED = 422;
/** The centre says itself that it did not look at it. */
const NOT_TAKEN: ReadonlySet<number> = new Set([401, 403, 429, 503]);

/** The centre at that address. */
export function httpCentre(options: HttpCentreOptions): CaseCentre {
  const { fetch, url, appId, key, callTimeoutMs, settleMs, signal } = options;
  const common = { timeoutMs: callTimeoutMs, maxBytes: MAX_ANSWER_BYTES, ...(signal && { signal }) };
  const authorization = `Bearer ${key}`;

  async function find(reference: string): Promise<Found> {
    const headers = { authorization };
    const answered = await fetch({ ...common, method: 'GET', url: `${url}/cases/${reference}`, headers });
    if (!answered.ok) return { kind: 'unavailable', code: 'away' };
    if (answered.value.status !== 200) return { kind: 'unavailable', code: codeOf(answered.value.status) };
    const read = findAnswer(lookedUpSchema, answered.value, reference);
    if (!read) return { kind: 'unavailable', code: 'unreadable' };
    return { kind: 'done', value: read.case && recordOf(read.case) };
  }

  async function post<A extends { readonly relBizId: string }, T>(
    path: 'receive' | 'accept' | 'finish',
    body: { readonly relBizId: string },
    answer: z.ZodType<A>,
    take: (read: A) => T,
  ): Promise<Sent<T>> {
    const headers = { authorization, 'content-type': 'application/json' };
    const content = utf8(JSON.stringify(body));
    const answered = await fetch({
      ...common,
      method: 'POST',
      url: `${url}/${path}`,
      headers,
      body: content,
    });
    // A connection that broke does not say when: the centre may have it.
    if (!answered.ok) return { kind: 'unknown', code: answered.error.code };
    const { status } = answered.value;
    if (NOT_TAKEN.has(status)) return { kind: 'unavailable', code: codeOf(status) };
    if (status === REFUSED) {
      const refusal = findAnswer(refusalSchema, answered.value, body.relBizId);
      return refusal ? { kind: 'refused', reason: refusal.refused } : { kind: 'unknown', code: 'unreadable' };
    }
    const read = status === 200 ? findAnswer(answer, answered.value, body.relBizId) : undefined;
    return read ? { kind: 'done', value: take(read) } : { kind: 'unknown', code: 'unreadable' };
  }

  return {
    callTimeoutMs,
    settleMs,
    find,
    receive: (one) => post('receive', receiveBody(appId, one), numberedSchema, numberedOf),
    accept: (one) => post('accept', acceptBody(appId, one), toldSchema, () => null),
    finish: (one) => post('finish', finishBody(appId, one), toldSchema, () => null),
  };
}

function codeOf(status: number): string {
  return status === 401 || status === 403 ? 'not-let-in' : 'away';
}

/** An answer of the right form that speaks of our reference; anything else says nothing. */
function findAnswer<A extends { readonly relBizId: string }>(
  schema: z.ZodType<A>,
  { body }: HttpResponse,
  reference: string,
): A | undefined {
  const read = findJson(schema, body);
  return read?.relBizId === reference ? read : undefined;
}

function numberedOf({ projId, projPwd }: { readonly projId: string; readonly projPwd: string }): Numbered {
  return { number: projId, password: projPwd };
}

function recordOf(found: NonNullable<LookedUp['case']>) {
  const { accepted, finished } = found;
  return {
    ...numberedOf(found),
    accepted: keyOf(ACCEPT_ACTION, accepted),
    finished: keyOf(FINISH_RESULT, finished),
  };
}

function keyOf<K extends string, V>(table: Readonly<Record<K, V>>, value: V | null): K | null {
  const known = Object.entries(table) as [K, V][];
  return known.find(([, one]) => one === value)?.[0] ?? null;
}

function receiveBody(appId: string, one: ReceivedCase): z.infer<typeof receiveSchema> {
  return {
    appId,
    relBizId: one.reference,
    matterCode: one.matterCode,
    projectName: `关于${one.applicant?.name ?? '村民'}申请${one.matterName}`,
    applicantVO: personBody(one.applicant),
    contactVO: personBody(one.contact),
    areaCode: one.areaCode,
    gmtApply: timeOf(one.submittedMs),
    affFormInfo: one.form.map(({ label, value }) => ({ label, value })),
    suffInfoList: one.materials.map(({ mediaType, bytes }) => ({ mediaType, bytes })),
    extInfo: { localNumber: one.localNumber, villageName: one.villageName },
  };
}

function personBody(person: CentrePerson | null): z.infer<typeof receiveSchema>['applicantVO'] {
  return person && { name: person.name, cardNumber: person.number, address: person.address };
}

function acceptBody(appId: string, one: Decided<AcceptDecision>): z.infer<typeof acceptSchema> {
  const doAction = ACCEPT_ACTION[one.decision];
  return { ...decidedBody(appId, one), doAction, gmtAccept: timeOf(one.atMs) };
}

function finishBody(appId: string, one: Decided<FinishDecision>): z.infer<typeof finishSchema> {
  return {
    ...decidedBody(appId, one),
    doAction: one.decision === 'withdrawn' ? 1 : 0,
    result: FINISH_RESULT[one.decision],
    gmtService: timeOf(one.atMs),
  };
}

function decidedBody(appId: string, one: Decided<string>) {
  const { number: projId, password: projPwd } = one.numbered;
  return { appId, relBizId: one.reference, projId, projPwd, deptCode: one.deskCode, memo: one.words };
}

/** `yyyy-MM-dd HH:mm:ss` in China. */
function timeOf(ms: number): string {
  const { year, month, day, hour, minute, second } = civilTime(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
