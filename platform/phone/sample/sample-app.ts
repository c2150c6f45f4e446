/**
 * The province's app made up, over real HTTP on this machine: a page on which each sample person shows their code, signed
 * or one that only the service behind the app can read, and that service. For a developer's machine and for tests alone.
 */
import Fastify from 'fastify';
import { encode } from 'uqr';
import { toHex } from '../../../base/bytes.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Crypto, SigningKey } from '../../../base/crypto/api.ts';
import type { Random } from '../../../base/random.ts';
import { phoneCodeText } from '../../../sync/formats/phone-code.ts';
import { ownOrigin } from '../../listening.ts';
import { type Html, html, page } from '../../pages/html.ts';
import { pageHeaders, STYLE } from '../../pages/style.ts';
import { checkSchema } from '../wire.ts';

/** Somebody made up who has the app. */
export interface SamplePhoneUser {
  readonly name: string;
  readonly number: string;
}

/** An app that listens. */
export interface SampleApp {
  /** Where the service behind it begins. */
  readonly url: string;
  /** Where its people show their codes. */
  readonly pageUrl: string;
  /** The form of codes that only it can read, a regular expression. */
  readonly onlineForm: string;
  /** The code that one of the people shows now, anew each time. */
  codeOf(person: SamplePhoneUser, kind?: 'signed' | 'unread'): string;
  stop(): Promise<void>;
}

const GOOD_FOR_MS = 60_000;
/** Before the code on it is old. */
const REFRESH_S = 45;
const UNREAD = 'zlbsample:';

/** Starts it on a free port of this machine. */
export async function startSampleApp(options: {
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  readonly people: readonly SamplePhoneUser[];
  readonly key: SigningKey;
  /** What callers of the service must know. */
  readonly callersKey: string;
}): Promise<SampleApp> {
  const { clock, random, crypto, people, key, callersKey } = options;
  const shown = new Map<
    string,
    { readonly person: SamplePhoneUser; readonly expires: number; used: boolean }
  >();

  function codeOf(person: SamplePhoneUser, kind: 'signed' | 'unread' = 'signed'): string {
    const issuedAt = Math.floor(clock.wallMs());
    const expires = issuedAt + GOOD_FOR_MS;
    const { name, number } = person;
    if (kind === 'signed')
      return phoneCodeText(crypto, key, { codeId: random.bytes(16), name, number, issuedAt, expires });
    const code = `${UNREAD}${toHex(random.bytes(16))}`;
    shown.set(code, { person, expires, used: false });
    return code;
  }

  function judge(code: string) {
    const known = shown.get(code);
    if (known === undefined) return { outcome: code.startsWith(UNREAD) ? 'forged' : 'not-a-code' };
    if (known.used) return { outcome: 'used' };
    known.used = true;
    if (clock.wallMs() > known.expires) return { outcome: 'old' };
    return { outcome: 'person', name: known.person.name, cardNumber: known.person.number };
  }

  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.post('/check', async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${callersKey}`) return reply.code(401).send({});
    const read = checkSchema.safeParse(request.body);
    if (!read.success) return reply.code(400).send({});
    return { reference: read.data.reference, ...judge(read.data.code) };
  });
  app.register(async (pages) => {
    pages.addHook('onRequest', async (_request, reply) => {
      reply.headers(pageHeaders({ script: false, pictures: false }));
    });
    const send = (body: Html) => page('身份码（示例）', html`<main class="slip">${body}</main>`, '/phone/');
    pages.get('/phone/style.css', (_request, reply) => reply.type('text/css').send(STYLE));
    pages.get('/phone', (_request, reply) => reply.type('text/html').send(send(peopleView(people))));
    pages.get<{ Params: { at: string }; Querystring: { kind?: string } }>('/phone/:at', (request, reply) => {
      const person = people[Number(request.params.at)];
      if (person === undefined) return reply.code(404).send('');
      const code = codeOf(person, request.query.kind === 'unread' ? 'unread' : 'signed');
      return reply
        .header('refresh', String(REFRESH_S))
        .type('text/html')
        .send(send(codeView(person, code)));
    });
    pages.get<{ Params: { at: string }; Querystring: { kind?: string } }>(
      '/phone/:at/code',
      (request, reply) => {
        const person = people[Number(request.params.at)];
        if (person === undefined) return reply.code(404).send('');
        const kind = request.query.kind === 'unread' ? 'unread' : 'signed';
        return reply.type('text/plain').send(codeOf(person, kind));
      },
    );
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = ownOrigin(app, false);
  return { url, pageUrl: `${url}/phone`, onlineForm: `^${UNREAD}`, codeOf, stop: () => app.close() };
}

/** Nobody real; the address names nobody either. */
function peopleView(people: readonly SamplePhoneUser[]): Html {
  return html`<h1>身份码（示例）</h1><p class="wait">这一页替代省里的手机应用：人都是编的，码只有示例机器认。</p>
<ul>${people.map(({ name }, at) => html`<li><a href="/phone/${at}">${name}</a></li>`)}</ul>`;
}

function codeView({ name }: SamplePhoneUser, code: string): Html {
  return html`<h1>${name}的身份码</h1>${qrView(code)}
<p>一分钟内有效，只能用一次。这一页会自己换新码。</p><p><code>${code}</code></p><p><a href="/phone">换个人</a></p>`;
}

/** Empty modules a scanner needs at each side. */
const QUIET = 4;

function qrView(text: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
    .join('');
  const side = size + 2 * QUIET;
  return html`<svg viewBox="0 0 ${side} ${side}" width="360" height="360" role="img" aria-label="身份码"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000" shape-rendering="crispEdges"/></svg>`;
}
