/** Printing a paper: consent, what will stand on it, copies under numbers of their own, and what goes wrong. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import type { Matter } from '../../catalog/schema.ts';
import { type CertificateWords, certificateFormat } from '../../sync/formats/certificate.ts';
import { projectCatalog } from '../../test/project-catalog.ts';
import { type Page, viewSchema } from '../api.ts';
import { crypto } from '../testing/keeper-world.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { foundAnswer, settle } from './testing/fake-queries.ts';
import { opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';
import { START_MS } from './testing/site.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;
type Run = PageOf<'print'>['run'];

const CATALOG = projectCatalog();
const matter = (id: string) => CATALOG.matters.find((one) => one.id === id) as Matter;
/** A certificate that a card is enough for, in copies. */
const PROOF: Matter = {
  ...matter('insurance-proof'),
  questions: matter('no-property-certificate').questions.filter(({ type }) => type !== 'person-card'),
};
const ID_COPY = matter('id-card-copy');

const KEY = crypto.signingKey(crypto.randomBytes(32));

/** Words as a platform signs them; the fake queries look at nothing of them. */
function wordsOf(number: string): Uint8Array {
  const facts = { template: 'certificate', dataSet: 'household', name: '张*', issuedAt: 1, asOf: 1 };
  const words: CertificateWords = {
    ...{ v: 1, suite: 1, signKeyId: crypto.randomBytes(16), number, said: crypto.randomBytes(32) },
    ...facts,
  };
  return certificateFormat.make(KEY, words);
}

const NUMBERS = ['100000000001', '100000000002', '100000000003'] as const;
const found = (sheets: number) => {
  const answer = foundAnswer([{ kind: '城乡居民养老保险', since: '2010年' }]);
  return ok({ ...(answer.ok ? answer.value : never()), certificates: NUMBERS.slice(0, sheets).map(wordsOf) });
};

function never(): never {
  throw new Error('broken invariant: it was made as found');
}

let bench: Bench;
beforeEach(() => {
  bench = createBench();
  bench.world.catalog = { ...CATALOG, matters: [PROOF, ID_COPY] };
  bench.world.devices = { ...bench.world.devices, cameras: new Set(['document-camera']) };
  bench.authority.refresh();
  bench.lay(ELDER);
});

const page = (): PageOf<'print'> => {
  const shown = viewSchema.parse(bench.view()).page;
  expect(shown.kind).toBe('print');
  return shown as PageOf<'print'>;
};
const run = (): Run => page().run;
const voided = () =>
  bench.keeper
    .contents()
    .filter(({ kind }) => kind === 'certificate.voided')
    .map(({ numbers, reason }) => [numbers, reason]);
const numbersSet = () => bench.printing.set.map(({ issued }) => issued?.number);

/** Opens the certificate, answers its questions, agrees, and has the platform answer. */
async function toPreview(copies = 1, answered = found(copies) as Parameters<Bench['queries']['answer']>[0]) {
  expect(opened(bench, PROOF.id, 'self')).toEqual({ ok: true });
  bench.act({ type: 'answer', questionId: 'purpose', value: 'school' });
  bench.act({ type: 'answer', questionId: 'copies', value: copies });
  expect(bench.page().kind).toBe('consent');
  expect(bench.act({ type: 'consent', agree: true })).toEqual({ ok: true });
  expect(page()).toMatchObject({ state: 'asking', printable: false });
  bench.keeper.deliverAll();
  await settle();
  await bench.queries.answer(answered);
}

async function print() {
  expect(bench.act({ type: 'print' })).toEqual({ ok: true });
  await settle();
}

