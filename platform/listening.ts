/** How a server of ours listens, and where it is found. */
import Fastify, { type FastifyInstance } from 'fastify';
import { invariant } from '../base/result.ts';

/** Certificate and key in PEM; without them plain HTTP, for a developer's own machine alone. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/**
 * A server, not listening yet. Who asks is read from the connection, never from a header. Waits in a poll are
 * longer than any request's, so only what is not a poll is cut short.
 */
export function newServer(tls: TlsFiles | null): FastifyInstance {
  const shared = {
    trustProxy: false,
    logger: false,
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
  } as const;
  const app = tls ? Fastify({ ...shared, https: { cert: tls.cert, key: tls.key } }) : Fastify(shared);
  return app as unknown as FastifyInstance;
}

/** The origin of a listening server by its own address. */
export function ownOrigin(app: FastifyInstance, isTls: boolean): string {
  const [bound] = app.addresses();
  invariant(bound !== undefined && typeof bound !== 'string', 'the server listens on a port');
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `${isTls ? 'https' : 'http'}://${host}:${bound.port}`;
}
