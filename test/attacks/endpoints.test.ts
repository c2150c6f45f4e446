/** Every path the platform publishes, asked by a terminal that has gone bad: signed rightly, and hostile in all else. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { DATA_SETS } from '../../platform/broker/testing/broker-bench.ts';
import { makeQuery } from '../../platform/testing/ask-shared-data.ts';
import { type Sending, sendAs } from '../../platform/testing/send-as.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../../platform/testing/test-platform.ts';
import {
  crypto,
  enrolTerminal,
  filedCase,
  newId,
  nodeFetch,
  type TestTerminal,
} from '../../platform/testing/test-terminal.ts';
import { CBOR_TYPE, openApiDocument } from '../../sync/contract.ts';
import { makeLookupRequest } from '../../sync/formats/lookup.ts';
import { makeBatch, makeHelloRequest, makeNewKeyRequest } from '../../sync/formats/messages.ts';
import { content, headers, nested, spell, spoilt } from './hostile.ts';

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters: readonly { readonly name: string; readonly in: 'query' | 'path' }[];
}
type Method = NonNullable<Sending['method']>;

/** Read from the document that is published, so that a new path is attacked as soon as it is there. */
const { paths } = openApiDocument('test') as { paths: Record<string, Record<string, Operation>> };
const OPERATIONS = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase() as Method,
    operation,
  })),
);

/** A target with hostile words in the place of each parameter; now and then the terminal's own. */
function targetOf({ path, operation }: (typeof OPERATIONS)[number], terminal: TestTerminal) {
  const value = (name: string) =>
    fc.oneof(
      { weight: 3, arbitrary: spell.map(encodeURIComponent) },
      {
        weight: 1,
        arbitrary: fc.constant(name === 'terminalId' ? toHex(terminal.terminalId) : 'a'.repeat(64)),
      },
    );
  const named = operation.parameters.map(({ name }) => value(name));
  return fc.tuple(...named, fc.constantFrom('', '&after=x', '?x[]=1&x[y]=2')).map((values) => {
    const given = values.slice(0, -1);
    let target = path;
    const query: string[] = [];
    for (const [index, { name, in: place }] of operation.parameters.entries()) {
      if (place === 'path') target = target.replace(`{${name}}`, given[index] ?? '');
      else query.push(`${name}=${given[index]}`);
    }
    return `${target}${query.length > 0 ? `?${query.join('&')}` : ''}${values.at(-1)}`;
  });
}

