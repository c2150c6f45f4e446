/** Percentiles of what was measured, in the unit measured. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('broken invariant: nothing was measured');
  return value;
}

/** Makes ready, untimed, what is then timed. */
export type Work = (index: number) => () => unknown;

/** Times `work` again and again, one after another, in milliseconds each. */
export async function timeEach(repeats: number, work: Work, first = 0): Promise<number[]> {
  const durations: number[] = [];
  for (let index = first; index < first + repeats; index++) {
    const timed = work(index);
    const startMs = performance.now();
    await timed();
    durations.push(performance.now() - startMs);
  }
  return durations;
}

/**
 * Times several kinds of work in turns of `each`, so that whatever else this machine does meanwhile falls on all
 * of them alike. Milliseconds each, in the order given.
 */
export async function timeInTurns(turns: number, each: number, works: readonly Work[]): Promise<number[][]> {
  const durations: number[][] = works.map(() => []);
  for (let turn = 0; turn < turns; turn++) {
    for (const [kind, work] of works.entries()) {
      durations[kind]?.push(...(await timeEach(each, work, turn * each)));
    }
  }
  return durations;
}

/** One claim, beside what it is compared with in the same run. */
export interface Figure {
  readonly what: string;
  readonly ours: string;
  /** Null where there is no aim to meet. */
  readonly aim: { readonly text: string; readonly met: boolean } | null;
  /** Floors (the least such a thing can cost here), peers, and parts of the figure itself. */
  readonly beside: readonly Beside[];
}

/** What stands beside a figure. */
export interface Beside {
  readonly what: string;
  readonly theirs: string;
  /** How ours stands to it; empty where it is a part of ours and no other's. */
  readonly ratio: string;
}

/** Milliseconds for people. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

/** `p50 (p99)` of what was measured. */
export function p50p99(values: readonly number[]): string {
  return `${ms(percentile(values, 50))} (${ms(percentile(values, 99))})`;
}

/** A ratio for people. */
export function times(value: number): string {
  return `${value.toFixed(value < 0.1 ? 3 : value < 10 ? 2 : 0)} ×`;
}

/** How many times as long ours takes as theirs, by the medians. */
export function timesAsLong(ours: readonly number[], theirs: readonly number[]): string {
  return times(percentile(ours, 50) / percentile(theirs, 50));
}

const HEAD = ['figure', 'measured', 'ours to it', 'aim', 'met'];

/** Figures as a Markdown table, each followed by what stands beside it. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.flatMap(({ what, ours, aim, beside }) => [
    [what, ours, '', aim?.text ?? '', aim === null ? '' : aim.met ? 'yes' : '**no**'],
    ...beside.map((other) => [`· ${other.what}`, other.theirs, other.ratio, '', '']),
  ]);
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
