/**
 * Loaded into the cabinet's two programs before their own code (`--import`): a card is looked for every 20 ms instead of
 * 300, and the wires carry eight times as much a second, so that a visit is not mostly waiting for its card.
 */
import { systemClock } from '../../base/node/clock.ts';

const TIMES = 8;
const LOOK_MS = 20;

if (process.argv[1]?.endsWith('drivers/simulator/main.ts')) {
  const { monoMs, after } = systemClock;
  systemClock.monoMs = () => monoMs() * TIMES;
  systemClock.after = (delayMs, task) => after(delayMs / TIMES, task);
}
if (process.argv[1]?.endsWith('drivers/main.ts')) {
  const { READER_DELAYS } = await import('../../drivers/reader/reader-delays.ts');
  for (const state of ['searching', 'holding', 'troubled']) READER_DELAYS.dueMs[state] = LOOK_MS;
}
