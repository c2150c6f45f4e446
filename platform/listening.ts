/** Where a server of ours is found. */
import type { FastifyInstance } from 'fastify';
import { invariant } from '../base/result.ts';

/** The origin of a listening server by its own address. */
export function ownOrigin(app: FastifyInstance, isTls: boolean): string {
  const [bound] = app.addresses();
  invariant(bound !== undefined && typeof bound !== 'string', 'the server listens on a port');
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `${isTls ? 'https' : 'http'}://${host}:${bound.port}`;
}
