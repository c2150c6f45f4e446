/** The desk: pages where staff of one town, or of the county, see and handle their cases. Plain HTML and forms. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { utf8 } from '../../base/bytes.ts';
import type { Disk } from '../../base/disk.ts';
import { faultFields } from '../../base/log.ts';
import type { DataSet } from '../../catalog/data-set.ts';
import type { PlatformContext } from '../context.ts';
import { newServer, ownOrigin, type TlsFiles } from '../listening.ts';
import { addFonts } from '../pages/fonts.ts';
import { addForms, formOf } from '../pages/forms.ts';
import { type Html, html, page } from '../pages/html.ts';
import { pageHeaders, STYLE } from '../pages/style.ts';
import { accountPage } from './account-page.ts';
import { alarmsPage, markSeen } from './alarms-page.ts';
import { attachmentFile } from './attachments.ts';
import { type DeskAnswer, type DeskCall, type NavigationPath, tokenField } from './call.ts';
import { actOnPage, casePage } from './case-page.ts';
import { offerAgainPage } from './centre-page.ts';
import { fetchesPage } from './fetches-page.ts';
import { listPage } from './list-page.ts';
import { actOnMachine, machinePage } from './machine-page.ts';
import { actOnMachines, machinesPage } from './machines-page.ts';
import { actOnNotices, noticesPage } from './notices-page.ts';
import { isSame } from './passwords.ts';
import { quarantinePage, settleOnPage } from './quarantine-page.ts';
import { endSession, findSession, LONGEST_MS, type Session } from './sessions.ts';
import { signIn, signInLimits, signInPage } from './sign-in.ts';
import { deskName } from './staff.ts';

/** How the desk is reached. */
export interface DeskOptions {
  /** Of the gateway: what enrolment codes name. */
  readonly gatewayUrl: string;
  /** Its own origin when it stands behind a proxy; else where it listens. */
  readonly origin: string | null;
  readonly tls: TlsFiles | null;
  /** The font's package folder. */
  readonly fonts: Disk | null;
  /** What may be fetched, by name. */
  readonly dataSets: () => readonly DataSet[];
}

type DeskPage = (call: DeskCall) => Promise<DeskAnswer>;

const COOKIE = 'desk';
const HEADERS = pageHeaders({ script: false, pictures: true });

/** Every page, and who may ask for it. */
const PAGES: readonly {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly countyOnly: boolean;
  readonly serve: DeskPage;
}[] = [
  { method: 'GET', path: '/', countyOnly: false, serve: listPage },
  { method: 'GET', path: '/cases/:caseId', countyOnly: false, serve: casePage },
  { method: 'POST', path: '/cases/:caseId', countyOnly: false, serve: actOnPage },
  { method: 'GET', path: '/cases/:caseId/attachments/:hash', countyOnly: false, serve: attachmentFile },
  { method: 'POST', path: '/cases/:caseId/centre', countyOnly: false, serve: offerAgainPage },
  { method: 'GET', path: '/machines', countyOnly: true, serve: machinesPage },
  { method: 'POST', path: '/machines', countyOnly: true, serve: actOnMachines },
  { method: 'GET', path: '/machines/:terminalId', countyOnly: true, serve: machinePage },
  { method: 'GET', path: '/machines/:terminalId/account', countyOnly: true, serve: accountPage },
  { method: 'POST', path: '/machines/:terminalId', countyOnly: true, serve: actOnMachine },
  { method: 'GET', path: '/notices', countyOnly: false, serve: noticesPage },
  { method: 'POST', path: '/notices', countyOnly: false, serve: actOnNotices },
  { method: 'GET', path: '/quarantine', countyOnly: true, serve: quarantinePage },
  { method: 'POST', path: '/quarantine', countyOnly: true, serve: settleOnPage },
  { method: 'GET', path: '/fetches', countyOnly: true, serve: fetchesPage },
  { method: 'GET', path: '/alarms', countyOnly: true, serve: alarmsPage },
  { method: 'POST', path: '/alarms', countyOnly: true, serve: markSeen },
];