describe('a certificate', () => {
  it('is asked for with its numbers, shown, printed copy by copy, and taken', async () => {
    await toPreview(2);
    expect(bench.queries.asked[0]?.query.certificates).toEqual({ template: 'certificate', sheets: 2 });
    expect(page()).toMatchObject({
      ...{ state: 'found', printable: true, total: 1, run: { at: 'preview' } },
      facts: [{ value: { zh: '欧阳*' } }, { value: { zh: '孩子上学' } }, { value: { zh: '2 份' } }],
    });
    expect(bench.printing.jobs).toHaveLength(0);
    await print();
    expect(numbersSet()).toEqual(NUMBERS.slice(0, 2));
    expect(bench.printing.set[0]).toMatchObject({
      ...{ title: PROOF.name.official.zh, purpose: '孩子上学', from: '县里', sample: true },
      person: { name: ELDER.name, number: ELDER.number },
      issued: { qrText: expect.stringMatching(/\/c#1\.[\w-]+$/) },
    });
    expect(run()).toEqual({ at: 'take', sheets: 2 });
    for (const { job } of bench.printing.jobs) expect(job.pdf.every((byte) => byte === 0)).toBe(true);
    expect(bench.printing.jobs.map(({ job }) => job.stock)).toEqual(['plain', 'plain']);
    bench.act({ type: 'paper-taken' });
    expect(run()).toEqual({ at: 'taken' });
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'goodbye', takePaper: false });
    expect(voided()).toEqual([]);
    expect(bench.keeper.contents().map(({ kind }) => kind)).toEqual([]);
  });

  it('voids what jammed and prints it anew under another number, without asking the state again', async () => {
    await toPreview(2);
    const answers = ['printed', 'unknown', 'printed'] as const;
    bench.printing.answer = async () => {
      const outcome = answers[bench.printing.jobs.length - 1] ?? 'printed';
      return outcome === 'printed' ? { outcome } : { outcome, reason: 'paper-jam' };
    };
    await print();
    expect(run()).toEqual({
      ...{ at: 'failed', why: 'unsure', reason: 'paper-jam', sheets: 1, copy: 2, copies: 2, voided: true },
    });
    expect(voided()).toEqual([[[NUMBERS[1]], 'paper-jam']]);

    await print();
    expect(run()).toMatchObject({ at: 'failed', why: 'no-number' });
    bench.queries.replaceWith(wordsOf('200000000002'));
    await print();
    expect(run()).toEqual({ at: 'take', sheets: 2 });
    expect(numbersSet()).toEqual([NUMBERS[0], NUMBERS[1], '200000000002']);
    expect(bench.queries.asked).toHaveLength(1);
    expect(voided()).toHaveLength(1);
  });

  it('holds each number on disk until its paper is out or void', async () => {
    await toPreview(2);
    expect(bench.keeper.heldNumbers()).toEqual(NUMBERS.slice(0, 2));
    bench.printing.answer = async () =>
      bench.printing.jobs.length === 1 ? { outcome: 'printed' } : { outcome: 'unknown', reason: 'paper-jam' };
    await print();
    expect(bench.keeper.heldNumbers()).toEqual([]);
    bench.queries.replaceWith(wordsOf('200000000002'));
    bench.printing.answer = () => new Promise(() => undefined);
    await print();
    expect(bench.keeper.heldNumbers()).toEqual(['200000000002']);
    bench.act({ type: 'leave' });
    expect(bench.keeper.heldNumbers()).toEqual([]);
    expect(voided()).toEqual([
      [[NUMBERS[1]], 'paper-jam'],
      [['200000000002'], 'left'],
    ]);
  });

  it('is not printed where the disk is too full to hold its number', async () => {
    expect(opened(bench, PROOF.id, 'self')).toEqual({ ok: true });
    bench.act({ type: 'answer', questionId: 'purpose', value: 'school' });
    bench.act({ type: 'answer', questionId: 'copies', value: 1 });
    bench.act({ type: 'consent', agree: true });
    bench.keeper.deliverAll();
    await settle();
    bench.keeper.fill(true);
    await bench.queries.answer(found(1));
    expect(page()).toMatchObject({ printable: false });
    bench.keeper.fill(false);
    expect(bench.keeper.heldNumbers()).toEqual([]);
  });

  it('voids every number that is not out when its person goes, and takes back what prints', async () => {
    await toPreview(3);
    bench.printing.answer = () => new Promise(() => undefined);
    await print();
    expect(run()).toEqual({ at: 'printing', copy: 1, copies: 3 });
    expect(bench.act({ type: 'print' })).toMatchObject({ ok: false });
    bench.act({ type: 'leave' });
    expect(bench.printing.jobs[0]?.signal.aborted).toBe(true);
    expect(voided()).toEqual([[[...NUMBERS], 'left']]);
  });

  it('voids numbers that nobody printed: leaving, going back, taking the consent back', async () => {
    await toPreview(1);
    bench.act({ type: 'leave' });
    expect(voided()).toEqual([[[NUMBERS[0]], 'not-printed']]);
    bench.clock.advance(10_000);
    bench.lay(ELDER);
    await toPreview(1);
    bench.act({ type: 'back' });
    bench.act({ type: 'answer', questionId: 'copies', value: 1 });
    expect(voided()).toEqual([[[NUMBERS[0]], 'not-printed']]);
    expect(bench.page().kind).toBe('consent');
  });

  describe('of which each record says whether it is ready', () => {
    const READY: Matter = {
      ...PROOF,
      certificate: {
        ...{ template: 'property-certificate', maxCopies: 1 },
        shared: { dataSet: 'ready-certificates', consent: { zh: '同意', en: 'I agree' }, ready: 'ready' },
      },
    };
    const houses = (...ready: (boolean | null | string)[]) => {
      const answer = foundAnswer(ready.map((one, at) => ({ place: `董村 ${at + 1} 号`, ready: one })));
      return ok({ ...(answer.ok ? answer.value : never()), certificates: [wordsOf(NUMBERS[0])] });
    };
    const placesPrinted = () => bench.printing.set.map(({ records }) => records.map(({ place }) => place));

    beforeEach(() => {
      bench.world.catalog = { ...CATALOG, matters: [READY] };
      bench.authority.refresh();
    });

    it('prints those that are, without a word on that', async () => {
      await toPreview(1, houses(true, true));
      expect(page()).toMatchObject({ printable: true, total: 2, waiting: 0 });
      expect(page().records.map((lines) => lines.map(({ label }) => label.zh))).toEqual([
        ['字段place'],
        ['字段place'],
      ]);
      await print();
      expect(placesPrinted()).toEqual([['董村 1 号', '董村 2 号']]);
      expect(bench.printing.jobs.map(({ job }) => job.stock)).toEqual(['special']);
      expect(bench.printing.set[0]?.fields.map(({ id }) => id)).toEqual(['place']);
    });

    it('leaves those out that are not, and counts them', async () => {
      await toPreview(1, houses(false, true, false));
      expect(page()).toMatchObject({ printable: true, total: 1, waiting: 2 });
      await print();
      expect(placesPrinted()).toEqual([['董村 2 号']]);
    });

    it.each([[false], [null], ['是'], ['true']])(
      'never prints one that says %s, and voids its number',
      async (ready) => {
        await toPreview(1, houses(ready));
        expect(page()).toMatchObject({ state: 'found', printable: false, records: [], total: 0, waiting: 1 });
        expect(bench.act({ type: 'print' })).toMatchObject({ ok: false });
        await settle();
        expect(bench.printing.jobs).toEqual([]);
        bench.act({ type: 'leave' });
        expect(voided()).toEqual([[[NUMBERS[0]], 'not-printed']]);
      },
    );

    it('never prints one where the answer has no such field', async () => {
      await toPreview(1, found(1));
      expect(page()).toMatchObject({ printable: false, waiting: 1 });
    });
  });

  it('says what it says where nothing is found, and prints that', async () => {
    const from = { zh: '县里', en: 'County' };
    const nothing = { schema: 1, outcome: 'nothing', from, asOfMs: START_MS } as const;
    await toPreview(1, ok({ ...nothing, certificates: [wordsOf(NUMBERS[0])] }));
    expect(page()).toMatchObject({ state: 'nothing', printable: true, records: [] });
    await print();
    expect(bench.printing.set[0]).toMatchObject({ records: [], issued: { number: NUMBERS[0] } });
  });

  it('prints nothing while nothing came, and says why', async () => {
    await toPreview(1, ok({ schema: 1, outcome: 'unavailable' }));
    expect(page()).toMatchObject({ state: 'unavailable', printable: false, mayAskAgain: true });
    expect(bench.act({ type: 'print' })).toMatchObject({ ok: false, error: { code: 'not-here' } });
    expect(bench.printing.set).toEqual([]);
  });

  it('prints nothing of whoever does not agree', () => {
    opened(bench, PROOF.id, 'self');
    bench.act({ type: 'answer', questionId: 'purpose', value: 'school' });
    bench.act({ type: 'answer', questionId: 'copies', value: 1 });
    bench.act({ type: 'consent', agree: false });
    expect(page()).toMatchObject({ state: 'not-agreed', printable: false });
    expect(bench.keeper.contents()).toEqual([]);
  });

  it('says before it begins that the printer is down, and prints once it is there', async () => {
    bench.world.devices = { ...bench.world.devices, documentPrinter: 'down' };
    bench.authority.refresh();
    expect(opened(bench, PROOF.id, 'self')).toMatchObject({ error: { code: 'matter-not-available' } });
    expect(bench.page()).toMatchObject({ blocked: { code: 'needs-printer' } });
    bench.world.devices = { ...bench.world.devices, documentPrinter: 'ok' };
    bench.act({ type: 'home' });
    await toPreview(1);
    bench.world.devices = { ...bench.world.devices, documentPrinter: 'down' };
    expect(bench.act({ type: 'print' })).toMatchObject({ ok: false });
    expect(page().printer).toBe('down');
    expect(numbersSet()).toEqual([]);
  });

  it('is nobody else’s: another card ends it', async () => {
    await toPreview(1);
    bench.lay(NEIGHBOUR);
    expect(JSON.stringify(bench.view())).not.toContain('城乡居民');
    bench.act({ type: 'second-card', choice: 'next-person' });
    expect(voided()).toHaveLength(1);
  });

  it('keeps whoever waits for the printer there, however slow it is', async () => {
    await toPreview(1);
    let end: (outcome: { outcome: 'printed' }) => void = () => undefined;
    bench.printing.answer = () => new Promise((resolve) => (end = resolve));
    await print();
    for (let seconds = 0; seconds < 150; seconds += 1) bench.clock.advance(1_000);
    expect(run()).toMatchObject({ at: 'printing' });
    end({ outcome: 'printed' });
    await settle();
    expect(run()).toMatchObject({ at: 'take' });
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'goodbye', takePaper: true });
  });
});

