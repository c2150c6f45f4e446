/**
 * A program for one test: people come and go over real ports, each leaving in another way, and heap snapshots are
 * written to the folder it is given, while they are there and after the last. It holds no name, number or code in
 * its text: whoever looks for them in the snapshots finds only what the terminal holds.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import type { IdentityRead } from '../../../drivers/api.ts';
import type { Action, Page } from '../../api.ts';
import { numberOf, readOf } from './people.ts';
import { jpegOf } from './photos.ts';
import { wireTerminal } from './wired-terminal.ts';

const [folder = '.'] = process.argv.slice(2);

/** The nth visitor, whose name and number are put together only now: 甲, 乙, 丙 and a common part. */
function visitor(nth: 0 | 1 | 2): IdentityRead {
  const name = String.fromCharCode(0x6b27, 0x9633, 0x6d4b, [0x7532, 0x4e59, 0x4e19][nth] ?? 0);
  const birth = ['1941', '05', `2${nth}`];
  const number = numberOf(birth.join(''), '005');
  return readOf({ name, number, sex: 'male', birth: birth.join('-'), validTo: 'long-term' });
}

/** What the nth visitor types, put together only now as well. */
function words(nth: number): string {
  return ['typed', 'by', 'visitor', nth].join('+');
}

const wired = wireTerminal();
const { devices } = wired.plug();
const views = await wired.screen.watch();
let shown: Page['kind'] | 'ended' = 'attract';
const follow = async () => {
  const next = await views.next();
  shown = next.done ? 'ended' : next.value.page.kind;
  return next.done !== true;
};
void (async () => {
  while (await follow());
})();

async function turns(): Promise<void> {
  for (let left = 8; left > 0; left -= 1) await turn();
}

async function act(action: Action): Promise<void> {
  await wired.act(action);
  await turns();
}

/** Lets time pass a second at a time, so that the ports' heartbeats are answered. */
async function wait(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    wired.keeper.clock.advance(1_000);
    await turns();
  }
}

async function visit(nth: 0 | 1 | 2): Promise<void> {
  devices.readerSays({ type: 'identity', read: visitor(nth) });
  await turns();
  await act({ type: 'open-matter', matterId: 'temporary-assistance' });
  await act({ type: 'start', basis: 'self' });
  for (const [questionId, value] of [
    ['trouble', ['other']],
    ['other-trouble', words(nth)],
    ['since', '2026-06-01'],
    ['people', 3],
    ['earning', false],
    ['pay-to', 'later'],
    ['phone', '13800138000'],
    ['more', ''],
    ['may-check', true],
    ['true-words', true],
  ] as const)
    await act({ type: 'answer', questionId, value: typeof value === 'object' ? [...value] : value });
}

/** A code is held up where nobody asks for one; a slip's number is typed, and left before its code. */
async function slip(): Promise<void> {
  await act({ type: 'go', to: 'no-card' });
  const text = ['scanned', 'by', 'nobody'].join('+');
  devices.scannerSays({ type: 'code', code: { symbology: 'qr', text } });
  await turns();
  await act({ type: 'go', to: 'slip-lookup' });
  await act({ type: 'slip-by-hand' });
  await act({ type: 'slip-number', localNumber: ['3306', '2512', '0047'].join('') });
}

/** A code is sent to somebody's phone, and one is typed; what becomes of it is never told. */
async function proof(): Promise<void> {
  devices.becomes({ device: 'proof', state: 'ok', reason: null, proofMethods: ['phone-code'] });
  devices.prove = async function* (_order, signal) {
    const maskedPhone = ['139', '****', '8', '642'].join('');
    yield { type: 'code-sent', maskedPhone, digits: 6, guessesLeft: 5 };
    await new Promise((resolve) => signal?.addEventListener('abort', resolve));
  };
  devices.readerSays({ type: 'identity', read: visitor(0) });
  await turns();
  await act({ type: 'open-matter', matterId: 'benefit-proof-of-life' });
  await act({ type: 'start', basis: 'self' });
  await act({ type: 'prove', method: 'phone-code' });
  await act({ type: 'prove-code', code: ['864', '209'].join('') });
  // The simulated device forgets as a real one does.
  devices.typed.length = 0;
}

/** A photograph is taken and looked at; the name it has in this visit is written to a file, for whoever looks. */
async function photo(): Promise<void> {
  await act({ type: 'open-matter', matterId: 'problem-report' });
  await act({ type: 'start', basis: 'open' });
  for (const [questionId, value] of [
    ['what', 'lamp'],
    ['village', '330624108201'],
    ['place', 'x'],
    ['words', 'x'],
  ] as const)
    await act({ type: 'answer', questionId, value });
  const { revision } = wired.terminal.view();
  await wired.screen.attach({ actionId: 'photograph-1', revision, questionId: 'photo', bytes: jpegOf({}) });
  await turns();
  await look();
}

async function look(): Promise<void> {
  const { page } = wired.terminal.view();
  const ref = page.kind === 'question' ? String(page.value) : '';
  await wired.screen.file({ ref });
  writeFileSync(join(folder, 'photo-ref'), ref);
}

async function snapshot(name: string): Promise<void> {
  await turns();
  globalThis.gc?.();
  writeHeapSnapshot(join(folder, name));
}

await turns();
const pages: string[] = [];
await visit(0);
pages.push(shown);
await snapshot('during.heapsnapshot');
await act({ type: 'leave' });
pages.push(shown);
await visit(1);
await wait(25);
pages.push(shown);
await wait(20);
pages.push(shown);
await visit(2);
await act({ type: 'submit' });
pages.push(shown);
await act({ type: 'leave' });
await wait(10);
pages.push(shown);
for (const [name, come] of [
  ['slip', slip],
  ['proof', proof],
  ['photo', photo],
] as const) {
  await come();
  pages.push(shown);
  await snapshot(`${name}.heapsnapshot`);
  await act({ type: 'leave' });
  await wait(10);
}
await snapshot('after.heapsnapshot');
process.stdout.write(JSON.stringify(pages));
process.exit(0);
