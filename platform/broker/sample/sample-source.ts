/**
 * A source of shared data made up, over real HTTP on this machine: for the sample platform, and for tests, where it
 * answers late, wrongly, of somebody else or not at all. Of people it knows only those that are made up themselves.
 */
import Fastify from 'fastify';
import type { Clock } from '../../../base/clock.ts';
import type { DataSet } from '../../../catalog/data-set.ts';
import { ownOrigin } from '../../listening.ts';
import { askSchema } from '../wire.ts';
import { answerWith, type FaultKind, type FaultTimes } from './faults.ts';
import { type MadeUpFor, madeUpRecords, SAMPLE_NUMBER } from './made-up.ts';
import type { SampleSubject } from './sample-people.ts';

/** How it behaves. */
export interface SampleSourceOptions extends Partial<FaultTimes> {
  readonly clock: Clock;
  /** What may be asked for; of what nobody wrote down something is made up. */
  readonly dataSets: () => readonly DataSet[];
  readonly people: readonly SampleSubject[];
  /** What callers must know. */
  readonly key: string;
  /** What goes wrong with the next call, if anything; told which data set it is for. */
  readonly nextFault?: (dataSet: string) => FaultKind | null;
}

/** A source that listens. */
export interface SampleSource {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it on a free port of this machine. */
export async function startSampleSource(options: SampleSourceOptions): Promise<SampleSource> {
  const { clock, dataSets, people, key, silentMs = 0, afterS = 5 } = options;
  const madeUp = (id: string, who: MadeUpFor, parameters: Readonly<Record<string, string>>) => {
    const dataSet = dataSets().find((one) => one.id === id);
    return dataSet ? madeUpRecords(dataSet, who, parameters, clock.wallMs()) : [];
  };
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${key}`) return reply.code(401).send({});
  });
  app.post<{ Params: { dataSet: string } }>('/:dataSet', async (request, reply) => {
    const read = askSchema.safeParse(request.body);
    if (!read.success) return reply.code(400).send({});
    const { dataSet } = request.params;
    const { reference, cardNumber, name, parameters } = read.data;
    const who = cardNumber === null || name === null ? null : { number: cardNumber, name };
    const written = people.find((one) => one.number === who?.number && one.name === who.name)?.data[dataSet];
    const isSample = who === null || SAMPLE_NUMBER.test(who.number);
    const records =
      written?.filter((record) => isAsked(record, parameters)) ??
      (isSample ? madeUp(dataSet, who, parameters) : []);
    const right = { reference, cardNumber, asOfMs: Math.floor(clock.wallMs()), records };
    const fault = options.nextFault?.(dataSet) ?? null;
    return answerWith(reply, fault, right, { clock, people, dataSet, silentMs, afterS });
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { url: ownOrigin(app, false), stop: () => app.close() };
}

/** A parameter is a field's value: what has another there was not asked for. */
function isAsked(
  record: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(parameters).every(
    ([name, value]) => !Object.hasOwn(record, name) || String(record[name]) === value,
  );
}
