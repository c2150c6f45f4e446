/**
 * A program for one test: carries somebody through a visit over real ports and writes heap snapshots to the
 * folder it is given, during the visit and after it. It holds no name or number in its text: whoever looks
 * for them in the snapshots finds only what the terminal holds.
 */
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import type { IdentityRead } from '../../../drivers/api.ts';
import type { Action } from '../../api.ts';
import { numberOf, readOf } from './people.ts';
import { type Wired, wireTerminal } from './wired-terminal.ts';

const [folder = '.', ending = 'leave'] = process.argv.slice(2);

/** Somebody whose name and number are put together only now. */
function somebody(): IdentityRead {
  const name = String.fromCharCode(0x6b27, 0x9633, 0x6d4b, 0x8bd5, 0x7528);
  const birth = ['1941', '05', '20'];
  return readOf({
    name,
    number: numberOf(birth.join(''), '005'),
    sex: 'male',
    birth: birth.join('-'),
    validTo: 'long-term',
  });
}

/** What they type, put together only now as well. */
function words(): string {
  return ['typed', 'by', 'one', 'alone'].join('+');
}

async function turns(): Promise<void> {
  for (let left = 8; left > 0; left -= 1) await turn();
}

async function visit(wired: Wired): Promise<void> {
  const act = async (action: Action) => {
    await wired.act(action);
    await turns();
  };
  const answer = (questionId: string, value: string | number | boolean | string[]) =>
    act({ type: 'answer', questionId, value });
  await act({ type: 'open-matter', matterId: 'temporary-assistance' });
  await act({ type: 'start', basis: 'self' });
  await answer('trouble', ['other']);
  await answer('other-trouble', words());
  await answer('since', '2026-06-01');
  await answer('people', 3);
  await answer('earning', false);
  await answer('pay-to', 'later');
  await answer('phone', '13800138000');
  await answer('more', '');
  await answer('may-check', true);
  await answer('true-words', true);
  if (ending === 'submit') await act({ type: 'submit' });
}

async function snapshot(name: string): Promise<void> {
  await turns();
  globalThis.gc?.();
  writeHeapSnapshot(join(folder, name));
}

/** Lets time pass a second at a time, so that the ports' heartbeats are answered. */
async function wait(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    wired.keeper.clock.advance(1_000);
    await turns();
  }
}

const wired = wireTerminal();
const { devices } = wired.plug();
const views = await wired.screen.watch();
const shown = { kind: '' };
const follow = async () => {
  const next = await views.next();
  shown.kind = next.done ? 'ended' : next.value.page.kind;
  return next.done !== true;
};
void (async () => {
  while (await follow());
})();
await turns();
devices.readerSays({ type: 'identity', read: somebody() });
await turns();
await visit(wired);
const during = shown.kind;
await snapshot('during.heapsnapshot');
if (ending === 'idle') await wait(66);
else await wired.act({ type: 'leave' });
await turns();
await wait(10);
await snapshot('after.heapsnapshot');
process.stdout.write(JSON.stringify({ during, after: shown.kind }));
process.exit(0);