/** The desk as a Fastify instance, not listening yet. */
export function createDesk(context: PlatformContext, options: DeskOptions): FastifyInstance {
  const app = newServer(options.tls);
  const limits = signInLimits(context);
  app.removeAllContentTypeParsers();
  addForms(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    const trouble = findStranger(request, options.origin ?? ownOrigin(app, options.tls !== null));
    if (!trouble) return;
    context.log('platform.refused', { where: 'desk', why: trouble });
    return reply.code(403).type('text/plain').send('403');
  });

  addFonts(app, options.fonts);
  app.get('/style.css', (_request, reply) => reply.type('text/css').send(STYLE));
  app.get('/sign-in', (_request, reply) => sendPage(reply, '登录', signInPage(null)));
  app.post('/sign-in', async (request, reply) => {
    const { name = '', password = '' } = formOf(request);
    const outcome = await signIn(context, limits, { name, password, address: request.ip });
    if ('trouble' in outcome) {
      return sendPage(reply.code(outcome.status), '登录', signInPage(outcome.trouble));
    }
    return goTo(reply.header('set-cookie', cookie(outcome.token, LONGEST_MS / 1000, options)), '/');
  });
  app.post('/sign-out', async (request, reply) => {
    const session = await findSession(context, tokenOf(request));
    if (session && isFromOwnForm(context, session, request)) await endSession(context, session.tokenHash);
    return goTo(reply.header('set-cookie', cookie('', 0, options)), '/sign-in');
  });

  for (const { method, path, countyOnly, serve } of PAGES) {
    app.route({
      method,
      url: path,
      handler: async (request, reply) => {
        const session = await findSession(context, tokenOf(request));
        if (!session) return goTo(reply, '/sign-in');
        const isCounty = session.staff.deskCode === context.county.code;
        if (countyOnly && !isCounty) return sendNothing(reply);
        if (method === 'POST' && !isFromOwnForm(context, session, request)) {
          context.log('platform.refused', { where: 'desk', why: 'form' });
          return reply.code(403).type('text/plain').send('403');
        }
        const answer = await serve({
          ...{ context, session, isCounty, gatewayUrl: options.gatewayUrl, dataSets: options.dataSets() },
          query: (request.query ?? {}) as Record<string, unknown>,
          params: (request.params ?? {}) as Record<string, string>,
          form: formOf(request),
        });
        if ('goTo' in answer) return goTo(reply, answer.goTo);
        if ('file' in answer) return sendFile(reply, answer);
        const body = html`${bar(context, session, isCounty, answer.at)}${answer.body}`;
        return sendPage(reply.code(answer.status ?? 200), answer.title, body);
      },
    });
  }

  app.setNotFoundHandler((_request, reply) => sendNothing(reply));
  app.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) context.log('program.fault', { program: 'desk', ...faultFields(error) });
    return reply
      .code(status >= 500 ? 500 : status)
      .type('text/plain')
      .send(String(status));
  });
  return app;
}

function sendNothing(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain').send('404');
}

function bar(context: PlatformContext, session: Session, isCounty: boolean, at?: NavigationPath): Html {
  const link = (path: NavigationPath, words: string) =>
    path === at
      ? html`<a href="${path}" aria-current="page">${words}</a>`
      : html`<a href="${path}">${words}</a>`;
  return html`<header class="bar"><strong>${deskName(context.county, session.staff.deskCode)} · 工位</strong>
<nav>${link('/', '办件')}${link('/notices', '通知')}${isCounty ? [link('/machines', '机器'), link('/fetches', '查过的资料'), link('/quarantine', '停用机器'), link('/alarms', '告警')] : null}</nav>
<form method="post" action="/sign-out">${tokenField(session)}<span>${session.staff.name}</span><button class="plain">退出</button></form></header>`;
}

function isFromOwnForm(context: PlatformContext, session: Session, request: FastifyRequest): boolean {
  return isSame(context.crypto, utf8(formOf(request).token ?? ''), utf8(session.formToken));
}

/** Why a request is not from our own pages: another host name, another origin. */
function findStranger(request: FastifyRequest, origin: string): string | undefined {
  if (request.headers.host !== new URL(origin).host) return 'host';
  const site = request.headers['sec-fetch-site'];
  if (request.method !== 'GET' && request.headers.origin !== origin) return 'origin';
  if (request.headers.origin !== undefined && request.headers.origin !== origin) return 'origin';
  if (request.method !== 'GET' && site !== undefined && site !== 'same-origin') return 'site';
  return undefined;
}

function tokenOf(request: FastifyRequest): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}

function cookie(token: string, maxAgeS: number, options: DeskOptions): string {
  const secure = options.tls || options.origin?.startsWith('https:') ? '; Secure' : '';
  return `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeS}${secure}`;
}

function goTo(reply: FastifyReply, path: string): FastifyReply {
  return reply.redirect(path, 303);
}

/** A file is read by nothing but what its type says, and runs nothing. */
function sendFile(
  reply: FastifyReply,
  { file, type, disposition }: Extract<DeskAnswer, { readonly file: Uint8Array }>,
): FastifyReply {
  return reply
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
    .header('content-disposition', disposition)
    .type(type)
    .send(Buffer.from(file.buffer, file.byteOffset, file.length));
}

function sendPage(reply: FastifyReply, title: string, body: Html): FastifyReply {
  return reply.type('text/html').send(page(`${title} · 一站工位`, body, '/'));
}
