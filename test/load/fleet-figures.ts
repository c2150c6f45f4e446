/** What was measured of a fleet, as figures beside their floors and aims. */
import { type Figure, ms, p50p99, percentile, times } from '../bench/measure.ts';
import type { MeasuredFleet } from './fleet.ts';
import type { RolledOut } from './fleet-rollout.ts';

const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;
const AIM = { pageTimes: 2, updateMs: 2_000 } as const;

/** The figures of a fleet that reports. */
export function figuresOfFleet(measured: MeasuredFleet): readonly Figure[] {
  const { database, machines, emptyPageMs, fullPageMs, updateMs, reportMs, heap, processorMs } = measured;
  const [emptyMs, fullMs] = [percentile(emptyPageMs, 95), percentile(fullPageMs, 95)];
  const grownKib = (heap.full - heap.empty) / machines / 1024;
  const updateP95Ms = percentile(updateMs, 95);
  return [
    {
      what: `${NAMES[database]}: the console of ${machines} machines that report, p95 of a page`,
      ours: ms(fullMs),
      aim: { text: `≤ ${AIM.pageTimes} × empty`, met: fullMs <= AIM.pageTimes * emptyMs },
      beside: [
        { what: 'without a machine, in turns', theirs: ms(emptyMs), ratio: times(fullMs / emptyMs) },
        {
          what: 'p50; without a machine',
          theirs: `${ms(percentile(fullPageMs, 50))}; ${ms(percentile(emptyPageMs, 50))}`,
          ratio: times(percentile(fullPageMs, 50) / percentile(emptyPageMs, 50)),
        },
        {
          what: 'processor time of a page and its look, main thread; without a machine',
          theirs: `${ms(processorMs.full)}; ${ms(processorMs.empty)}`,
          ratio: times(processorMs.full / processorMs.empty),
        },
      ],
    },
    {
      what: `${NAMES[database]}: from a report until an open page has it, p95`,
      ours: ms(updateP95Ms),
      aim: { text: `≤ ${AIM.updateMs} ms`, met: updateP95Ms <= AIM.updateMs },
      beside: [{ what: 'p50', theirs: ms(percentile(updateMs, 50)), ratio: '' }],
    },
    {
      what: `${NAMES[database]}: a report at the machines’ own pace, p50 (p99)`,
      ours: p50p99(reportMs),
      aim: null,
      beside: [
        {
          what: 'main thread busy while all report and a page is open',
          theirs: `${(measured.busy * 100).toFixed(0)} % of a processor`,
          ratio: '',
        },
        { what: 'memory a machine, after a collection', theirs: `${grownKib.toFixed(1)} KiB`, ratio: '' },
      ],
    },
  ];
}

/** The figures of a roll-out from its start to its end. */
export function figuresOfRollout(database: MeasuredFleet['database'], rolled: RolledOut): readonly Figure[] {
  const { what, lookMs, lookProcessorMs, stages, tried, failed } = rolled;
  return [
    {
      what: `${NAMES[database]}: ${what}`,
      ours: `${tried} tried it, ${failed} failed; ${rolled.state}`,
      aim: null,
      beside: [
        ...stages.map(({ name, tried: here, failed: bad, hours }) => ({
          what: `stage ${name}`,
          theirs: `${here} tried it, ${bad} failed; ${hours} h`,
          ratio: '',
        })),
        { what: `a look, of ${lookMs.length}, p50 (p99)`, theirs: p50p99(lookMs), ratio: '' },
        { what: 'of it: processor time, the database’s apart', theirs: p50p99(lookProcessorMs), ratio: '' },
      ],
    },
  ];
}
