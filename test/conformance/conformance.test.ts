import { expect, it } from 'vitest';
import type { PlatformContext } from '../../platform/context.ts';
import { createGateway } from '../../platform/gateway/gateway.ts';
import type { Opening } from '../../platform/intake/open-entry.ts';
import { makeEnrolmentCode } from '../../platform/terminals/enrol.ts';
import { DONGCUN, describeOnBoth } from '../../platform/testing/test-platform.ts';
import { enrolTerminal, newId } from '../../platform/testing/test-terminal.ts';
import { ALL_CHECKS } from './all-checks.ts';
import { runChecks } from './check.ts';

describeOnBoth('the conformance suite', (host) => {
  /** The promises that a gateway over a bent context does not keep. */
  async function broken(bend: (context: PlatformContext) => Partial<PlatformContext>): Promise<string[]> {
    const { context } = (await host.start()).platform;
    const bent = { ...context, ...bend(context) };
    const gateway = createGateway(bent, { tls: null, fonts: null });
    const origin = await gateway.listen({ host: '127.0.0.1', port: 0 });
    try {
      const usedCode = await makeEnrolmentCode(context, origin, DONGCUN);
      const other = await enrolTerminal(await makeEnrolmentCode(context, origin, DONGCUN));
      const terminal = await enrolTerminal(usedCode);
      const findings = await runChecks(ALL_CHECKS, { terminal, other, usedCode }, () => undefined);
      return findings.flatMap(({ check, seen }) => (seen === null ? [] : [`${check.promise}: ${seen}`]));
    } finally {
      await gateway.close();
    }
  }

  it('finds nothing wrong with the reference gateway', async () => {
    expect(await broken(() => ({}))).toEqual([]);
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
