/** A staff member's browser, as far as plain forms need one. */
import { request } from 'node:http';
import type { Platform } from '../server.ts';

/** What a page answered. */
export interface PageAnswer {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
}

export type TestStaff = Awaited<ReturnType<typeof signInAs>>;

/** Sends one request with exactly these headers. */
export function send(
  url: string,
  method: 'GET' | 'POST',
  headers: Record<string, string>,
  fields?: Record<string, string>,
): Promise<PageAnswer & { readonly cookie: string | undefined; readonly policy: string }> {
  const body = fields ? new URLSearchParams(fields).toString() : '';
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        headers: { ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(pieces).toString('utf8'),
            location: response.headers.location ?? null,
            cookie: response.headers['set-cookie']?.[0],
            policy: String(response.headers['content-security-policy']),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Signs in; `status` tells whether it went well. */
export async function signInAs(platform: Platform, name: string, password: string) {
  const { deskUrl } = platform;
  const origin = { origin: deskUrl };
  const entered = await send(`${deskUrl}/sign-in`, 'POST', origin, { name, password });
  const cookie = entered.cookie?.split(';')[0] ?? '';

  async function get(path: string): Promise<PageAnswer> {
    return send(`${deskUrl}${path}`, 'GET', { cookie });
  }

  /** Posts to `path` with the token of the page there, or with the fields given instead. */
  async function post(path: string, fields: Record<string, string>): Promise<PageAnswer> {
    const { text } = await get(path);
    const token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
    return send(`${deskUrl}${path}`, 'POST', { cookie, ...origin }, { token, ...fields });
  }

  /** Does one thing to a case, as the form on its page would; a refusal says what can still be done unless `fields` do. */
  async function act(
    caseId: string,
    action: string,
    fields: Record<string, string> = {},
  ): Promise<PageAnswer> {
    const { text } = await get(`/cases/${caseId}`);
    const seen = /name="seen" value="(\d+)"/.exec(text)?.[1] ?? '1';
    const actionKey = /name="actionKey" value="([^"]+)"/.exec(text)?.[1] ?? 'none';
    const remedy: Record<string, string> =
      action === 'refuse' ? { 'remedy-words': '带户口本到镇便民中心再办' } : {};
    return post(`/cases/${caseId}`, { action, seen, actionKey, ...remedy, ...fields });
  }

  return { status: entered.status, setCookie: entered.cookie, cookie, get, post, act, text: entered.text };
}
