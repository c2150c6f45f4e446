/** The watch, look by look: an alert that another gateway noted is not ended by a look from before it. */
import { expect, it } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { openStore } from '../store/store.ts';
import type { Alert } from './group.ts';
import { DEFAULT_RULES } from './rules.ts';
import { noteAlerts, watchFleet } from './watch.ts';

const RULES = { ...DEFAULT_RULES, quiet: null };

it('ends what is no more at the second look that misses it, and not what only this look misses', async () => {
  const opened = await openStore({ kind: 'sqlite', path: ':memory:' });
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  const disk: Alert = { kind: 'disk', subject: 'ab'.repeat(16), machines: 1, sinceMs: 1 };
  await noteAlerts({ store }, [disk], RULES, 1);

  let alerts: readonly Alert[] = [];
  let next = () => {};
  const clock: Clock = {
    wallMs: () => 1,
    monoMs: () => 1,
    after(_delayMs, task) {
      next = task;
      return () => undefined;
    },
  };
  const fleet = { lines: [], towns: [], find: () => undefined, nowMs: 1 };
  const book = { view: async () => ({ ...fleet, alerts }), onChange: () => () => undefined };
  const watch = watchFleet({ store, clock, log: () => undefined }, { book, rules: RULES }, null);
  const rows = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const all = await store.db.selectFrom('fleetAlerts').select('endedMs').execute();
    return all.map(({ endedMs }) => (endedMs === null ? 'open' : 'ended'));
  };
  expect(await rows()).toEqual(['open']);
  alerts = [disk];
  next();
  expect(await rows()).toEqual(['open']);
  alerts = [];
  next();
  expect(await rows()).toEqual(['open']);
  next();
  expect(await rows()).toEqual(['ended']);
  await watch.stop();
  await store.close();
});
