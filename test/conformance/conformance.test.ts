import { expect, it } from 'vitest';
import { type Broker, createBroker } from '../../platform/broker/broker.ts';
import type { PlatformContext } from '../../platform/context.ts';
import { createGateway } from '../../platform/gateway/gateway.ts';
import type { Opening } from '../../platform/intake/open-entry.ts';
import { makeEnrolmentCode } from '../../platform/terminals/enrol.ts';
import { DONGCUN, describeOnBoth } from '../../platform/testing/test-platform.ts';
import { enrolTerminal, newId } from '../../platform/testing/test-terminal.ts';
import { ALL_CHECKS } from './all-checks.ts';
import { type Finding, runChecks } from './check.ts';
import { QUERY_CHECKS } from './checks/queries.ts';

/** Refuses what must be refused; what is granted it could not fetch. */
const withoutSources = (context: PlatformContext) =>
  createBroker(context, {
    dataSets: () => [],
    sources: new Map(),
    consentGoodForMs: 1_800_000,
    mostADay: 400,
  });

describeOnBoth('the conformance suite', (host) => {
  /** What came of every check, at a gateway over a bent context. */
  async function findings(
    bend: (context: PlatformContext) => Partial<PlatformContext>,
    brokerOf: (context: PlatformContext) => Broker | null = withoutSources,
  ): Promise<readonly Finding[]> {
    const { context } = (await host.start()).platform;
    const bent = { ...context, ...bend(context) };
    const gateway = createGateway(bent, { tls: null, fonts: null, broker: brokerOf(bent) });
    const origin = await gateway.listen({ host: '127.0.0.1', port: 0 });
    try {
      const usedCode = await makeEnrolmentCode(context, origin, DONGCUN);
      const other = await enrolTerminal(await makeEnrolmentCode(context, origin, DONGCUN));
      const terminal = await enrolTerminal(usedCode);
      return await runChecks(ALL_CHECKS, { terminal, other, usedCode }, () => undefined);
    } finally {
      await gateway.close();
    }
  }

  /** The promises that it does not keep. */
  async function broken(...how: Parameters<typeof findings>): Promise<string[]> {
    const found = await findings(...how);
    return found.flatMap(({ check, seen }) => (seen === null ? [] : [`${check.promise}: ${seen}`]));
  }

  it('finds nothing wrong with the reference gateway', async () => {
    expect(await broken(() => ({}))).toEqual([]);
  });

  it('says what it did not try where a gateway has no broker, and finds no fault in that', async () => {
    const found = await findings(
      () => ({}),
      () => null,
    );
    expect(found.filter(({ seen }) => seen !== null)).toEqual([]);
    const skipped = found.filter((one) => one.skipped !== null);
    expect(skipped.length).toBe(QUERY_CHECKS.length);
  });

  it('finds a gateway that asks for nobody’s consent', async () => {
    const content = { schema: 1, outcome: 'unavailable' } as const;
    const found = await broken(
      () => ({}),
      () => ({ dataSets: () => [], answer: async () => ({ kind: 'answered', content }) }),
    );
    expect(found.join('\n')).toMatch(/a query without a consent is refused/);
    expect(found.join('\n')).toMatch(/a consent proves nothing of another person/);
    expect(found.join('\n')).toMatch(/a consent that was withdrawn proves nothing/);
  });

  it('finds a gateway that believes every signature', async () => {
    const found = await broken(({ crypto }) => ({ crypto: { ...crypto, verify: () => true } }));
    expect(found.join('\n')).toMatch(/a signature that does not hold/);
    expect(found.join('\n')).toMatch(/a new key is certified only for the terminal that asks/);
  });

  it('finds a gateway that receipts what it cannot open', async () => {
    const openNothing = async (tasks: readonly unknown[]): Promise<Opening[]> =>
      tasks.map(() => ({ ok: true, value: { content: new Map(), acts: [] } }) as unknown as Opening);
    const found = await broken(({ opener }) => ({ opener: { ...opener, open: openNothing } }));
    expect(found.join('\n')).toMatch(/a body that does not open is refused/);
  });

  it('finds a gateway whose epoch changes as it goes', async () => {
    const epoch = newId();
    const found = await broken(({ clock }) => ({
      epoch,
      clock: {
        ...clock,
        wallMs() {
          epoch.set(newId());
          return clock.wallMs();
        },
      },
    }));
    expect(found.join('\n')).toMatch(/the epoch stays/);
  });
});
