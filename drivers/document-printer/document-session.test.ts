import { describe, expect, test } from 'vitest';
import { sleep } from '../../base/clock.ts';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import type { DeviceReason, DeviceState } from '../api.ts';
import { DOCUMENT_DELAYS } from './document-delays.ts';
import { startDocumentSession } from './document-session.ts';
import { createIppClient } from './ipp-client.ts';
import { GROUP_TAGS } from './ipp-message.ts';
import { createJob, encodeIppRequest, JOBS_QUESTION, printJob, sendDocument } from './ipp-requests.ts';
import { conditionOfTrouble } from './printer-condition.ts';
import { createTestPage } from './test-page.ts';
import { startIppevePrinter } from './testing/ippeve-printer.ts';
import type { Stock, Trays } from './trays.ts';

const PATIENCE_MS = 20_000;
const fetch = createNodeFetch({ tolerateDateErrors: () => false });
const page = () => createTestPage({ cabinetName: 'Village terminal', printedAt: '2026-03-01 09:30' });

/** A session on a printer, and what it said. */
function startSession(printerUri: string, trays?: Trays) {
  const statuses: { state: DeviceState; reason: DeviceReason | null }[] = [];
  const session = startDocumentSession({
    printerUri,
    trays,
    fetch,
    clock: systemClock,
    random: systemRandom,
    // A person's patience is not a test's.
    delays: { ...DOCUMENT_DELAYS, pollMs: 500, watchMs: 200, mendMs: 1_000, lostMs: 1_000, cancelMs: 2_000 },
    onStatus: (state, reason) => statuses.push({ state, reason }),
  });
  return {
    statuses,
    print: (pdf: Uint8Array, stock?: Stock) => session.print({ jobId: 'job', pdf, stock }),
    async status(state: DeviceState, reason: DeviceReason | null = null, from = 0) {
      const isSo = () => statuses.slice(from).some((said) => said.state === state && said.reason === reason);
      for (const startedMs = systemClock.monoMs(); !isSo(); await sleep(systemClock, 50)) {
        if (systemClock.monoMs() - startedMs > PATIENCE_MS) {
          throw new Error(`no ${state} ${reason} in ${JSON.stringify(statuses)}`);
        }
      }
    },
    [Symbol.dispose]: () => session.stop(),
  };
}

async function unfinishedJobs(printerUri: string): Promise<number> {
  const answer = await createIppClient({ fetch, printerUri }).ask(JOBS_QUESTION, 4_000);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.groups.filter(({ tag }) => tag === GROUP_TAGS.job).length;
}

