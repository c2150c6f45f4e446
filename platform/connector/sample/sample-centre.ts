/**
 * A case centre made up, over real HTTP on this machine: for the sample platform, where a developer sees a case
 * get its number, and for tests, where it answers late, twice, wrongly or not at all.
 */
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Clock, sleep } from '../../../base/clock.ts';
import type { Disk } from '../../../base/disk.ts';
import type { Random } from '../../../base/random.ts';
import { ownOrigin } from '../../listening.ts';
import { acceptSchema, finishSchema, type LookedUp, receiveSchema } from '../wire.ts';
import { type Book, openBook } from './book.ts';
import { answerWith, type Fault } from './faults.ts';

/** How it behaves. */
export interface SampleCentreOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Where its book is kept; null forgets it at the end. */
  readonly disk: Disk | null;
  /** What callers must know. */
  readonly key: string;
  /** How long it takes over a case it receives. */
  readonly delayMs: number;
  /** What goes wrong with the next call, if anything. */
  readonly nextFault?: (call: CentreCall) => Fault | null;
}

/** The four calls. */
export type CentreCall = 'receive' | 'accept' | 'finish' | 'find';

/** A centre that listens. */
export interface SampleCentre {
  readonly url: string;
  readonly book: Book;
  stop(): Promise<void>;
}

/** What a call is answered with when nothing goes wrong. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Starts it on a free port of this machine. */
export async function startSampleCentre(options: SampleCentreOptions): Promise<SampleCentre> {
  const { clock, random, disk, key, delayMs } = options;
  const book = openBook(disk, clock, random);
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${key}`) return reply.code(401).send({});
  });

  /** Answers in order, or as the fault of this call wants it. */
  const serve =
    (call: CentreCall, answer: (request: FastifyRequest) => Reply) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const fault = options.nextFault?.(call) ?? null;
      if (call === 'receive' && delayMs > 0) await sleep(clock, delayMs);
      return answerWith(reply, fault, () => answer(request), { book, clock });
    };

  app.post(
    '/receive',
    serve('receive', (request) => receive(book, request.body)),
  );
  app.post(
    '/accept',
    serve('accept', (request) => accept(book, request.body)),
  );
  app.post(
    '/finish',
    serve('finish', (request) => finish(book, request.body)),
  );
  app.get(
    '/cases/:reference',
    serve('find', (request) => lookUp(book, request.params)),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { url: ownOrigin(app, false), book, stop: () => app.close() };
}

function receive(book: Book, body: unknown): Reply {
  const read = receiveSchema.safeParse(body);
  if (!read.success) return { status: 400, body: {} };
  const { relBizId, areaCode, matterCode } = read.data;
  if (matterCode === '') return refusal(relBizId, '没有这个事项编码');
  const { projId, projPwd } = book.receive(relBizId, areaCode);
  return { status: 200, body: { relBizId, projId, projPwd } };
}

function accept(book: Book, body: unknown): Reply {
  const read = acceptSchema.safeParse(body);
  if (!read.success) return { status: 400, body: {} };
  const { relBizId, projId, projPwd, doAction } = read.data;
  if (!isKnown(book, relBizId, projId, projPwd)) return refusal(relBizId, '没有这个申报号，或密码不对');
  book.take({ step: 'accept', reference: relBizId, projId, doAction });
  return { status: 200, body: { relBizId } };
}

function finish(book: Book, body: unknown): Reply {
  const read = finishSchema.safeParse(body);
  if (!read.success) return { status: 400, body: {} };
  const { relBizId, projId, projPwd, result } = read.data;
  if (!isKnown(book, relBizId, projId, projPwd)) return refusal(relBizId, '没有这个申报号，或密码不对');
  book.take({ step: 'finish', reference: relBizId, projId, result });
  return { status: 200, body: { relBizId } };
}

function refusal(relBizId: string, refused: string): Reply {
  return { status: 422, body: { relBizId, refused } };
}

function isKnown(book: Book, reference: string, projId: string, projPwd: string): boolean {
  return book
    .of(reference)
    .some((one) => one.step === 'receive' && one.projId === projId && one.projPwd === projPwd);
}

function lookUp(book: Book, params: unknown): Reply {
  const relBizId = String((params as { reference?: unknown }).reference);
  const taken = book.of(relBizId);
  const first = taken.find((one) => one.step === 'receive');
  const accepted = taken.find((one) => one.step === 'accept');
  const finished = taken.find((one) => one.step === 'finish');
  const found = first && {
    ...{ projId: first.projId, projPwd: first.projPwd },
    accepted: accepted?.doAction ?? null,
    finished: (finished?.result ?? null) as NonNullable<LookedUp['case']>['finished'],
  };
  const body: LookedUp = { relBizId, case: found ?? null };
  return { status: 200, body };
}
