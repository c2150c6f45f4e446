/**
 * Whatever answers are lost, and wherever a program dies between two steps, every payment ends right: money that stays is
 * money that its biller has, and no bill is paid twice. A reply that is lost is a program that died before it wrote.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeOnBoth } from '../testing/test-platform.ts';
import type { TestTerminal } from '../testing/test-terminal.ts';
import { stateOf } from './rows.ts';
import { OPEN_MS, POST_GIVE_UP_MS } from './steps.ts';
import { hex, openPayBench, type PayBench, type PayCase, sampleBill } from './testing/pay-bench.ts';

const BILLS = ['3306990001', '3306990002', '33069901'].map(sampleBill);
const FAULTS = ['away', 'lost-reply', null] as const;

type Step =
  | { readonly do: 'file'; readonly bill: number; readonly by: number }
  | { readonly do: 'ask' | 'pay' | 'pay-late' | 'pay-wrongly' | 'tell'; readonly which: number }
  | { readonly do: 'turn' | 'other-turn' | 'both-turn' }
  | { readonly do: 'wait'; readonly ms: number };

const which = fc.nat({ max: 5 });
const STEPS = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('file' as const), bill: fc.nat({ max: 2 }), by: fc.nat({ max: 1 }) }),
    fc.record({ do: fc.constantFrom('ask', 'ask', 'pay', 'pay', 'pay-late', 'pay-wrongly', 'tell'), which }),
    fc.record({ do: fc.constantFrom('turn', 'other-turn', 'both-turn') }),
    fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1_000, 130_000, OPEN_MS, POST_GIVE_UP_MS),
    }),
  ),
  { minLength: 4, maxLength: 22 },
) as fc.Arbitrary<Step[]>;

describeOnBoth('payments through any death', (host) => {
  it('end right', { timeout: 240_000 }, async () => {
    const runs = host.kind === 'sqlite' ? 14 : 3;
    await fc.assert(
      fc.asyncProperty(
        STEPS,
        fc.array(fc.constantFrom(...FAULTS), { maxLength: 24 }),
        fc.array(fc.constantFrom(...FAULTS, 'refuse' as const), { maxLength: 12 }),
        async (steps, providerFaults, billerFaults) => {
          const bench = await openPayBench(host);
          bench.faults.provider.push(...providerFaults);
          bench.faults.biller.push(...billerFaults);
          const terminals = [bench.terminal, await bench.newTerminal()];
          const filed: { readonly it: PayCase; readonly by: TestTerminal }[] = [];
          for (const step of steps) await take(bench, terminals, filed, step);
          await calm(bench);
          await judge(
            bench,
            filed.map(({ it }) => it),
          );
          await bench.stop();
        },
      ),
      { numRuns: runs },
    );
  });
});

async function take(
  bench: PayBench,
  terminals: readonly TestTerminal[],
  filed: { readonly it: PayCase; readonly by: TestTerminal }[],
  step: Step,
): Promise<void> {
  const { payments, others, payer } = bench;
  const one = 'which' in step ? filed[step.which % Math.max(1, filed.length)] : undefined;
  const reference = one === undefined ? '' : hex(one.it.caseId);
  switch (step.do) {
    case 'file': {
      const by = terminals[step.by] ?? bench.terminal;
      filed.push({ it: await bench.file(BILLS[step.bill] ?? BILLS[0]!, by), by });
      break;
    }
    case 'ask':
      if (one) await bench.stands(one.it, one.by);
      break;
    case 'pay':
      payer.pay(reference, { tells: 0 });
      break;
    case 'pay-late':
      payer.pay(reference, { late: true });
      break;
    case 'pay-wrongly':
      payer.pay(reference, { amountFen: 1 });
      break;
    case 'tell':
      // Whoever has the key may say so: what the provider itself has counts.
      if (one) await bench.notify({ reference, event: 'paid', money: null });
      break;
    case 'turn':
      await payments.turn();
      break;
    case 'other-turn':
      await others.turn();
      break;
    case 'both-turn':
      await Promise.all([payments.turn(), others.turn()]);
      break;
    case 'wait':
      bench.test.clock.advance(step.ms);
  }
}

/** Faults stop, and time passes. */
async function calm({ faults, payments, test }: PayBench): Promise<void> {
  faults.provider.length = 0;
  faults.biller.length = 0;
  for (let time = 0; time < 6; time += 1) {
    test.clock.advance(OPEN_MS);
    await payments.turn();
  }
  test.clock.advance(POST_GIVE_UP_MS);
  for (let time = 0; time < 3; time += 1) await payments.turn();
}

/** Money that came for a payment that had ended is looked at when the provider has news of it; here, by hand. */
async function judge(
  { context, provider, payer, billers, payments }: PayBench,
  filed: readonly PayCase[],
): Promise<void> {
  const posted = billers.posted();
  expect(new Set(posted.map(({ reference }) => reference)).size).toBe(posted.length);
  for (const { caseId } of filed) {
    const row = await context.store.db
      .selectFrom('payments')
      .selectAll()
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();
    await payments.lookAt(caseId);
    await payments.turn();
    const state = stateOf(row);
    expect(['posted', 'unpaid', 'refunded', 'another', 'already-paid']).toContain(state);
    const isPosted = posted.some(({ payment }) => payment === hex(caseId));
    expect(isPosted).toBe(state === 'posted');
    const found = await provider.find(hex(caseId));
    const money = found.kind === 'done' ? (found.value?.money ?? []) : [];
    const kept = money.filter(({ number }) => !payer.refunded().includes(number));
    expect(kept.map(({ amountFen }) => amountFen)).toEqual(isPosted ? [row.amountFen] : []);
  }
}