describe('on a real printer', () => {
  test('a document comes out byte for byte, under a name that says nothing, and nothing waits in it after', async () => {
    await using printer = await startIppevePrinter();
    using session = startSession(printer.uri);
    await session.status('ok');
    const pdf = page();
    const expected = Uint8Array.from(pdf);
    expect(await session.print(pdf)).toEqual({ outcome: 'printed' });
    expect(await printer.printed()).toEqual([expected]);
    expect(await unfinishedJobs(printer.uri)).toBe(0);
    expect(session.statuses).toContainEqual({ state: 'busy', reason: null });
    expect(session.statuses.at(-1)).toEqual({ state: 'ok', reason: null });
    // The driver's own copy, and the one it was given.
    expect(pdf.every((byte) => byte === 0)).toBe(true);
  });

  test('documents asked for at once come out one after the other', async () => {
    await using printer = await startIppevePrinter();
    using session = startSession(printer.uri);
    const outcomes = await Promise.all([session.print(page()), session.print(page())]);
    expect(outcomes).toEqual([{ outcome: 'printed' }, { outcome: 'printed' }]);
    expect(await printer.printed()).toHaveLength(2);
  });

  test('a document that still waits when the session is stopped is never sent', async () => {
    await using printer = await startIppevePrinter();
    const session = startSession(printer.uri);
    const asked = [session.print(page()), session.print(page())];
    await session.status('busy');
    session[Symbol.dispose]();
    expect((await Promise.all(asked))[1]).toEqual({ outcome: 'not-printed', reason: 'not-answering' });
    await sleep(systemClock, 1_000);
    expect((await printer.printed()).length).toBeLessThan(2);
  });

  test('an empty tray is seen before a job, and nothing is sent', async () => {
    await using printer = await startIppevePrinter();
    using session = startSession(printer.uri);
    await printer.setSheets(0);
    expect(await session.print(page())).toEqual({ outcome: 'not-printed', reason: 'paper-out' });
    expect(session.statuses.at(-1)).toEqual({ state: 'fault', reason: 'paper-out' });
    expect(await printer.printed()).toEqual([]);
    expect(await unfinishedJobs(printer.uri)).toBe(0);
  });

  test('a job that the printer gives up may be out in part', async () => {
    await using printer = await startIppevePrinter();
    using session = startSession(printer.uri);
    await printer.setFailing(true);
    expect(await session.print(page())).toEqual({ outcome: 'unknown', reason: 'needs-attention' });
    await printer.setFailing(false);
    expect(await session.print(page())).toEqual({ outcome: 'printed' });
  });

  describe('with a tray for paper of the state', () => {
    const TRAYS = { plain: 'main', special: 'by-pass-tray' };

    test('each document is taken from the tray of its own paper', async () => {
      await using printer = await startIppevePrinter();
      using session = startSession(printer.uri, TRAYS);
      for (const stock of ['special', 'plain', undefined] as const)
        expect(await session.print(page(), stock)).toEqual({ outcome: 'printed' });
      const media = await printer.media();
      expect(media.map((words) => /media-source=([a-z-]+)/.exec(words)?.[1])).toEqual([
        'by-pass-tray',
        'main',
        'main',
      ]);
      for (const words of media) expect(words).toMatch(/x-dimension=21000 y-dimension=29700/);
    });

    test('where no cabinet names one the printer chooses', async () => {
      await using printer = await startIppevePrinter();
      using session = startSession(printer.uri);
      expect(await session.print(page(), 'special')).toEqual({ outcome: 'printed' });
      expect(await printer.media()).toEqual(['']);
    });

    test('a tray that it does not have is a wrong cabinet, said at once, and nothing is sent', async () => {
      await using printer = await startIppevePrinter();
      using session = startSession(printer.uri, { plain: 'main', special: 'tray-7' });
      await session.status('fault', 'misconfigured');
      for (const stock of ['special', 'plain'] as const)
        expect(await session.print(page(), stock)).toEqual({
          outcome: 'not-printed',
          reason: 'misconfigured',
        });
      expect(await printer.printed()).toEqual([]);
    });
  });

  test('what it will not print is not printed', async () => {
    await using printer = await startIppevePrinter();
    const client = createIppClient({ fetch, printerUri: printer.uri });
    const job = printJob('yizhan-test');
    const attributes = { ...job.attributes, 'document-format': 'image/jpeg' };
    const refusal = await client.ask({ ...job, attributes }, 4_000, page());
    expect(refusal).toMatchObject({ ok: false, error: { code: 'refused' } });
    if (refusal.ok || refusal.error.code !== 'refused') return;
    expect(conditionOfTrouble(refusal.error).reason).toBe('document-refused');
  });

  test('a tray that is emptied under a job: it is taken back, and the printer is well again with paper', async () => {
    await using printer = await startIppevePrinter();
    await printer.setPrintingSeconds(30);
    using session = startSession(printer.uri);
    await session.status('ok');
    const printing = session.print(page());
    await session.status('busy');
    await printer.setSheets(0);
    // Its print command goes on for a while: until it ends, the job is in the printer and nothing else is sent.
    expect(await printing).toEqual({ outcome: 'unknown', reason: 'paper-out' });
  });

  test('pulled out under a job: nobody knows what came out; plugged in, it is well again by itself', async () => {
    await using printer = await startIppevePrinter();
    await printer.setPrintingSeconds(600);
    using session = startSession(printer.uri);
    await session.status('ok');
    const printing = session.print(page());
    await session.status('busy');
    await sleep(systemClock, 1_000);
    await printer.kill();
    expect(await printing).toEqual({ outcome: 'unknown', reason: 'port-closed' });
    await session.status('absent', 'port-closed');
    expect(await session.print(page())).toEqual({ outcome: 'not-printed', reason: 'port-closed' });
    await printer.setPrintingSeconds(0);
    const told = session.statuses.length;
    await printer.start();
    await session.status('ok', null, told);
    expect(await session.print(page())).toEqual({ outcome: 'printed' });
  });

  test('a job of ours left over from before is taken back at the start', async () => {
    await using printer = await startIppevePrinter();
    const client = createIppClient({ fetch, printerUri: printer.uri });
    expect((await client.ask(createJob('yizhan-0badcafe'), 4_000)).ok).toBe(true);
    using session = startSession(printer.uri);
    await session.status('ok');
    expect(await unfinishedJobs(printer.uri)).toBe(0);
    // What was taken back can be given no document any more.
    expect(await client.ask(sendDocument(1), 4_000, page())).toMatchObject({ ok: false });
  });

  test('somebody else’s job is left alone; while it fills the printer, nothing of ours is printed', async () => {
    await using printer = await startIppevePrinter();
    const client = createIppClient({ fetch, printerUri: printer.uri });
    const { operation, attributes } = createJob('minutes');
    await client.ask({ operation, attributes: { ...attributes, 'requesting-user-name': 'clerk' } }, 4_000);
    using session = startSession(printer.uri);
    await session.status('ok');
    expect(await session.print(page())).toMatchObject({ outcome: 'not-printed' });
    expect(await unfinishedJobs(printer.uri)).toBe(1);
  });
});

test('nobody at the address: absent; something else there: said to be misconfigured, and never a throw', async () => {
  using nobody = startSession('ipp://127.0.0.1:9/ipp/print');
  await nobody.status('absent', 'port-closed');
  await using printer = await startIppevePrinter();
  using lost = startSession(printer.uri.replace('/ipp/print', '/nowhere'));
  await lost.status('fault', 'misconfigured');
});

test('what a printer is told of us holds no name: the same words for every job', () => {
  const bytes = encodeIppRequest(createJob('yizhan-01020304'), 'ipp://printer/ipp/print', 1);
  expect(new TextDecoder().decode(bytes)).toContain('requesting-user-name\0\u0006yizhan');
});
