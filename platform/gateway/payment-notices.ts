/** Where a payment provider sends its notices: bytes in, a signed word out. Who sent them is seen by their signature alone. */
import type { FastifyInstance } from 'fastify';
import type { NoticeDoor } from '../payments/notices.ts';
import { MAX_NOTICE_BYTES, NOTICE_PATH } from '../payments/wire.ts';

/** Adds the one address. */
export function addPaymentNotices(app: FastifyInstance, door: NoticeDoor): void {
  app.register(async (scope) => {
    // The bytes stay as they were sent: they are what was signed.
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: MAX_NOTICE_BYTES },
      async (_request: unknown, body: Buffer) => body,
    );
    scope.post(NOTICE_PATH, { bodyLimit: MAX_NOTICE_BYTES }, async (request, reply) => {
      const body = request.body instanceof Uint8Array ? new Uint8Array(request.body) : new Uint8Array();
      const said = await door({ headers: request.headers, body });
      const headers = { ...said.headers, 'cache-control': 'no-store' };
      return reply.code(said.status).headers(headers).type('application/json').send(Buffer.from(said.body));
    });
  });
}
