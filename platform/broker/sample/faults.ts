/** What can go wrong at a source of shared data and on the way back, done to one real HTTP exchange. */
import type { FastifyReply } from 'fastify';
import { type Clock, sleep } from '../../../base/clock.ts';
import type { SampleSubject } from './sample-people.ts';

/** Every fault. */
export const FAULTS = [
  'away',
  'error',
  'cut',
  'silent',
  'later',
  'garbage',
  'another-reference',
  'another-person',
  'whole-account',
  'too-many-records',
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** A right answer, before a fault bends it. */
export interface RightAnswer {
  readonly reference: string;
  readonly cardNumber: string | null;
  readonly asOfMs: number;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** How long what is silent stays so, and how long what comes later asks to wait. */
export interface FaultTimes {
  readonly silentMs: number;
  readonly afterS: number;
}

/** Answers one call as `fault` wants it. */
export async function answerWith(
  reply: FastifyReply,
  fault: FaultKind | null,
  right: RightAnswer,
  world: {
    readonly clock: Clock;
    readonly people: readonly SampleSubject[];
    readonly dataSet: string;
  } & FaultTimes,
): Promise<FastifyReply> {
  switch (fault) {
    case null:
      return reply.send(right);
    case 'away':
      return reply.code(503).send({});
    case 'error':
      return reply.code(500).send({});
    case 'cut':
      reply.hijack();
      reply.raw.socket?.destroy();
      return reply;
    case 'silent':
      await sleep(world.clock, world.silentMs);
      return reply.send(right);
    case 'later':
      return reply.code(202).send({ reference: right.reference, afterS: world.afterS });
    case 'garbage':
      return reply.type('text/html').send('<html>系统繁忙</html>');
    case 'another-reference':
      return reply.send({ ...right, reference: '0'.repeat(32) });
    case 'another-person': {
      const other = world.people.find(({ number }) => number !== right.cardNumber);
      return reply.send({
        ...right,
        cardNumber: other?.number ?? '',
        records: other?.data[world.dataSet] ?? [],
      });
    }
    case 'whole-account':
      return reply.send({
        ...right,
        records: right.records.map((one) => ({ ...one, tail: '6228480400000417' })),
      });
    case 'too-many-records':
      return reply.send({ ...right, records: Array.from({ length: 500 }, () => right.records[0] ?? {}) });
  }
}
