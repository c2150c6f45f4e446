/** What can go wrong on the way to a payment provider and back, done to one real HTTP exchange. */
import type { FastifyReply } from 'fastify';
import { toHex, utf8 } from '../../../base/bytes.ts';
import type { Random } from '../../../base/random.ts';
import type { Seals } from '../signing.ts';

/** Every fault. With the first two nothing was done; with all others it was, and nobody heard it rightly. */
export const PROVIDER_FAULTS = [
  'away',
  'cut-before',
  'lost-reply',
  'silent',
  'not-signed',
  'bent',
  'of-another-call',
  'another-reference',
  'garbage',
] as const;
export type ProviderFault = (typeof PROVIDER_FAULTS)[number];

/** What a call is answered. */
export interface Reply {
  readonly status: number;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Answers one call as `fault` wants it; `work` does what was asked. */
export async function answerWith(
  reply: FastifyReply,
  fault: ProviderFault | null,
  work: () => Reply,
  by: { readonly seals: Seals; readonly appId: string; readonly id: string; readonly random: Random },
): Promise<FastifyReply> {
  const hangUp = () => {
    reply.hijack();
    reply.raw.socket?.destroy();
    return reply;
  };
  const send = ({ status, content }: Reply, id = by.id) => {
    const body = utf8(JSON.stringify(content));
    const about = String(status);
    const signed = by.seals.headers({ kind: 'answer', appId: by.appId, id, about }, body);
    return reply.code(status).headers(signed).type('application/json').send(Buffer.from(body));
  };
  if (fault === 'away') return reply.code(503).send({});
  if (fault === 'cut-before') return hangUp();
  const right = work();
  switch (fault) {
    case null:
      return send(right);
    case 'lost-reply':
      return hangUp();
    case 'silent':
      // Until whoever asked hangs up.
      reply.hijack();
      return reply;
    case 'not-signed':
      return reply.code(right.status).send(right.content);
    case 'bent': {
      const signed = by.seals.headers(
        { kind: 'answer', appId: by.appId, id: by.id, about: String(right.status) },
        utf8(JSON.stringify(right.content)),
      );
      const bent = JSON.stringify(right.content).replace(/"isOpen":(true|false)/, '"isOpen":null');
      return reply.code(right.status).headers(signed).type('application/json').send(`${bent} `);
    }
    case 'of-another-call':
      return send(right, toHex(by.random.bytes(16)));
    case 'another-reference':
      return send({ ...right, content: { ...right.content, reference: '0'.repeat(32), number: 'other' } });
    case 'garbage':
      return send({ status: 200, content: { sorry: '系统繁忙' } });
  }
}
