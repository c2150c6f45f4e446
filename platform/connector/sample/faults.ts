/** What can go wrong on the way to a case centre and back, done to one real HTTP exchange. */
import type { FastifyReply } from 'fastify';
import { type Clock, sleep } from '../../../base/clock.ts';
import type { Book } from './book.ts';
import type { Reply } from './sample-centre.ts';

/** Every fault. The first three do not take what was sent; all others do, `arrives-late` after a while. */
export const FAULTS = [
  'away',
  'error',
  'cut-before',
  'arrives-late',
  'cut-after',
  'error-after',
  'late',
  'twice',
  'garbage',
  'another-number',
  'short-number',
  'impossible-number',
  'another-reference',
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** A fault; `lateMs` is how long what is late takes. */
export interface Fault {
  readonly kind: FaultKind;
  readonly lateMs: number;
}

/** Numbers that cannot be: cut short, and with a day no calendar has. */
const SHORT = '33062400126';
const IMPOSSIBLE = '330624001269999000001';

/** Answers a call as `fault` wants it; `answer` takes what was sent. */
export async function answerWith(
  reply: FastifyReply,
  fault: Fault | null,
  answer: () => Reply,
  { book, clock }: { readonly book: Book; readonly clock: Clock },
): Promise<FastifyReply> {
  const send = ({ status, body }: Reply) => reply.code(status).send(body);
  const hangUp = () => {
    reply.hijack();
    reply.raw.socket?.destroy();
    return reply;
  };
  if (fault?.kind === 'away') return send({ status: 503, body: {} });
  if (fault?.kind === 'error') return send({ status: 500, body: {} });
  if (fault?.kind === 'cut-before') return hangUp();

  if (fault?.kind === 'arrives-late') await sleep(clock, fault.lateMs);
  const right = answer();
  switch (fault?.kind) {
    case undefined:
      return send(right);
    case 'cut-after':
      return hangUp();
    case 'error-after':
      return send({ status: 500, body: {} });
    case 'late':
      await sleep(clock, fault?.lateMs ?? 0);
      return send(right);
    case 'twice':
      return sendTwice(reply, right);
    case 'garbage':
      return reply.code(200).type('text/html').send('<html>系统繁忙</html>');
    case 'another-number':
      return send(withNumber(right, (own) => anotherNumber(book, own)));
    case 'short-number':
      return send(withNumber(right, () => SHORT));
    case 'impossible-number':
      return send(withNumber(right, () => IMPOSSIBLE));
    case 'another-reference':
      return send({ ...right, body: { ...right.body, relBizId: '0'.repeat(32) } });
    default:
      return send(right);
  }
}

/** The same answer written two times on one connection. */
function sendTwice(reply: FastifyReply, { status, body }: Reply): FastifyReply {
  const content = JSON.stringify(body);
  const length = new TextEncoder().encode(content).length;
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  reply.hijack();
  reply.raw.socket?.write(head + content);
  reply.raw.socket?.write(head + content);
  reply.raw.socket?.end();
  return reply;
}

/** The number of a case that somebody else filed, or one never given. */
function anotherNumber(book: Book, own: string): string {
  return book.all().find(({ projId }) => projId !== own)?.projId ?? '330624001260101999999';
}

/** The answer with another number in it, wherever it has one. */
function withNumber({ status, body }: Reply, other: (right: string) => string): Reply {
  if (hasNumber(body)) return { status, body: { ...body, projId: other(body.projId) } };
  const found = body.case;
  if (!hasNumber(found)) return { status, body };
  return { status, body: { ...body, case: { ...found, projId: other(found.projId) } } };
}

function hasNumber(value: unknown): value is { readonly projId: string } {
  return typeof value === 'object' && value !== null && 'projId' in value && typeof value.projId === 'string';
}
