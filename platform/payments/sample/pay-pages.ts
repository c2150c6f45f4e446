/** Where the sample's QR codes lead: what a telephone would show, to pay or to refuse. For a developer's machine alone. */
import type { FastifyInstance } from 'fastify';
import { addForms, formOf } from '../../pages/forms.ts';
import { type Html, html, page } from '../../pages/html.ts';
import { pageHeaders, STYLE } from '../../pages/style.ts';
import { yuanInWords } from '../rows.ts';
import type { SampleProvider } from './sample-provider.ts';

const HEADERS = pageHeaders({ script: false, pictures: false });

/** Adds the pages under `/pay/`. */
export function addPayPages(
  app: FastifyInstance,
  provider: Pick<SampleProvider, 'findByToken' | 'pay' | 'payable'>,
): void {
  addForms(app);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS);
  });
  const send = (body: Html) => page('付款（示例）', html`<main class="slip">${body}</main>`, '/pay/');
  app.get('/pay/style.css', (_request, reply) => reply.type('text/css').send(STYLE));
  app.get('/pay', (_request, reply) => reply.type('text/html').send(send(listView(provider))));
  app.get<{ Params: { token: string } }>('/pay/:token', (request, reply) =>
    reply.type('text/html').send(send(orderView(provider, request.params.token))),
  );
  app.post<{ Params: { token: string } }>('/pay/:token', (request, reply) => {
    const { token } = request.params;
    const order = provider.findByToken(token);
    const pays = formOf(request).do === 'pay';
    const done = order !== undefined && pays && provider.pay(order.reference);
    const words = done
      ? '付好了，请看机器屏幕'
      : pays
        ? '付不了：这个码不能付了'
        : '没有付。码还在，想付再扫';
    return reply.type('text/html').send(send(html`<h1>${words}</h1><p>这是示例，没有真的钱。</p>`));
  });
}

/** What a screen shows a code for now, to be paid without a phone. */
function listView(provider: Pick<SampleProvider, 'payable'>): Html {
  const orders = provider.payable();
  return html`<h1>付款（示例）</h1>
${orders.length === 0 ? html`<p>现在没有要付的。机器屏幕上出了付款码，再刷新这一页。</p>` : null}
${orders.map(
  ({ token, words, amountFen }) =>
    html`<p><a href="/pay/${token}">${words} ${yuanInWords(amountFen)}</a></p>`,
)}`;
}

function orderView(provider: Pick<SampleProvider, 'findByToken'>, token: string): Html {
  const order = provider.findByToken(token);
  if (order === undefined) return html`<h1>没有这个付款码</h1>`;
  const { amountFen, words, isOpen, isPaid } = order;
  const head = html`<h1>${words} ${yuanInWords(amountFen)}</h1><p>示例付款，没有真的钱。</p>`;
  if (isPaid) return html`${head}<p class="done">已经付了</p>`;
  if (!isOpen) return html`${head}<p class="wait">已经关了，不能付了</p>`;
  return html`${head}<form method="post" action="/pay/${token}" class="card">
<button class="main" name="do" value="pay">付</button>
<button name="do" value="refuse">不付</button></form>`;
}
