/** What only a printer that does as it is told shows: on a clock of its own, against the simulated one. */
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import { DocumentPrinterSimulator } from '../simulator/document-printer-simulator.ts';
import { DOCUMENT_DELAYS } from './document-delays.ts';
import { startDocumentSession } from './document-session.ts';
import { createTestPage } from './test-page.ts';

/** As many pages as wanted: the simulated printer counts what the file names. */
function documentOf(pages: number): Uint8Array {
  const page = createTestPage({ cabinetName: 'Village terminal', printedAt: '2026-03-01 09:30' });
  const more = new TextEncoder().encode('% /Type /Page \n'.repeat(pages - 1));
  return Uint8Array.from([...page, ...more]);
}

async function setUp() {
  const printer = new DocumentPrinterSimulator({ clock: systemClock, onChange: () => undefined });
  await printer.plug();
  const session = startDocumentSession({
    printerUri: printer.url,
    fetch: createNodeFetch({ tolerateDateErrors: () => false }),
    clock: systemClock,
    random: systemRandom,
    delays: { ...DOCUMENT_DELAYS, pollMs: 300, watchMs: 100, answerMs: 500, mendMs: 1_500, lostMs: 700 },
    onStatus: () => undefined,
  });
  return {
    printer,
    print: (pages: number, signal?: AbortSignal) =>
      session.print({ jobId: 'job', pdf: documentOf(pages) }, signal),
    async [Symbol.asyncDispose]() {
      session.stop();
      await printer.unplug();
    },
  };
}

describe('a printer in trouble under a job', () => {
  test('jams after a sheet and stays so: the job is taken back, part of it may be out', async () => {
    await using rig = await setUp();
    rig.printer.jamNext();
    expect(await rig.print(3)).toEqual({ outcome: 'unknown', reason: 'paper-jam' });
    expect(rig.printer.state.waiting).toEqual([]);
    rig.printer.setFaults({ jammed: false });
    expect(await rig.print(1)).toEqual({ outcome: 'printed' });
    expect(rig.printer.state.printed).toHaveLength(1);
  });

  test('of whoever has left is taken back: nothing of it comes out when the next one stands there', async () => {
    await using rig = await setUp();
    const leaving = new AbortController();
    const printing = rig.print(50, leaving.signal);
    while (rig.printer.state.waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    leaving.abort();
    expect(await printing).toMatchObject({ outcome: expect.not.stringMatching('^printed$') });
    expect(rig.printer.state.waiting).toEqual([]);
    expect(await rig.print(50, leaving.signal)).toMatchObject({ outcome: 'not-printed' });
  });

  test('is set right in time: the job goes on to its end', async () => {
    await using rig = await setUp();
    rig.printer.jamNext();
    const printing = rig.print(2);
    while (!rig.printer.state.faults.jammed) await new Promise((resolve) => setTimeout(resolve, 20));
    rig.printer.setFaults({ jammed: false });
    expect(await printing).toEqual({ outcome: 'printed' });
  });

  test('falls silent: nobody knows; once it speaks again, what was left in it is taken back', async () => {
    await using rig = await setUp();
    const printing = rig.print(50);
    while (rig.printer.state.waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    rig.printer.setFaults({ silent: true, doorOpen: true });
    expect(await printing).toEqual({ outcome: 'unknown', reason: 'not-answering' });
    expect(rig.printer.state.waiting).toHaveLength(1);
    rig.printer.setFaults({ silent: false, doorOpen: false });
    expect(await rig.print(1)).toEqual({ outcome: 'printed' });
    expect(rig.printer.state.waiting).toEqual([]);
    expect(rig.printer.state.printed).toHaveLength(1);
  });
});
