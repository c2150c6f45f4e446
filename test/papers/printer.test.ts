/** A certificate on CUPS' own printer: it comes out as it was set, and one that jams leaves nothing and counts no more. */
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import { ok } from '../../base/result.ts';
import { DOCUMENT_DELAYS } from '../../drivers/document-printer/document-delays.ts';
import { startDocumentSession } from '../../drivers/document-printer/document-session.ts';
import { createIppClient } from '../../drivers/document-printer/ipp-client.ts';
import { GROUP_TAGS } from '../../drivers/document-printer/ipp-message.ts';
import { JOBS_QUESTION } from '../../drivers/document-printer/ipp-requests.ts';
import { startIppevePrinter } from '../../drivers/document-printer/testing/ippeve-printer.ts';
import { certificateFormat, certificateQrText } from '../../sync/formats/certificate.ts';
import { createTypesetter } from '../../terminal/certificate/pdf.ts';
import { createPrintDesk, type PrintOrder } from '../../terminal/certificate/print-desk.ts';
import type { ContentMap } from '../../terminal/keeper.ts';
import { packagedFonts } from '../../terminal/program/fonts.ts';
import { crypto } from '../../terminal/testing/keeper-world.ts';
import { projectCatalog } from '../project-catalog.ts';

const fetch = createNodeFetch({ tolerateDateErrors: () => false });
const TEMPLATE = projectCatalog().templates.find(({ id }) => id === 'certificate');
const KEY = crypto.signingKey(crypto.randomBytes(32));
const PATIENCE_MS = 20_000;

function wordsOf(number: string): Uint8Array {
  const [signKeyId, said] = [crypto.randomBytes(16), crypto.randomBytes(32)];
  const facts = { template: 'certificate', dataSet: 'household', name: '张*', issuedAt: 1, asOf: 1 };
  return certificateFormat.make(KEY, { v: 1, suite: 1, signKeyId, number, said, ...facts });
}

function orderOf(...numbers: string[]): PrintOrder {
  if (TEMPLATE === undefined) throw new Error('the catalog has this template');
  return {
    template: TEMPLATE,
    copies: numbers.length,
    certificates: numbers.map(wordsOf),
    facts: {
      ...{ title: '户籍证明打印', person: { name: '张桂兰', number: '330699194103121024' } },
      ...{
        purpose: '孩子上学',
        from: '县公安局',
        asOfMs: 0,
        fields: [],
        records: [],
        pictures: [],
        which: null,
      },
      ...{ sample: true, place: '沙溪镇董村' },
    },
  };
}

/** A desk of papers on this printer, what it kept, and the numbers it asked for. */
function openDesk(printerUri: string) {
  const kept: ContentMap[] = [];
  let given = 0;
  const session = startDocumentSession({
    ...{ printerUri, fetch, clock: systemClock, random: systemRandom, onStatus: () => undefined },
    delays: { ...DOCUMENT_DELAYS, pollMs: 500, watchMs: 200, mendMs: 1_000, lostMs: 1_000, cancelMs: 2_000 },
  });
  const sent: string[] = [];
  const desk = createPrintDesk({
    keeper: {
      keep({ content }) {
        kept.push(content);
        const [entryId, entryHash] = [crypto.randomBytes(16), crypto.randomBytes(32)];
        return ok({ repeated: false, entryId, entryHash, keptAtMs: 0, slipJobId: null });
      },
      holdNumbers: () => ok(undefined),
      freeNumbers: () => undefined,
      certificateQr: (words) => certificateQrText('https://county.example', words),
    },
    queries: { replace: async () => ok(wordsOf(`20000000000${++given}`)) },
    ...{ clock: systemClock, nowMs: systemClock.wallMs, random: systemRandom },
    typesetter: createTypesetter(packagedFonts),
    findPrinter: () => ({
      printDocument(job, { signal }) {
        sent.push(Buffer.from(job.pdf).toString('latin1'));
        return session.print(job, signal);
      },
    }),
    ...{ onChange: () => undefined, onBusy: () => undefined },
  });
  const isPrinting = (printId: number) => desk.find(printId)?.at === 'printing';
  return {
    ...{ desk, kept, sent },
    settled: (printId: number) =>
      expect.poll(() => isPrinting(printId), { timeout: PATIENCE_MS }).toBe(false),
    [Symbol.dispose]: () => session.stop(),
  };
}

async function countJobs(printerUri: string): Promise<number> {
  const answer = await createIppClient({ fetch, printerUri }).ask(JOBS_QUESTION, 4_000);
  return answer.ok ? answer.value.groups.filter(({ tag }) => tag === GROUP_TAGS.job).length : -1;
}

describe('a certificate on a real printer', () => {
  it('comes out copy by copy, byte for byte, and nothing of it waits there', async () => {
    await using printer = await startIppevePrinter();
    using rig = openDesk(printer.uri);
    const printId = rig.desk.print(orderOf('100000000001', '100000000002'));
    await rig.settled(printId);
    expect(rig.desk.find(printId)).toEqual({ at: 'printed', sheets: 2 });
    const out = await printer.printed();
    expect(out.map((pdf) => Buffer.from(pdf).toString('latin1'))).toEqual(rig.sent);
    expect(await countJobs(printer.uri)).toBe(0);
    rig.desk.keepOnly(null);
    expect(rig.kept).toEqual([]);
  });

  it('that fails is voided, leaves nothing in the printer, and comes out under another number', async () => {
    await using printer = await startIppevePrinter();
    using rig = openDesk(printer.uri);
    await printer.setFailing(true);
    const printId = rig.desk.print(orderOf('100000000001'));
    await rig.settled(printId);
    expect(rig.desk.find(printId)).toMatchObject({ at: 'failed', copy: 1, sheets: 0 });
    expect(rig.kept).toMatchObject([{ kind: 'certificate.voided', numbers: ['100000000001'] }]);
    expect(await countJobs(printer.uri)).toBe(0);

    await printer.setFailing(false);
    rig.desk.again(printId);
    await rig.settled(printId);
    expect(rig.desk.find(printId)).toEqual({ at: 'printed', sheets: 1 });
    expect(rig.sent[0]).not.toEqual(rig.sent[1]);
    rig.desk.keepOnly(null);
    expect(rig.kept).toHaveLength(1);
  });

  it('whose printer is gone is voided too', async () => {
    await using printer = await startIppevePrinter();
    using rig = openDesk(printer.uri);
    await printer.kill();
    const printId = rig.desk.print(orderOf('100000000001'));
    await rig.settled(printId);
    expect(rig.desk.find(printId)).toMatchObject({ at: 'failed', why: 'not-printed' });
    expect(rig.kept).toMatchObject([{ numbers: ['100000000001'] }]);
  });

  it('of whoever leaves counts no more, and does not stay in the printer', async () => {
    await using printer = await startIppevePrinter();
    using rig = openDesk(printer.uri);
    await printer.setPrintingSeconds(3);
    rig.desk.print(orderOf('100000000001'));
    await expect.poll(() => countJobs(printer.uri), { timeout: PATIENCE_MS }).toBe(1);
    rig.desk.keepOnly(null);
    expect(rig.kept).toMatchObject([{ numbers: ['100000000001'], reason: 'left' }]);
    await expect.poll(() => countJobs(printer.uri), { timeout: PATIENCE_MS }).toBe(0);
  });
});