describe('the copy of an ID card', () => {
  it('bears a purpose in the person’s own words, asked only where no choice is it', async () => {
    expect(opened(bench, ID_COPY.id, 'self')).toEqual({ ok: true });
    for (const questionId of ['front', 'back']) {
      bench.act({ type: 'attach', questionId, bytes: jpegOf({}) });
      expect(bench.act({ type: 'answer', questionId, value: null })).toEqual({ ok: true });
    }
    bench.act({ type: 'answer', questionId: 'purpose', value: 'other' });
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'purpose-words' } });
    bench.act({ type: 'answer', questionId: 'purpose-words', value: '办宽带' });
    bench.act({ type: 'answer', questionId: 'copies', value: 1 });
    await print();
    expect(bench.printing.set).toMatchObject([{ purpose: '办宽带' }]);
  });

  it('is printed without network from two photographs, which are nowhere afterwards', async () => {
    bench.world.online = false;
    bench.authority.refresh();
    expect(opened(bench, ID_COPY.id, 'self')).toEqual({ ok: true });
    for (const questionId of ['front', 'back']) {
      bench.act({ type: 'attach', questionId, bytes: jpegOf({}) });
      expect(bench.act({ type: 'answer', questionId, value: null })).toEqual({ ok: true });
    }
    bench.act({ type: 'answer', questionId: 'purpose', value: 'bank' });
    bench.act({ type: 'answer', questionId: 'copies', value: 2 });
    expect(page()).toMatchObject({ state: 'found', from: null, printable: true });
    await print();
    expect(bench.printing.set).toHaveLength(2);
    const [first] = bench.printing.set;
    expect(first).toMatchObject({ issued: null, from: null, purpose: '银行业务' });
    expect(first?.pictures).toHaveLength(2);
    bench.act({ type: 'leave' });
    expect(first?.pictures.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    expect(bench.keeper.contents()).toEqual([]);
  });
});
