/** `GET /metrics`, on a port of its own: neither terminals nor staff come here. */
import type { FastifyInstance } from 'fastify';
import { utf8 } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import { isSame } from '../desk/passwords.ts';
import { newServer, type TlsFiles } from '../listening.ts';
import type { FleetBook } from './book.ts';
import { metricsText } from './metrics.ts';

/** The server, not listening yet. With a `token` only who bears it is answered. */
export function createMetrics(
  context: Pick<PlatformContext, 'store' | 'crypto' | 'log'>,
  book: FleetBook,
  { token, tls }: { readonly token: string | null; readonly tls: TlsFiles | null },
): FastifyInstance {
  const app = newServer(tls);
  app.get('/metrics', async (request, reply) => {
    const { authorization = '' } = request.headers;
    if (token !== null && !isSame(context.crypto, utf8(authorization), utf8(`Bearer ${token}`))) {
      context.log('platform.refused', { where: 'metrics', why: 'token' });
      return reply.code(401).header('www-authenticate', 'Bearer').type('text/plain').send('401');
    }
    const rows = await context.store.db.selectFrom('counters').selectAll().execute();
    const numberOf = (name: string) => rows.find((row) => row.name === name)?.value ?? 0;
    const numbers = { entriesHeld: numberOf('held'), feedItems: numberOf('feed') };
    const text = metricsText(await book.view(), numbers);
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(text);
  });
  return app;
}
