/**
 * The terminals' side of the load: they come back, say hello, hand their queue over, and stay on the feed. As the
 * sync engine does it, but for what would burden this side: answers are kept as they came, and held against the
 * platform's key when the measuring is over.
 */
import { Agent } from 'node:http';
import { equalBytes } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { fraction, type Random } from '../../base/random.ts';
import { invariant } from '../../base/result.ts';
import { createBackoff } from '../../sync/backoff.ts';
import { MAX_FEED_WAIT_S } from '../../sync/contract.ts';
import { OUTCOME, receiptFormat } from '../../sync/formats/answers.ts';
import { parseBatchAnswer, parseProblem } from '../../sync/formats/messages.ts';
import { joinBatch } from '../bench/bare-batch.ts';
import { fillQueue, type Queue } from './bring.ts';
import { type Range, terminalOf } from './county.ts';
import { exchange, type Line, openLine } from './line.ts';

/** The platform as terminals know it. */
export interface PlatformFacts {
  readonly origin: string;
  readonly platformId: Uint8Array;
  readonly sealPublicKey: Uint8Array;
  readonly answerPublicKey: Uint8Array;
  /** What the terminals of {@link terminalOf} are derived from. */
  readonly secret: Uint8Array;
}

/** What a drain was like, seen by the terminals. */
export interface Drained {
  /** For each batch served, what the platform says intake took once its turn had come, in milliseconds. */
  readonly intakeMs: readonly number[];
  /** The same, from sending it to the whole answer: with the wait behind all others. */
  readonly answeredMs: readonly number[];
  /** For each batch, from the first terminal's start to its receipts. */
  readonly doneMs: readonly number[];
  /** Processor time of the terminals' process until the last answer came, in milliseconds. */
  readonly processorMs: number;
  /** Entries a verified receipt says are held. */
  readonly held: number;
  /** Answers that put a terminal off, by problem. */
  readonly putOff: Readonly<Record<string, number>>;
}

/** How they come. */
export interface Coming extends Range {
  /** Each starts somewhere in this time. */
  readonly withinMs: number;
  /** Whether they stay on the feed afterwards. */
  readonly stay: boolean;
}

/** An empty poll that came back at once must not turn into a storm (as the engine's). */
const POLL_EVERY_MS = 2_000;

/** Terminals of one county at one platform. */
export interface Crowd {
  /** Makes the queues of these; answers the median size of an entry in bytes. */
  prepare(range: Range, entries: number): number;
  /** These go to the feed, one after another over `overMs`, and stay; resolves when every one has asked once. */
  idle(range: Range, overMs: number): Promise<void>;
  /** These hand their queues over. */
  comeBack(coming: Coming): Promise<Drained>;
  /** Posts the same entries, batch by batch, `abreast` at once, to a bare server; answers how long it took, in milliseconds. */
  postBare(url: string, range: Range, abreast: number): Promise<number>;
  leave(): void;
}

