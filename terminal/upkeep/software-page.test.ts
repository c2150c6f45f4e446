/** The maintainer's page of software: what it shows, and what may be asked of it. */
import { expect, it } from 'vitest';
import type { SoftwareState } from '../software/software-state.ts';
import type { SoftwareView } from './software-api.ts';
import { softwareView } from './software-page.ts';
import { createUpkeepBench } from './testing/upkeep-bench.ts';

function onThePage(change: Partial<SoftwareView> = {}) {
  const bench = createUpkeepBench();
  const asked: string[] = [];
  const { software } = bench.program;
  const view = { ...software.findView()!, ...change };
  bench.program.software = {
    ...software,
    findView: () => view,
    look(stick) {
      asked.push(`look ${stick}`);
      return software.look(stick);
    },
    hurry() {
      asked.push('hurry');
      return true;
    },
    cancel() {
      asked.push('cancel');
      return true;
    },
  };
  bench.signIn('maintainer');
  bench.ask({ do: 'look-at', page: 'software' });
  return { bench, asked };
}
const sure = { do: 'change-software', sure: true } as const;
const unsure = { do: 'change-software', sure: false } as const;

it('shows what runs, what waits and which sticks carry releases', () => {
  const { bench } = onThePage();
  expect(bench.page()).toMatchObject({
    ...{ kind: 'software', asks: false, sticks: ['KINGSTON'] },
    software: { running: { version: 7 }, waiting: { version: 8, by: 'stick' } },
  });
});

it('looks at the county and at a stick that is there', () => {
  const { bench, asked } = onThePage();
  expect(bench.ask({ do: 'look-for-software', stick: null }).ok).toBe(true);
  expect(bench.ask({ do: 'look-for-software', stick: 'KINGSTON' }).ok).toBe(true);
  expect(bench.ask({ do: 'look-for-software', stick: 'ELSEWHERE' }).ok).toBe(false);
  expect(asked).toEqual(['look null', 'look KINGSTON', 'look ELSEWHERE']);
});

it('changes over once that was said twice, and then nobody is signed in any more', () => {
  const { bench, asked } = onThePage();
  expect(bench.ask(sure).ok).toBe(false);
  expect(asked).toEqual([]);
  bench.ask(unsure);
  expect(bench.page()).toMatchObject({ asks: true });
  expect(asked).toEqual([]);
  expect(bench.ask(sure).ok).toBe(true);
  expect(asked).toEqual(['hurry']);
  expect(bench.page().kind).toBe('attract');
  expect(bench.program.maintained).toBe(false);
});

it('what was said once is forgotten by “not now”, by another page and by leaving', () => {
  const { bench, asked } = onThePage();
  bench.ask(unsure);
  expect(bench.ask({ do: 'cancel-software' }).ok).toBe(true);
  expect(bench.page()).toMatchObject({ asks: false });
  bench.ask(unsure);
  bench.act({ type: 'back' });
  bench.ask({ do: 'look-at', page: 'software' });
  expect(bench.page()).toMatchObject({ asks: false });
  bench.ask(unsure);
  bench.act({ type: 'leave' });
  bench.signIn('maintainer');
  bench.ask({ do: 'look-at', page: 'software' });
  expect(bench.ask(sure).ok).toBe(false);
  expect(asked).toEqual([]);
  expect(bench.ask({ do: 'cancel-software' }).ok).toBe(true);
  expect(asked).toEqual(['cancel']);
});

it.each([
  ['nothing waits', { waiting: null }],
  ['the county has stopped it', { waiting: { version: 8, for: 'offer', by: 'county' } }],
  ['a look is under way', { looking: true }],
] as const)('does not change over where %s', (_name, change) => {
  const { bench, asked } = onThePage(change);
  expect(bench.ask(unsure).ok).toBe(false);
  expect(bench.ask(sure).ok).toBe(false);
  expect(asked).toEqual([]);
});

it('says that nothing changes by itself where no launcher started the program', () => {
  const { bench } = onThePage();
  bench.program.software = { ...bench.program.software, findView: () => undefined, sticks: () => [] };
  expect(bench.page()).toEqual({ kind: 'software', software: null, sticks: [], asks: false });
  expect(bench.ask(unsure).ok).toBe(false);
});

const STATE: SoftwareState = {
  running: { version: 7, manifest: 'ab'.repeat(32), name: '0.6.0' },
  ...{ other: null, backTo: null, looking: false, fetching: null },
  trial: { version: 8, outcome: 'of a launcher to come' },
  waiting: { version: 9, manifest: 'cd', by: 'county', for: 'hour' },
  refused: [{ version: 8, why: 'hung' }],
  last: { code: 'wrong-hash', atMs: 5 },
};

it('says in words of the page what the keeper and the launcher say in theirs', () => {
  const known = { hours: null, clockTrusted: true, sinceMs: 3 };
  const view = softwareView(STATE, known);
  expect(view).toMatchObject({
    running: { hash: 'ab'.repeat(8), sinceMs: 3 },
    trial: { outcome: 'other' },
    refused: [{ version: 8, why: 'hung' }],
    waiting: { for: 'hour' },
    last: { came: 'damaged' },
  });
  expect(softwareView(STATE, { ...known, clockTrusted: false }).waiting?.for).toBe('clock');
});