describeOnBoth('a platform under attack', (host) => {
  const faults: object[] = [];
  let counter = 0;

  async function begin(): Promise<{ test: TestPlatform; terminal: TestTerminal; bootId: Uint8Array }> {
    const log = (event: string, fields?: object) =>
      void (event === 'program.fault' && faults.push(fields ?? {}));
    const broker = {
      dataSets: () => DATA_SETS,
      sources: new Map(),
      consentGoodForMs: 1_800_000,
      mostADay: 400,
    };
    const test = await host.start({ log: log as never, broker });
    counter = 0;
    faults.length = 0;
    return {
      test,
      terminal: await enrolTerminal(await test.platform.enrolmentCode(DONGCUN)),
      bootId: newId(),
    };
  }

  /** How much there is of everything: what no refused request may change. */
  async function countRows({ platform }: TestPlatform): Promise<Record<string, number>> {
    const { db } = platform.context.store;
    const counts: Record<string, number> = {};
    for (const table of [
      'terminals',
      'terminalKeys',
      'bodies',
      'cases',
      'attachments',
      'staff',
      'fetches',
    ] as const) {
      const { n } = await db
        .selectFrom(table)
        .select((column) => column.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      counts[table] = Number(n);
    }
    return counts;
  }

  it.each(OPERATIONS)('$method $path answers in its own words, whatever it is sent', async (one) => {
    const { test, terminal, bootId } = await begin();
    const before = await countRows(test);
    const attack = fc.record({ target: targetOf(one, terminal), content, headers });
    await fc.assert(
      fc.asyncProperty(attack, async (sent) => {
        counter += 1;
        const { method } = one;
        const body = method === 'GET' || method === 'HEAD' ? {} : { content: sent.content };
        const reply = await sendAs(terminal, {
          ...{ method, target: sent.target, bootId, counter, headers: sent.headers },
          ...body,
        });
        expect(reply.status).not.toBe(500);
        if (reply.status >= 400 && method !== 'HEAD') expect(reply.problem ?? reply.status).not.toBeNull();
      }),
      { numRuns: 60 },
    );
    expect(faults).toEqual([]);
    expect(await countRows(test)).toEqual(before);
  });

  const MESSAGES = {
    hello: (terminal: TestTerminal) => makeHelloRequest({ nonce: newId(), heads: [headOf(terminal)] }),
    entries: (terminal: TestTerminal) =>
      makeBatch([terminal.offered(terminal.entry(filedCase(DONGCUN).content))]),
    keys: (terminal: TestTerminal) => makeNewKeyRequest(terminal.key, terminal.terminalId),
    slips: () => makeLookupRequest({ localNumber: '012345678901', slipCode: '012345', replyKey: newId32() }),
    queries: (terminal: TestTerminal) =>
      makeQuery(terminal, { consentId: newId(), dataSet: 'household', person: '330699194103121024' }).bytes,
  } as const;
  const headOf = ({ journal }: TestTerminal) => ({
    ...{ journalId: journal.journalId, seq: 1, entryHash: newId32() },
  });
  const newId32 = () => crypto.randomBytes(32);

  it.each(['hello', 'entries', 'keys', 'slips', 'queries'] as const)(
    'takes a spoilt message to /v1/%s for what it is',
    async (name) => {
      const { terminal, bootId } = await begin();
      const attack = fc.constant(null).chain(() => spoilt(MESSAGES[name](terminal)));
      const statuses = new Set<number>();
      await fc.assert(
        fc.asyncProperty(attack, async (bytes) => {
          counter += 1;
          const reply = await sendAs(terminal, { target: `/v1/${name}`, content: bytes, bootId, counter });
          statuses.add(reply.status);
          expect(reply.status).toBeLessThan(500);
        }),
        { numRuns: 150 },
      );
      expect(faults).toEqual([]);
      // Some of it was good enough to be judged by what it says.
      expect(statuses.size).toBeGreaterThan(1);
      expect((await terminal.hello()).hello).toBeDefined();
    },
  );

  it('bears nesting and lengths that nothing has, signed and unsigned', async () => {
    const { terminal, bootId } = await begin();
    for (const body of [nested(4_000_000), new Uint8Array(5 << 20), new Uint8Array(20 << 20)]) {
      counter += 1;
      const sent = { target: '/v1/entries', content: body, bootId, counter };
      const status = await sendAs(terminal, sent).then(
        (reply) => reply.status,
        () => 'cut off',
      );
      expect([400, 413, 'cut off']).toContain(status);
      const request = { url: `${terminal.origin}/v1/enrol`, headers: { 'content-type': CBOR_TYPE }, body };
      const open = await nodeFetch({ method: 'POST', ...request, timeoutMs: 10_000, maxBytes: 10_000 });
      if (open.ok) expect([400, 413]).toContain(open.value.status);
    }
    expect((await terminal.hello()).hello).toBeDefined();
    expect(faults).toEqual([]);
  });

  it('answers no method and no path but its own', async () => {
    const { terminal } = await begin();
    const { origin } = terminal;
    for (const path of [
      '/',
      '/v1',
      '/v1/',
      '/v2/hello',
      '/admin',
      '/.env',
      '/v1/entries/../keys',
      '/v1//hello',
    ]) {
      for (const method of ['PUT', 'DELETE', 'OPTIONS', 'GET']) {
        const { status } = await fetch(`${origin}${path}`, { method });
        expect(status, `${method} ${path}`).toBe(404);
      }
    }
  });
});