/** A crowd; `facts` may name a bare server, which looks at nothing. */
export function createCrowd(
  seams: {
    readonly crypto: Crypto;
    readonly clock: Clock;
    readonly random: Random;
    /** Of this process so far, in milliseconds. */
    processorMs(): number;
  },
  facts: PlatformFacts,
): Crowd {
  const { crypto, clock, random } = seams;
  const queues = new Map<number, Queue>();
  const lines = new Map<number, Line>();
  const leaving = new AbortController();

  const lineOf = (number: number): Line => {
    const line = lines.get(number) ?? openLine(crypto, facts, terminalOf(crypto, facts.secret, number));
    lines.set(number, line);
    return line;
  };
  const queueOf = (number: number): Queue => {
    const queue = queues.get(number);
    invariant(queue, 'the queue was prepared');
    return queue;
  };

  async function stayOnFeed(number: number, asked: () => void = () => undefined): Promise<void> {
    const backoff = createBackoff(random);
    const line = lineOf(number);
    while (!leaving.signal.aborted) {
      const startMs = clock.monoMs();
      const answer = line.call('feed', { query: `?after=&waitS=${MAX_FEED_WAIT_S}` });
      asked();
      const { status } = await answer;
      const restMs = startMs + POLL_EVERY_MS - clock.monoMs();
      const waitMs = status === 200 ? restMs : backoff.fail();
      if (status === 200) backoff.reset();
      if (waitMs > 0) await sleep(clock, waitMs, leaving.signal);
    }
  }

  return {
    prepare(range, entries) {
      for (const number of numbersOf(range)) {
        const terminal = terminalOf(crypto, facts.secret, number);
        queues.set(number, fillQueue(crypto, terminal, facts.sealPublicKey, entries));
      }
      const sizes = queueOf(range.first).entries.map(({ length }) => length);
      return sizes[Math.floor(sizes.length / 2)] ?? 0;
    },

    async idle(range, overMs) {
      const each = overMs / Math.max(1, range.count);
      await Promise.all(
        numbersOf(range).map(async (number, index) => {
          await sleep(clock, index * each);
          await new Promise<void>((resolve) => void stayOnFeed(number, resolve));
        }),
      );
    },

    async comeBack({ withinMs, stay, ...range }) {
      const startMs = clock.monoMs();
      const spentBefore = seams.processorMs();
      const intakeMs: number[] = [];
      const answeredMs: number[] = [];
      const doneMs: number[] = [];
      const putOff: Record<string, number> = {};
      const answers = new Map<number, Buffer>();

      const insist = async (number: number, endpoint: 'hello' | 'entries', content: Uint8Array) => {
        const backoff = createBackoff(random);
        for (;;) {
          const sentMs = clock.monoMs();
          const { status, body, timing } = await lineOf(number).call(endpoint, { content });
          if (status === 200) return { body, timing, tookMs: clock.monoMs() - sentMs };
          const problem = parseProblem(body);
          const code = problem.ok ? (problem.value.code ?? 'unknown') : 'no answer';
          putOff[code] = (putOff[code] ?? 0) + 1;
          const askedMs = problem.ok ? (problem.value.retryAfterS ?? 0) * 1000 : 0;
          await sleep(clock, backoff.fail(askedMs));
        }
      };
      await Promise.all(
        numbersOf(range).map(async (number) => {
          await sleep(clock, fraction(random) * withinMs);
          const queue = queueOf(number);
          await insist(number, 'hello', queue.hello);
          const { body, timing, tookMs } = await insist(number, 'entries', queue.batch);
          intakeMs.push(timing.intake ?? tookMs);
          answeredMs.push(tookMs);
          doneMs.push(clock.monoMs() - startMs);
          answers.set(number, body);
          if (stay) void stayOnFeed(number);
        }),
      );
      const processorMs = seams.processorMs() - spentBefore;
      const heldOf = ([number, body]: [number, Buffer]) => countHeld(crypto, facts, queueOf(number), body);
      const held = [...answers].reduce((sum, answer) => sum + heldOf(answer), 0);
      return { intakeMs, answeredMs, doneMs, processorMs, held, putOff };
    },

    async postBare(url, range, abreast) {
      const agent = new Agent({ keepAlive: true, maxSockets: abreast });
      const startMs = clock.monoMs();
      const answers = await Promise.all(
        numbersOf(range).map((number) => exchange(agent, url, 'POST', joinBatch(queueOf(number).entries))),
      );
      agent.destroy();
      invariant(
        answers.every(({ status }) => status === 200),
        'every batch was inserted',
      );
      return clock.monoMs() - startMs;
    },

    leave() {
      leaving.abort();
      for (const line of lines.values()) line.close();
      lines.clear();
    },
  };
}

/** How many entries of a queue a batch answer's receipts hold; a receipt that is not the platform's counts for none. */
function countHeld(crypto: Crypto, facts: PlatformFacts, queue: Queue, body: Uint8Array): number {
  const answer = parseBatchAnswer(new Uint8Array(body));
  invariant(answer.ok, 'a batch answer can be read');
  const items = answer.value.receipts.flatMap((bytes) => {
    const receipt = receiptFormat.parse(bytes);
    invariant(receipt.ok, 'a receipt can be read');
    const counts =
      receiptFormat.isSignedBy(crypto, receipt.value, facts.answerPublicKey) &&
      equalBytes(receipt.value.value.journalId, queue.journalId);
    return counts ? receipt.value.value.items : [];
  });
  return items.filter(
    ({ seq, entryHash, outcome }) =>
      outcome === OUTCOME.held && equalBytes(entryHash, queue.entryHashes[seq - 1] ?? new Uint8Array(0)),
  ).length;
}

function numbersOf({ first, count }: Range): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
