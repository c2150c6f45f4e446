import { expect, it } from 'vitest';
import type { Health } from '../base/program-lines.ts';
import { watchHostHealth } from './health.ts';

/** A supervised program, as far as its health goes. */
function program() {
  const listeners: (() => void)[] = [];
  let generation = 1;
  let crashes = 0;
  let health: Health | undefined;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    generation: () => generation,
    crashes: () => crashes,
    findHealth: () => health,
    onHealth: (listener: () => void) => void listeners.push(listener),
    says(checks: Health['checks']) {
      health = { restarts: 0, checks };
      tell();
    },
    restarts(isCrash = true) {
      generation += 1;
      if (isCrash) crashes += 1;
      health = undefined;
      tell();
    },
  };
}

it('says what the terminal says, whether a screen is drawn, and how often something was started again', () => {
  const [terminal, devices] = [program(), program()];
  const said: Health[] = [];
  const health = watchHostHealth({ terminal, devices }, (now) => said.push(now));
  expect(said).toEqual([{ restarts: 0, crashes: 0, checks: { screen: 'waiting' } }]);
  terminal.says({ store: 'ok', visit: 'waiting' });
  const beat = { isVisible: true, heapBytes: null, isVacant: true };
  health.screenSaid({ ...beat, frames: 0 });
  health.screenSaid({ ...beat, frames: 3, isVisible: false });
  expect(said.at(-1)).toEqual({
    ...{ restarts: 0, crashes: 0 },
    checks: { store: 'ok', visit: 'waiting', screen: 'waiting' },
  });
  health.screenSaid({ ...beat, frames: 3 });
  expect(said.at(-1)?.checks.screen).toBe('ok');
  devices.restarts();
  terminal.restarts();
  terminal.restarts(false);
  // What the terminal said before it ended counts no more.
  expect(said.at(-1)).toEqual({ restarts: 3, crashes: 1, checks: { screen: 'ok' } });
  const before = said.length;
  health.screenSaid({ ...beat, frames: 4 });
  expect(said).toHaveLength(before);
});
