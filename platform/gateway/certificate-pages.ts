/**
 * What a phone sees when it scans a certificate's QR code: whether the words on it are ours, and whether they still
 * count. They stand in the address's fragment, which no server or log ever sees; a script of one line hands them over.
 */
import type { FastifyInstance } from 'fastify';
import { findBase64Url } from '../../base/bytes.ts';
import { type CertificateWords, certificateFormat } from '../../sync/formats/certificate.ts';
import { verifyCertificate } from '../../sync/trust.ts';
import { findVoidedMs } from '../certificates/register.ts';
import { addForms, formOf } from '../pages/forms.ts';
import { type Html, html, page } from '../pages/html.ts';
import { pageHeaders, STYLE } from '../pages/style.ts';
import type { GatewayContext } from './call.ts';
import { certificateForm, certificateView } from './certificate-view.ts';

const SCRIPT = `const certificate = location.hash.slice(1);
if (certificate.startsWith('1.')) {
  document.getElementById('certificate').value = certificate.slice(2);
  history.replaceState(null, '', location.pathname);
  document.getElementById('scanned').submit();
}
`;

const HEADERS = pageHeaders({ script: true, pictures: false });
const TITLE = '验证明';

/** Adds the pages under `/c`; their font is that of the pages for slips. */
export function addCertificatePages(app: FastifyInstance, context: GatewayContext): void {
  app.register(async (pages) => {
    addForms(pages);
    pages.addHook('onRequest', async (_request, reply) => {
      reply.headers(HEADERS);
    });
    const send = (body: Html) => page(TITLE, html`<main class="slip">${body}</main>`, '/c/');

    pages.get('/c/style.css', (_request, reply) => reply.type('text/css').send(STYLE));
    pages.get('/c/scan.js', (_request, reply) => reply.type('text/javascript').send(SCRIPT));
    pages.get('/c', (_request, reply) => reply.type('text/html').send(send(certificateForm(null))));
    pages.post('/c', async (request, reply) => {
      const body = await checked(context, formOf(request).certificate ?? '');
      return reply.type('text/html').send(send(body));
    });
  });
}

async function checked(context: GatewayContext, text: string): Promise<Html> {
  const words = findOurs(context, text);
  if (words === undefined) return certificateForm('这张纸不是本县的机器打的，不要相信');
  const dataSet = context.broker?.dataSets().find(({ id }) => id === words.dataSet);
  const voidedMs = await findVoidedMs(context.store.db, words.number);
  return certificateView(words, { dataSet: dataSet ?? null, voidedMs });
}

/** The words, when a key that ever answered for this platform signed them. */
function findOurs({ crypto, keys }: GatewayContext, text: string): CertificateWords | undefined {
  const bytes = findBase64Url(text);
  const signed = bytes && certificateFormat.parse(bytes);
  if (!signed?.ok) return undefined;
  const isOurs = keys.keySets().some((keySet) => verifyCertificate(crypto, keySet, signed.value).ok);
  return isOurs ? signed.value.value : undefined;
}
