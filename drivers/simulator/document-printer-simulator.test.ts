import { describe, expect, test } from 'vitest';
import { createTestPage } from '../document-printer/test-page.ts';
import { setUpRig } from '../testing/rig.ts';

const page = () => createTestPage({ cabinetName: 'Village terminal', printedAt: '2026-03-01 09:30' });
const job = () => ({ jobId: 'job', pdf: page() });

describe('the simulated cabinet’s A4 printer, through the contract', () => {
  test('a document comes out, and the dock shows its pages and bytes', async () => {
    await using rig = await setUpRig();
    await rig.status('a4-printer', 'ok');
    expect(await rig.client.printDocument(job())).toEqual({ outcome: 'printed' });
    const { printed, waiting } = rig.cabinet.state().documentPrinter;
    expect({ printed, waiting }).toEqual({ printed: [{ pages: 1, bytes: page().length }], waiting: [] });
    await rig.order({ order: 'take-sheets' });
    expect(rig.cabinet.state().documentPrinter.printed).toEqual([]);
  });

  test.each([
    [{ paper: 'out' }, 'paper-out'],
    [{ toner: 'empty' }, 'toner-empty'],
    [{ jammed: true }, 'paper-jam'],
    [{ doorOpen: true }, 'cover-open'],
    [{ silent: true }, 'not-answering'],
  ] as const)('%j: nothing is sent', async (faults, reason) => {
    await using rig = await setUpRig();
    await rig.status('a4-printer', 'ok');
    await rig.order({ order: 'set-document-printer-faults', faults });
    expect(await rig.client.printDocument(job())).toEqual({ outcome: 'not-printed', reason });
    expect(rig.cabinet.state().documentPrinter.waiting).toEqual([]);
  });

  test('little paper is said, and no reason not to print', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'set-document-printer-faults', faults: { paper: 'low' } });
    expect(await rig.client.printDocument(job())).toEqual({ outcome: 'printed' });
    await rig.status('a4-printer', 'attention', 'paper-low');
    await rig.order({ order: 'mend-document-printer' });
    await rig.status('a4-printer', 'ok');
  });

  test('pulled out, it is absent; plugged in, it is well again by itself', async () => {
    await using rig = await setUpRig();
    await rig.status('a4-printer', 'ok');
    await rig.order({ order: 'unplug', device: 'a4-printer' });
    expect(await rig.client.printDocument(job())).toEqual({ outcome: 'not-printed', reason: 'port-closed' });
    await rig.status('a4-printer', 'absent', 'port-closed');
    await rig.order({ order: 'plug', device: 'a4-printer' });
    await rig.status('a4-printer', 'ok');
  });

  test('what is no PDF, or too large a one, never reaches it', async () => {
    await using rig = await setUpRig();
    const large = new Uint8Array(8 * 1024 * 1024 + 1);
    large.set(page());
    for (const pdf of [new Uint8Array(), Uint8Array.of(1, 2, 3), large]) {
      await expect(rig.client.printDocument({ jobId: 'job', pdf })).rejects.toThrow();
    }
  });

  test('its self-test prints one page', async () => {
    await using rig = await setUpRig();
    await rig.status('a4-printer', 'ok');
    expect(await rig.client.selfTest({ device: 'a4-printer' })).toMatchObject({
      passed: true,
      findings: [{ type: 'test-page', result: { outcome: 'printed' } }],
    });
    expect(rig.cabinet.state().documentPrinter.printed).toHaveLength(1);
  });
});
