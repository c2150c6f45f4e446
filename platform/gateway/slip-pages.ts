/**
 * What a phone sees when it scans a slip's QR code, or types its number: whether an enrolled machine said so,
 * and how far the case is. The slip stands in the address's fragment, which no server or log ever sees; a
 * script of one line hands it over.
 */
import type { FastifyInstance } from 'fastify';
import { findBase64Url } from '../../base/bytes.ts';
import type { Disk } from '../../base/disk.ts';
import { parseSlip, type Slip } from '../../sync/formats/slip.ts';
import { verifySlip } from '../../sync/trust.ts';
import { lookUp } from '../cases/look-up.ts';
import { addFonts } from '../pages/fonts.ts';
import { addForms, formOf } from '../pages/forms.ts';
import { type Html, html, page } from '../pages/html.ts';
import { pageHeaders, STYLE } from '../pages/style.ts';
import { findTerminal } from '../terminals/terminals.ts';
import type { GatewayContext } from './call.ts';
import { lookupView, slipForm } from './slip-view.ts';

const SCRIPT = `const slip = location.hash.slice(1);
if (slip.startsWith('1.')) {
  document.getElementById('slip').value = slip.slice(2);
  history.replaceState(null, '', location.pathname);
  document.getElementById('scanned').submit();
}
`;

const HEADERS = pageHeaders({ script: true, pictures: false });

/** Adds the pages under `/s`. */
export function addSlipPages(app: FastifyInstance, context: GatewayContext, fonts: Disk | null): void {
  app.register(async (pages) => {
    addForms(pages);
    addFonts(pages, fonts);
    pages.addHook('onRequest', async (_request, reply) => {
      reply.headers(HEADERS);
    });
    const send = (title: string, body: Html) => page(title, html`<main class="slip">${body}</main>`, '/s/');

    pages.get('/s/style.css', (_request, reply) => reply.type('text/css').send(STYLE));
    pages.get('/s/scan.js', (_request, reply) => reply.type('text/javascript').send(SCRIPT));
    pages.get('/s', (_request, reply) => reply.type('text/html').send(send('查进度', slipForm(null))));
    pages.post('/s', async (request, reply) => {
      const form = formOf(request);
      const body = form.slip
        ? await scanned(context, form.slip, request.ip)
        : await typed(context, form, request.ip);
      return reply.type('text/html').send(send('查进度', body));
    });
  });
}

const TOO_OFTEN = '查得太勤了，过一会儿再试';

/** A scanned slip holds both number and code; its signature is checked first. */
async function scanned(context: GatewayContext, text: string, remote: string): Promise<Html> {
  const asker = `scan/${remote}`;
  if (context.limits.slipsByTerminal.spend(asker) > 0) return slipForm(TOO_OFTEN);
  const bytes = findBase64Url(text);
  const slip = bytes ? parseSlip(bytes) : undefined;
  if (!slip?.ok) return slipForm('这个二维码不是回执上的');
  if (!(await isFromOurs(context, slip.value))) return slipForm('这张回执不是本县的机器出的');
  // Only what proves nothing costs: whoever has the slip may look as often as they like.
  context.limits.slipsByTerminal.forgive(asker);
  const { localNumber, slipCode, wallMs } = slip.value.value;
  return lookupView(localNumber, await lookUp(context, { localNumber, slipCode }), wallMs);
}

/** Signed by a terminal that was certified here and is not revoked. */
async function isFromOurs(context: GatewayContext, slip: Slip): Promise<boolean> {
  const isSigned = context.keys.keySets().some((keySet) => verifySlip(context.crypto, keySet, slip).ok);
  const terminal = isSigned ? await findTerminal(context.store.db, slip.cert.value.terminalId) : undefined;
  return terminal !== undefined && !terminal.isRevoked;
}

async function typed(
  context: GatewayContext,
  form: Readonly<Record<string, string>>,
  remote: string,
): Promise<Html> {
  const localNumber = (form.number ?? '').replaceAll(/\D/g, '');
  const slipCode = (form.code ?? '').replaceAll(/\D/g, '');
  if (localNumber.length !== 12 || slipCode.length !== 6) return slipForm('编号是 12 位，查询码是 6 位');
  const waitS = Math.max(
    context.limits.slipsByTerminal.spend(`phone/${remote}`),
    context.limits.slipsByNumber.spend(localNumber),
  );
  if (waitS > 0) return slipForm(TOO_OFTEN);
  const content = await lookUp(context, { localNumber, slipCode });
  return content.found ? lookupView(localNumber, content, null) : slipForm('没有查到，请核对编号和查询码');
}
