/** Owed entries carried by stick, at the machine: what the page says, step by step. */
import { expect, it } from 'vitest';
import { createMemoryDisk, type MemoryDisk } from '../testing/memory-disk.ts';
import type { UpkeepPage } from './api.ts';
import { createUpkeepBench, type UpkeepBench } from './testing/upkeep-bench.ts';

type RescuePage = Extract<UpkeepPage, { kind: 'rescue' }>;

/** A maintainer on the page, and a stick in the machine. */
function onPage(): { readonly bench: UpkeepBench; readonly stick: MemoryDisk; page(): RescuePage } {
  const bench = createUpkeepBench();
  const stick = createMemoryDisk();
  bench.program.sticks.push({ name: 'blue', disk: stick });
  bench.signIn('maintainer');
  bench.ask({ do: 'go', to: 'rescue' });
  const page = () => {
    const shown = bench.page();
    if (shown.kind !== 'rescue') throw new Error(`the page is ${shown.kind}`);
    return shown;
  };
  return { bench, stick, page };
}

it('lists the sticks there are, also one that is plugged in while it is shown', () => {
  const { bench, page } = onPage();
  expect(page().sticks).toEqual([{ name: 'blue', freeBytes: null, folders: 0, answered: 0 }]);
  bench.program.sticks.push({ name: 'red', disk: createMemoryDisk() });
  bench.clock.advance(1_000);
  expect(page().sticks.map(({ name }) => name)).toEqual(['blue', 'red']);
});

it('copies between other things, says how far it is, and that the stick can go', () => {
  const { bench, page } = onPage();
  const { owed } = page();
  expect(owed).toBeGreaterThan(0);
  expect(bench.ask({ do: 'export-to', stick: 'blue' }).ok).toBe(true);
  expect(page()).toMatchObject({ running: { entries: 0 }, outcome: null });
  expect(bench.ask({ do: 'export-to', stick: 'blue' }).ok).toBe(false);
  expect(bench.ask({ do: 'read-answers', stick: 'blue' }).ok).toBe(false);
  bench.clock.advance(1);
  expect(page()).toMatchObject({ running: null, outcome: { did: 'exported', entries: owed, left: 0 }, owed });
  expect(page().sticks).toMatchObject([{ folders: 1, answered: 0 }]);
  bench.act({ type: 'leave' });
  bench.signIn('maintainer');
  bench.ask({ do: 'go', to: 'rescue' });
  expect(page().outcome).toBeNull();
});

it('says that the stick is full, cannot be written, or was pulled', () => {
  const { bench, stick, page } = onPage();
  for (const code of ['full', 'io'] as const) {
    stick.onChange = ({ kind }) => (kind === 'remove' ? undefined : { code, detail: 'made up' });
    bench.ask({ do: 'export-to', stick: 'blue' });
    bench.clock.advance(1);
    expect(page().outcome).toEqual({ did: 'failed', why: code });
  }
  stick.onChange = ({ path }) => expect.unreachable(`${path} is written where no stick is`);
  bench.ask({ do: 'export-to', stick: 'blue' });
  bench.program.sticks.pop();
  bench.clock.advance(1);
  expect(page()).toMatchObject({ outcome: { did: 'failed', why: 'gone' }, sticks: [], running: null });
  expect(bench.ask({ do: 'export-to', stick: 'blue' }).ok).toBe(false);
});

it('hands the answers on the stick over, and says what came of them', () => {
  const { bench, stick, page } = onPage();
  bench.ask({ do: 'export-to', stick: 'blue' });
  bench.clock.advance(1);
  const [path] = [...stick.files().keys()].filter((name) => name.endsWith('entries.yzf'));
  stick.writeDurably(path!.replace('entries.yzf', 'answers.cbor'), Uint8Array.of(1, 2, 3));
  expect(page().sticks).toMatchObject([{ folders: 1, answered: 1 }]);
  const handed: Uint8Array[] = [];
  bench.program.takeAnswers = (file) => {
    handed.push(file);
    return { ok: true, value: { receipted: 2, erased: 1, ignored: 0, waiting: 0 } };
  };
  bench.ask({ do: 'read-answers', stick: 'blue' });
  expect(handed).toEqual([Uint8Array.of(1, 2, 3)]);
  expect(page().outcome).toMatchObject({ did: 'read', folders: 1, receipted: 2, erased: 1, unreadable: 0 });
  bench.program.takeAnswers = () => ({ ok: false, error: { code: 'malformed', at: '' } });
  bench.ask({ do: 'read-answers', stick: 'blue' });
  expect(page().outcome).toMatchObject({ did: 'read', receipted: 0, unreadable: 1 });
});
