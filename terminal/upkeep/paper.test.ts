import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceStatus } from '../../drivers/api.ts';
import { NO_PAPER_USED, paperView, withCount, withNewRoll } from './paper.ts';
import { createUpkeepBench } from './testing/upkeep-bench.ts';

const well = (more: Partial<DeviceStatus> = {}): DeviceStatus => ({
  device: 'slip-printer',
  state: 'ok',
  reason: null,
  rollLines: 1_000,
  ...more,
});

describe('the sum', () => {
  it('is of all lines, however often the printer’s program and the terminal start anew', () => {
    const slips = fc.array(fc.record({ lines: fc.integer({ min: 1, max: 80 }), restart: fc.boolean() }));
    fc.assert(
      fc.property(slips, (all) => {
        let counter = 0;
        let use = NO_PAPER_USED;
        for (const { lines, restart } of all) {
          if (restart) {
            counter = 0;
            use = withCount(use, counter);
          }
          counter += lines;
          // Told more than once, as it is.
          use = withCount(withCount(use, counter), counter);
        }
        const sum = all.reduce((lines, slip) => lines + slip.lines, 0);
        expect(use).toMatchObject({ rollLines: sum, allLines: sum, allSlips: all.length });
      }),
    );
  });

  it('takes a count that is below the last one as all new: the program that counts started anew', () => {
    expect(withCount({ ...NO_PAPER_USED, counter: 50, rollLines: 50 }, 20)).toMatchObject({
      counter: 20,
      rollLines: 70,
    });
  });

  it('of a roll begins again with a new one; the usual slip stays known', () => {
    const used = withCount(withCount(NO_PAPER_USED, 40), 80);
    const changed = withNewRoll(used, 5.4);
    expect(changed).toMatchObject({ rollSinceMs: 5, rollLines: 0, allLines: 80, allSlips: 2 });
    expect(withCount(changed, 120)).toMatchObject({ rollLines: 40, allLines: 120 });
  });
});

describe('the forecast', () => {
  it('says how many usual slips are left, and warns before the printer’s own sensor does', () => {
    const some = withCount(withCount(NO_PAPER_USED, 40), 80);
    expect(paperView(some, well({ rollLines: 1_200 }))).toMatchObject({ level: 'enough', slipsLeft: 28 });
    expect(paperView(some, well())).toMatchObject({ level: 'ending', slipsLeft: 23 });
  });

  it.each([
    [{}, 200, 'enough'],
    [{ reason: 'paper-low', state: 'attention' }, 200, 'low'],
    [{ reason: 'paper-out', state: 'fault' }, 200, 'out'],
    [{ reason: 'port-closed', state: 'absent' }, 200, 'unknown'],
    [{ reason: 'not-answering', state: 'fault' }, 200, 'unknown'],
    [{ reason: 'cover-open', state: 'fault' }, 960, 'ending'],
    [{}, 2_000, 'ending'],
  ] as const)('%o after %i lines: %s', (printer, lines, level) => {
    const use = { ...NO_PAPER_USED, rollLines: lines, allLines: 400, allSlips: 20 };
    const view = paperView(use, well(printer));
    expect(view).toMatchObject({ level, slipsLeft: Math.max(0, Math.floor((1_000 - lines) / 20)) });
  });

  it('says nothing it cannot know: no length of the roll, or no slip yet', () => {
    expect(paperView(NO_PAPER_USED, well()).slipsLeft).toBeNull();
    const used = withCount(NO_PAPER_USED, 990);
    expect(paperView(used, well({ rollLines: undefined }))).toMatchObject({
      level: 'enough',
      slipsLeft: null,
    });
  });
});

it('a caretaker sees it, says that the roll was changed, and it is known after a crash', () => {
  const bench = createUpkeepBench();
  for (const linesPrinted of [300, 600, 900])
    bench.becomes({ device: 'slip-printer', state: 'ok', reason: null, linesPrinted, rollLines: 1_000 });
  bench.signIn('caretaker');
  expect(bench.page()).toMatchObject({ paper: { level: 'ending', slipsLeft: 0, changedAtMs: null } });
  bench.ask({ do: 'go', to: 'paper' });
  bench.ask({ do: 'roll-changed' });
  const changed = { level: 'ending', slipsLeft: 3, changedAtMs: bench.clock.wallMs() };
  expect(bench.page()).toMatchObject({ paper: changed });

  const again = createUpkeepBench({ keeper: bench.keeper.crash() });
  again.becomes({ device: 'slip-printer', state: 'ok', reason: null, linesPrinted: 100, rollLines: 1_000 });
  again.signIn('caretaker');
  expect(again.page()).toMatchObject({ paper: { slipsLeft: 3, changedAtMs: changed.changedAtMs } });
});
