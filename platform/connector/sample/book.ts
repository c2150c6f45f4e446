/**
 * What the sample centre has, in the order it came. It forgets nothing, keeps two cases of one reference apart
 * (a careless sender is to be seen), and knows nobody: references, numbers and decisions alone.
 */
import { utf8 } from '../../../base/bytes.ts';
import { civilTime } from '../../../base/calendar.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Disk } from '../../../base/disk.ts';
import { digits, type Random } from '../../../base/random.ts';
import { invariant } from '../../../base/result.ts';

/** One thing the centre took. */
export type Taken =
  | {
      readonly step: 'receive';
      readonly reference: string;
      readonly projId: string;
      readonly projPwd: string;
    }
  | { readonly step: 'accept'; readonly reference: string; readonly projId: string; readonly doAction: 0 | 1 }
  | { readonly step: 'finish'; readonly reference: string; readonly projId: string; readonly result: string };

export interface Book {
  /** Gives a new number, whether or not it knows the reference. */
  receive(reference: string, areaCode: string): Extract<Taken, { step: 'receive' }>;
  take(taken: Exclude<Taken, { step: 'receive' }>): void;
  /** Everything taken, oldest first. */
  all(): readonly Taken[];
  of(reference: string): readonly Taken[];
}

const FILE = 'book.jsonl';

/** The book on this disk; null keeps it in memory. */
export function openBook(disk: Disk | null, clock: Clock, random: Random): Book {
  const taken: Taken[] = disk ? readAll(disk) : [];
  function add(one: Taken): void {
    if (disk) {
      const written = disk.appendDurably(FILE, utf8(`${JSON.stringify(one)}\n`));
      invariant(written.ok, 'the sample centre can write its book');
    }
    taken.push(one);
  }
  return {
    receive(reference, areaCode) {
      const number = taken.filter(({ step }) => step === 'receive').length + 1;
      const projId = numberOf(areaCode, clock.wallMs(), number);
      const one = { step: 'receive', reference, projId, projPwd: digits(random, 6) } as const;
      add(one);
      return one;
    },
    take: add,
    all: () => taken,
    of: (reference) => taken.filter((one) => one.reference === reference),
  };
}

/** Area, three characters of an office, YYMMDD, a running number: 21 characters (domain.md D.2). */
function numberOf(areaCode: string, wallMs: number, number: number): string {
  const { year, month, day } = civilTime(wallMs);
  const date = [year % 100, month, day].map((part) => String(part).padStart(2, '0')).join('');
  return `${areaCode}001${date}${String(number).padStart(6, '0')}`;
}

/** A line cut short by a crash was never answered, and is left out. */
function readAll(disk: Disk): Taken[] {
  const read = disk.read(FILE);
  if (!read.ok) return [];
  const lines = new TextDecoder().decode(read.value).split('\n').slice(0, -1);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Taken];
    } catch {
      return [];
    }
  });
}
