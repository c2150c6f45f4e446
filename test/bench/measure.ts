/** Percentiles of what was measured, in the unit measured. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('broken invariant: nothing was measured');
  return value;
}

/** Times `work` `times` times, one after another, in milliseconds each. */
export async function timeEach(times: number, work: (index: number) => unknown): Promise<number[]> {
  const durations: number[] = [];
  for (let index = 0; index < times; index++) {
    const startMs = performance.now();
    await work(index);
    durations.push(performance.now() - startMs);
  }
  return durations;
}

/** One claim, beside what it is compared with in the same run. */
export interface Line {
  readonly what: string;
  readonly ours: string;
  /** The least that such a thing can cost here, or a peer, and our ratio to it. */
  readonly beside: string;
  readonly aim: string;
  /** Null where there is no aim to meet. */
  readonly met: boolean | null;
}

/** Milliseconds for people. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

/** A ratio for people. */
export function ratio(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ×`;
}

/** Prints lines as a table. */
export function print(lines: readonly Line[]): void {
  const rows = [['what', 'ours', 'beside it in the same run', 'aim', 'met'], ...lines.map(cells)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows) {
    process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
  }
}

function cells(line: Line): string[] {
  return [line.what, line.ours, line.beside, line.aim, line.met === null ? '' : line.met ? 'yes' : 'NO'];
}
