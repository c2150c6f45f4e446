/**
 * The desk: pages where staff of a village, a town, a department or the county see and handle their own cases. Plain HTML
 * and forms. Every request is judged by the table of `access/` and put on record before it is served.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { utf8 } from '../../base/bytes.ts';
import type { Disk } from '../../base/disk.ts';
import { faultFields } from '../../base/log.ts';
import type { DataSet } from '../../catalog/data-set.ts';
import { cellOf, isAllowed, type Operation } from '../access/table.ts';
import type { DueRules } from '../cases/due.ts';
import type { PlatformContext } from '../context.ts';
import { newServer, ownOrigin, type TlsFiles } from '../listening.ts';
import { addFonts } from '../pages/fonts.ts';
import { addForms, formOf } from '../pages/forms.ts';
import { type Html, html, page } from '../pages/html.ts';
import { pageHeaders, STYLE } from '../pages/style.ts';
import { type DeskAnswer, type DeskCall, type NavigationPath, NOT_HERE, tokenField } from './call.ts';
import type { FleetDesk } from './fleet/fleet-desk.ts';
import { FLEET_SCRIPT, FLEET_STYLE, LIVE_HEADER } from './fleet/live.ts';
import { ROLLOUT_STYLE } from './fleet/rollout-style.ts';
import { isSame } from './passwords.ts';
import { PICTURE_SCRIPT } from './picture-field.ts';
import { roleOf } from './roles.ts';
import { type DeskRoute, ROUTES } from './routes.ts';
import { endSession, findSession, LONGEST_MS, type Session } from './sessions.ts';
import { signIn, signInLimits, signInPage } from './sign-in.ts';
import { deskName } from './staff.ts';
import { noteAct, subjectOf } from './staff-log.ts';
import { createStreams } from './streams.ts';

/** How the desk is reached. */
export interface DeskOptions {
  /** Of the gateway: what enrolment codes name. */
  readonly gatewayUrl: string;
  /** Its own origin when it stands behind a proxy; else where it listens. */
  readonly origin: string | null;
  readonly tls: TlsFiles | null;
  /** The font's package folder. */
  readonly fonts: Disk | null;
  /** A case with so many working days left, or fewer, is warned of. */
  readonly warnWorkingDays: number;
  /** What may be fetched, by name. */
  readonly dataSets: () => readonly DataSet[];
  /** The machines. */
  readonly fleet: FleetDesk;
}

const COOKIE = 'desk';
const HEADERS = pageHeaders({ script: true, pictures: true });
const LIVE_HEADERS = pageHeaders({ script: true, pictures: false, live: true });

