/** What may grow with each visit, how it is measured, and whether it stayed within its bound. */

/** What is measured at a moment, in bytes or as a count. */
export const MEASURES = {
  heap: { unit: 'KiB', what: 'heap of the terminal, after a collection', maxPerVisit: 3 },
  // V8 compiles what runs often, ever less of it, and drops what did not run for long.
  code: { unit: 'KiB', what: '· what V8 compiled, beside it', maxPerVisit: 3 },
  handles: { unit: 'count', what: 'open files of the terminal', maxPerVisit: 0.02 },
  // A quarter of the visits hand a case in: its person's row, of 5 KiB, stays while its bucket is kept.
  database: { unit: 'KiB', what: 'database', maxPerVisit: 3 },
  wal: { unit: 'KiB', what: 'write-ahead log', maxPerVisit: 2 },
  mirror: { unit: 'KiB', what: 'second copy of the journal', maxPerVisit: 2 },
  log: { unit: 'KiB', what: 'logs of terminal and devices', maxPerVisit: 1 },
  rest: { unit: 'KiB', what: 'everything else in the data folder', maxPerVisit: 2 },
  pageHeap: { unit: 'KiB', what: 'heap of the page, after a collection', maxPerVisit: 2 },
  pageCode: { unit: 'KiB', what: '· what V8 compiled and learned, beside it', maxPerVisit: 8 },
  pageNodes: { unit: 'count', what: 'nodes of the page', maxPerVisit: 0.5 },
  pageListeners: { unit: 'count', what: 'listeners of the page', maxPerVisit: 0.1 },
} as const satisfies Record<string, Measure>;

interface Measure {
  readonly unit: 'KiB' | 'count';
  readonly what: string;
  /** In its unit; more than this a visit, over the second half, is growth without a bound. */
  readonly maxPerVisit: number;
}
export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];

/** Everything measured after so many visits. */
export interface Sample {
  readonly visits: number;
  /** The terminal's process: what it holds is compared within one life alone. */
  readonly pid: number;
  /** In the measure's unit. */
  readonly values: Readonly<Partial<Record<MeasureName, number>>>;
}

/** How one measure grew. */
export interface Growth {
  readonly measure: MeasureName;
  readonly first: number;
  readonly last: number;
  readonly perVisit: number;
  readonly maxPerVisit: number;
  readonly isBounded: boolean;
}

/** Held by the process: another process begins at nothing. */
const OF_PROCESS: ReadonlySet<MeasureName> = new Set([
  ...(['heap', 'code', 'handles', 'pageHeap', 'pageCode', 'pageNodes', 'pageListeners'] as const),
]);

/** Each measure's growth a visit over the second half, by a straight line through what was measured. */
export function growths(samples: readonly Sample[], slack = 1): readonly Growth[] {
  const half = (samples.at(-1)?.visits ?? 0) / 2;
  const second = samples.filter(({ visits }) => visits >= half);
  const pid = second.at(-1)?.pid;
  const measured = MEASURE_NAMES.filter((measure) => second.at(-1)?.values[measure] !== undefined);
  return measured.map((measure) => {
    const fit = OF_PROCESS.has(measure) ? second.filter((sample) => sample.pid === pid) : second;
    const points = fit.map(({ visits, values }) => [visits, values[measure] ?? 0] as const);
    if (points.length < 3)
      throw new Error(`broken invariant: ${points.length} samples of ${measure} are no line`);
    const perVisit = slopeOf(points);
    const maxPerVisit = MEASURES[measure].maxPerVisit * slack;
    const [first, last] = [samples[0]?.values[measure] ?? 0, samples.at(-1)?.values[measure] ?? 0];
    return { measure, first, last, perVisit, maxPerVisit, isBounded: perVisit <= maxPerVisit };
  });
}

/** Least squares. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const under = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return over / under;
}

/** A table in Markdown. */
export function tableOf(all: readonly Growth[]): string {
  const head =
    '| what | after the first visits | at the end | a visit, second half | bound | of the bound | kept |';
  const number = (value: number) => value.toFixed(Math.abs(value) < 10 ? 3 : 0);
  const rows = all.map(({ measure, first, last, perVisit, maxPerVisit, isBounded }) => {
    const { unit, what } = MEASURES[measure];
    const of = `${((100 * perVisit) / maxPerVisit).toFixed(0)} %`;
    const cells = [
      what,
      `${number(first)} ${unit}`,
      `${number(last)} ${unit}`,
      ...[number(perVisit), String(maxPerVisit), of, isBounded ? 'yes' : '**no**'],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [head, '| --- | --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}
