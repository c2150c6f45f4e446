import { expect, it } from 'vitest';
import { createBench } from '../visit/testing/bench.ts';
import { ELDER } from '../visit/testing/people.ts';
import { createActionMemory } from './actions.ts';
import { watchViews } from './watch.ts';

it('hands a slow screen the newest view alone, and no page of somebody who has left', async () => {
  const bench = createBench();
  const views = watchViews({ view: bench.view, onChange: bench.onChange });
  expect((await views.next()).value).toMatchObject({ page: { kind: 'attract' } });
  bench.lay(ELDER);
  bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
  bench.act({ type: 'leave' });
  const next = await views.next();
  expect(next.value).toMatchObject({ page: { kind: 'goodbye' } });
  expect(JSON.stringify(next.value)).not.toContain('欧阳');
  await views.return();
});

it('ends when the line does, and listens no more', async () => {
  let listeners = 0;
  const bench = createBench();
  const onChange = (listener: () => void) => {
    listeners += 1;
    const stop = bench.onChange(listener);
    return () => {
      listeners -= 1;
      stop();
    };
  };
  const line = new AbortController();
  const views = watchViews({ view: bench.view, onChange }, line.signal);
  await views.next();
  const waiting = views.next();
  line.abort();
  expect((await waiting).done).toBe(true);
  expect(listeners).toBe(0);
});

it('remembers as many actions as a screen can have under way, and no more', () => {
  const memory = createActionMemory();
  let done = 0;
  const run = (id: number) =>
    memory.once(`action-${id}`, () => {
      done += 1;
      return { ok: true };
    });
  for (let id = 0; id < 65; id += 1) run(id);
  run(64);
  run(1);
  expect(done).toBe(65);
  run(0);
  expect(done).toBe(66);
  memory.clear();
  run(64);
  expect(done).toBe(67);
});