/** The desk as a Fastify instance, not listening yet. */
export function createDesk(context: PlatformContext, options: DeskOptions): FastifyInstance {
  const app = newServer(options.tls);
  const limits = signInLimits(context);
  const streams = createStreams(context.clock);
  const { gatewayUrl, warnWorkingDays, fleet } = options;
  const due: DueRules = { calendar: context.calendar, warnWorkingDays };
  app.addHook('preClose', async () => streams.stop());
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
  app.get('/picture.js', (_request, reply) => reply.type('text/javascript').send(PICTURE_SCRIPT));
  app.get('/fleet.js', (_request, reply) => reply.type('text/javascript').send(FLEET_SCRIPT));
  app.get('/style.css', (_request, reply) =>
    reply.type('text/css').send(STYLE + FLEET_STYLE + ROLLOUT_STYLE),
  );
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
    if (session && isFromOwnForm(context, session, request)) {
      await noteAct(context, {
        ...{ staff: session.staff, operation: 'door.sign-out', subject: '', isAllowed: true },
      });
      await endSession(context, session.tokenHash);
    }
    return goTo(reply.header('set-cookie', cookie('', 0, options)), '/sign-in');
  });

  for (const route of ROUTES) {
    app.route({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => {
        // What a page asks for by itself keeps nobody signed in but a maintainer, who sees no case.
        const isLive = route.isLive === true || request.headers[LIVE_HEADER] !== undefined;
        const session = await findSession(context, tokenOf(request), {
          prolongs: (deskCode) => !isLive || roleOf(deskCode) === 'maintainer',
        });
        if (!session) return goTo(reply, '/sign-in');
        const call: DeskCall = {
          ...{ context, session, due, gatewayUrl, fleet, dataSets: options.dataSets() },
          level: roleOf(session.staff.deskCode),
          query: (request.query ?? {}) as Record<string, unknown>,
          params: (request.params ?? {}) as Record<string, string>,
          form: formOf(request),
        };
        const isOwnForm = route.method === 'GET' || isFromOwnForm(context, session, request);
        const answer = await answerTo(route, call, isOwnForm);
        if (answer === null) return reply.code(403).type('text/plain').send('403');
        if ('goTo' in answer) return goTo(reply, answer.goTo);
        if ('file' in answer) return sendFile(reply, answer);
        if ('stream' in answer) return streams.begin(reply, answer.stream);
        if (answer.live) reply.headers(LIVE_HEADERS);
        const body = html`${bar(call, answer.at)}${answer.body}`;
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

/**
 * Judged by the table, and on record either way before anything is done; what they may not do is as if it were not
 * there. `null` where a form is another site's.
 */
async function answerTo(route: DeskRoute, call: DeskCall, isOwnForm: boolean): Promise<DeskAnswer | null> {
  const { context, level, session } = call;
  const operation = route.operationOf(call.form);
  if (operation === undefined) return NOT_HERE;
  if (route.path === '/' && !isAllowed(operation, level, true)) return { goTo: FLEET };
  const isOwn = cellOf(operation, level) === 'own' && route.isOwn ? await route.isOwn(call) : true;
  const allowed = isAllowed(operation, level, isOwn);
  if (allowed && !isOwnForm) {
    context.log('platform.refused', { where: 'desk', why: 'form' });
    return null;
  }
  const { staff } = session;
  await noteAct(context, { staff, operation, subject: subjectOf(call), isAllowed: allowed });
  return allowed ? route.serve(call) : NOT_HERE;
}

/** Where whoever has no cases begins. */
const FLEET = '/fleet';

/** What the bar leads to, for those who may look at it; what belongs together stands together. */
const LINKS: readonly (readonly {
  readonly path: NavigationPath;
  readonly words: string;
  readonly look: Operation;
}[])[] = [
  [
    { path: '/', words: '办件', look: 'cases.list' },
    { path: '/agents', words: '代办员', look: 'agents.list' },
    { path: '/authorities', words: '委托', look: 'authorities.list' },
    { path: '/cash', words: '现金', look: 'cash.list' },
    { path: '/ratings', words: '评价', look: 'ratings.list' },
  ],
  [
    { path: '/notices', words: '通知', look: 'notices.list' },
    { path: '/emergencies', words: '各村回应', look: 'emergencies.list' },
  ],
  [
    { path: FLEET, words: '机器一览', look: 'fleet.list' },
    { path: '/fleet/alerts', words: '机器告警', look: 'fleet-alerts.list' },
    { path: '/fleet/rollouts', words: '软件发布', look: 'rollouts.list' },
    { path: '/machines', words: '机器', look: 'machines.list' },
    { path: '/quarantine', words: '停用机器', look: 'quarantine.list' },
  ],
  [
    { path: '/misuse', words: '留意', look: 'misuse.list' },
    { path: '/alarms', words: '告警', look: 'alarms.list' },
    { path: '/fetches', words: '查过的资料', look: 'fetches.list' },
    { path: '/log', words: '工作记录', look: 'log.list' },
  ],
];

/** So many links stand beside the desk's name on one line; more have a line of their own. */
const LINKS_BESIDE = 9;

function bar({ context, session, level }: DeskCall, at?: NavigationPath): Html {
  const groups = LINKS.map((group) => group.filter(({ look }) => isAllowed(look, level, true))).filter(
    (group) => group.length > 0,
  );
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const link = ({ path, words }: (typeof LINKS)[number][number]) =>
    path === at
      ? html`<a href="${path}" aria-current="page">${words}</a>`
      : html`<a href="${path}">${words}</a>`;
  return html`<header class="bar${count > LINKS_BESIDE ? ' two-lines' : ''}"><strong>${deskName(context.county, session.staff.deskCode)} · 工位</strong>
<nav>${groups.map((group) => html`<span>${group.map(link)}</span>`)}</nav>
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
