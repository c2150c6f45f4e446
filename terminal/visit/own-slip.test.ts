import { describe, expect, it } from 'vitest';
import { makeSlip, slipQrText } from '../../sync/formats/slip.ts';
import { crypto, world } from '../testing/keeper-world.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, ASSISTANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { START_MS } from './testing/site.ts';

interface Named {
  readonly localNumber: string;
  readonly slipCode: string;
}

const qrOf = ({ localNumber, slipCode }: Named): string => {
  const value = {
    localNumber,
    slipCode,
    entryHash: crypto.sha256(world.terminal.publicKey),
    wallMs: START_MS,
  };
  return slipQrText('https://example.invalid', makeSlip(world.terminal, world.certBytes, value));
};

/** The elder hands a case in and is here again, at home; what stands on its slip. */
function filed(matterId: string, values: Parameters<typeof answerAll>[1]): { bench: Bench; slip: Named } {
  const bench = createBench();
  bench.lay(ELDER);
  opened(bench, matterId, 'self');
  answerAll(bench, values);
  bench.act({ type: 'submit' });
  const [content] = bench.keeper.contents();
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
  bench.lay(ELDER);
  expect(bench.page()).toMatchObject({ kind: 'home', caseCount: 1 });
  return { bench, slip: { localNumber: String(content?.localNumber), slipCode: String(content?.slipCode) } };
}

describe('a slip of their own, scanned while the card lies', () => {
  it('opens its case from home, from the list, and from the page that asks for slips; nobody else is asked', () => {
    const { bench, slip } = filed('old-age-allowance', ALLOWANCE);
    for (const to of [null, 'my-cases', 'slip-lookup'] as const) {
      if (to !== null) bench.act({ type: 'go', to });
      bench.scan(qrOf(slip));
      if (bench.page().kind === 'prove-again') bench.lay(ELDER);
      expect(bench.page()).toMatchObject({ kind: 'case', line: { ref: 'case-1' } });
      bench.act({ type: 'home' });
    }
    expect(bench.lookUp.asked).toEqual([]);
  });

  it('asks for the card once more where the case is private', () => {
    const { bench, slip } = filed('temporary-assistance', ASSISTANCE);
    bench.scan(qrOf(slip));
    expect(bench.page()).toMatchObject({ kind: 'prove-again' });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'case' });
  });

  it('of somebody else opens nothing at home, and is looked up where slips are asked for, naming nobody', () => {
    const { bench, slip } = filed('old-age-allowance', ALLOWANCE);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(NEIGHBOUR);
    bench.scan(qrOf(slip));
    expect(bench.page()).toMatchObject({ kind: 'home' });
    bench.act({ type: 'go', to: 'slip-lookup' });
    bench.scan(qrOf(slip));
    expect(bench.page()).toMatchObject({ kind: 'slip-answer', state: 'asking' });
  });

  it('with the right number and a wrong code opens nothing', () => {
    const { bench, slip } = filed('old-age-allowance', ALLOWANCE);
    bench.scan(qrOf({ ...slip, slipCode: slip.slipCode === '111111' ? '222222' : '111111' }));
    expect(bench.page()).toMatchObject({ kind: 'home' });
  });
});
