import { describe, expect, it } from 'vitest';
import { err, ok } from '../../base/result.ts';
import type { LookupContent } from '../../sync/contents.ts';
import { makeSlip, slipQrText } from '../../sync/formats/slip.ts';
import { viewSchema } from '../api.ts';
import { crypto, world } from '../testing/keeper-world.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ASSISTANCE, answerAll, opened, REPORT } from './testing/fill-in.ts';
import { ELDER } from './testing/people.ts';
import { START_MS } from './testing/site.ts';
import { TIMEOUTS } from './timeouts.ts';

const SLIP = { localNumber: '330625120047', slipCode: '402917' };
const FOUND: LookupContent = {
  schema: 1,
  found: true,
  submittedMs: START_MS - 3_600_000,
  provinceNumber: '330624260612000012345',
  progress: [
    { status: 'accepted', atMs: START_MS - 60_000, words: '' },
    { status: 'supplement', atMs: START_MS, words: '请带户口本来' },
  ],
};

/** The text of a slip's QR code, signed by the sample terminal or by somebody else. */
function qrOf(slip = SLIP, key = world.terminal): string {
  const value = { ...slip, entryHash: crypto.sha256(key.publicKey), wallMs: START_MS };
  return slipQrText('https://example.invalid', makeSlip(key, world.certBytes, value));
}

/** A bench at the page that waits for a slip, nobody known. */
function atLookUp(): Bench {
  const bench = createBench();
  bench.act({ type: 'go', to: 'no-card' });
  bench.act({ type: 'go', to: 'slip-lookup' });
  expect(bench.page()).toMatchObject({ kind: 'slip-lookup', step: 'scan', scanner: 'ready', problem: null });
  return bench;
}

/** Types a slip's number, then its code. */
function type(bench: Bench, { localNumber, slipCode } = SLIP): void {
  bench.act({ type: 'slip-by-hand' });
  expect(bench.page()).toMatchObject({ step: 'number' });
  bench.act({ type: 'slip-number', localNumber });
  expect(bench.page()).toMatchObject({ step: 'code', localNumber });
  bench.act({ type: 'slip-code', slipCode });
}

describe('a slip that is scanned', () => {
  it('proves itself at once, without a card or a network; then the platform says how far its case is', async () => {
    const bench = atLookUp();
    bench.world.online = false;
    bench.scan(qrOf());
    const proof = { place: { zh: expect.stringContaining('村') }, saidAtMs: START_MS };
    const page = { kind: 'slip-answer', localNumber: SLIP.localNumber, proof };
    expect(bench.page()).toMatchObject({ ...page, state: 'asking', stage: null, history: [] });
    expect(bench.lookUp.asked.map(({ slip }) => slip)).toMatchObject([SLIP]);
    await bench.lookUp.answer(ok(FOUND));
    expect(bench.page()).toMatchObject({
      ...page,
      state: 'found',
      stage: 'supplement',
      provinceNumber: '330624260612000012345',
      history: [
        { stage: 'kept', atMs: FOUND.submittedMs },
        { stage: 'delivered', atMs: null },
        { stage: 'accepted', atMs: START_MS - 60_000, words: null },
        { stage: 'supplement', words: '请带户口本来' },
      ],
    });
    expect(viewSchema.safeParse(bench.view()).success).toBe(true);
  });

  it('whose case has not arrived says so: its number and code are surely right', async () => {
    const bench = atLookUp();
    bench.scan(qrOf());
    await bench.lookUp.answer(err('not-found'));
    expect(bench.page()).toMatchObject({ state: 'not-arrived', proof: expect.anything() });
  });

  it.each([
    ['forged by somebody with a key of their own', qrOf(SLIP, world.answering), 'forged'],
    ['no slip at all', '330624260000123', 'no-slip'],
    ['a slip with a piece missing', qrOf().slice(0, -8), 'no-slip'],
    ['hostile', '\u001b[2J{ENTER}<script>alert(1)</script>', 'no-slip'],
    ['endless', '0'.repeat(4096), 'no-slip'],
  ])('%s: said in words, and nobody is asked', (_what, text, code) => {
    const bench = atLookUp();
    bench.scan(text);
    expect(bench.page()).toMatchObject({ kind: 'slip-lookup', step: 'scan', problem: { code } });
    expect(bench.lookUp.asked).toEqual([]);
    bench.scan({ type: 'unreadable' });
    expect(bench.page()).toMatchObject({
      problem: { code: 'unreadable', words: { zh: '没扫清楚，再扫一次' } },
    });
    bench.scan(qrOf());
    expect(bench.page()).toMatchObject({ kind: 'slip-answer' });
  });

  it('is looked up from any page of the look-up, and from nowhere else', () => {
    const bench = createBench();
    bench.scan(qrOf());
    bench.act({ type: 'go', to: 'no-card' });
    bench.scan(qrOf());
    expect(bench.lookUp.asked).toEqual([]);
    bench.act({ type: 'go', to: 'slip-lookup' });
    bench.act({ type: 'slip-by-hand' });
    bench.scan(qrOf());
    bench.scan(qrOf({ localNumber: '000000000001', slipCode: '000001' }));
    expect(bench.page()).toMatchObject({ kind: 'slip-answer', localNumber: '000000000001' });
    expect(bench.lookUp.asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'slip-lookup', step: 'scan' });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'no-card' });
    bench.scan(qrOf());
    expect(bench.lookUp.asked).toHaveLength(2);
  });
});

describe('a slip that is typed', () => {
  it('is asked for by number and code, and proves nothing by itself', async () => {
    const bench = atLookUp();
    type(bench);
    expect(bench.page()).toMatchObject({ kind: 'slip-answer', state: 'asking', proof: null });
    await bench.lookUp.answer(ok(FOUND));
    expect(bench.page()).toMatchObject({ state: 'found', stage: 'supplement', proof: null });
  });

  it('is not asked for until both have their digits', () => {
    const bench = atLookUp();
    bench.act({ type: 'slip-by-hand' });
    for (const localNumber of ['', '33062512004', '33062512004x', '3306251200470']) {
      expect(bench.act({ type: 'slip-number', localNumber })).toMatchObject({ ok: false });
      expect(bench.page()).toMatchObject({ step: 'number', problem: { code: 'no-number' } });
    }
    bench.act({ type: 'slip-number', localNumber: SLIP.localNumber });
    expect(bench.page()).toMatchObject({ step: 'code', problem: null });
    expect(bench.act({ type: 'slip-code', slipCode: '40291' })).toMatchObject({ ok: false });
    expect(bench.page()).toMatchObject({ step: 'code', problem: { code: 'no-code' } });
    expect(bench.lookUp.asked).toEqual([]);
  });

  it('leaves what was wrong with one step behind when the step before is gone back to', () => {
    const bench = atLookUp();
    bench.act({ type: 'slip-by-hand' });
    bench.act({ type: 'slip-number', localNumber: SLIP.localNumber });
    bench.act({ type: 'slip-code', slipCode: '1' });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ step: 'number', problem: null });
    bench.act({ type: 'slip-number', localNumber: '1' });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ step: 'scan', problem: null });
  });

  it('is looked up after another, and "back" never leads into the one before', () => {
    const bench = atLookUp();
    type(bench);
    bench.act({ type: 'go', to: 'slip-lookup' });
    expect(bench.page()).toMatchObject({ kind: 'slip-lookup', step: 'scan', localNumber: null });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'no-card' });
    expect(bench.act({ type: 'open-matter', matterId: 'problem-report' })).toEqual({ ok: true });
  });

  it.each(['not-found', 'offline', 'too-many', 'no-answer'] as const)(
    '%s is said, and asked again by hand',
    async (why) => {
      const bench = atLookUp();
      type(bench);
      expect(bench.act({ type: 'ask-again' })).toEqual({ ok: true });
      expect(bench.lookUp.asked).toHaveLength(1);
      await bench.lookUp.answer(err(why));
      expect(bench.page()).toMatchObject({ state: why, history: [], stage: null });
      bench.act({ type: 'ask-again' });
      expect(bench.page()).toMatchObject({ state: 'asking' });
      await bench.lookUp.answer(ok(FOUND));
      expect(bench.page()).toMatchObject({ state: 'found' });
    },
  );

  it('takes no step out of its turn', () => {
    const bench = atLookUp();
    for (const action of [
      { type: 'slip-number', localNumber: SLIP.localNumber },
      { type: 'slip-code', slipCode: SLIP.slipCode },
      { type: 'ask-again' },
    ] as const)
      expect(bench.act(action)).toMatchObject({ ok: false, error: { code: 'not-here' } });
    bench.act({ type: 'slip-by-hand' });
    expect(bench.act({ type: 'slip-code', slipCode: SLIP.slipCode })).toMatchObject({ ok: false });
    expect(bench.lookUp.asked).toEqual([]);
  });
});

describe('what was looked up', () => {
  it('goes with the visit: nothing is kept, a late answer is dropped, the next person finds nothing', async () => {
    const bench = atLookUp();
    const before = bench.keeper.contents().length;
    type(bench);
    bench.act({ type: 'leave' });
    expect(bench.lookUp.asked[0]?.signal.aborted).toBe(true);
    const { revision } = bench.view();
    await bench.lookUp.answer(ok(FOUND));
    expect(bench.view().revision).toBe(revision);
    bench.act({ type: 'go', to: 'slip-lookup' });
    expect(bench.page()).toMatchObject({ step: 'scan', localNumber: null, problem: null });
    expect(bench.keeper.contents()).toHaveLength(before);
    expect(bench.slips.printed).toEqual([]);
  });

  it('goes when its pages are left, too', async () => {
    const bench = atLookUp();
    type(bench);
    await bench.lookUp.answer(ok(FOUND));
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'no-card' });
    bench.act({ type: 'go', to: 'slip-lookup' });
    expect(JSON.stringify(bench.view())).not.toContain(SLIP.localNumber);
  });

  it('is waited for no longer than its page stands', () => {
    const bench = atLookUp();
    type(bench);
    bench.act({ type: 'back' });
    expect(bench.lookUp.asked.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  it('stands no longer than a private page', () => {
    const bench = atLookUp();
    bench.scan(qrOf());
    bench.clock.advance(TIMEOUTS.privateIdleMs);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    expect(JSON.stringify(bench.view())).not.toContain(SLIP.localNumber);
    bench.clock.advance(TIMEOUTS.stillThereMs);
    expect(bench.page()).toMatchObject({ kind: 'goodbye' });
  });

  it('is open with a card as well, and sets a matter in hand down', () => {
    const bench = createBench();
    bench.lay(ELDER);
    opened(bench, 'temporary-assistance', 'self');
    answerAll(bench, { trouble: ASSISTANCE.trouble });
    bench.act({ type: 'go', to: 'slip-lookup' });
    expect(bench.page()).toMatchObject({ kind: 'slip-lookup' });
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { step: 2 } });
  });
});

it('the slip of a case that was just kept here is found by its own code', () => {
  const bench = createBench();
  opened(bench, 'problem-report', 'open');
  answerAll(bench, REPORT);
  bench.act({ type: 'submit' });
  const qr = bench.slips.printed[0]?.blocks.find((block) => block.type === 'qr');
  const page = bench.page();
  const localNumber = page.kind === 'kept' ? page.localNumber : '';
  bench.act({ type: 'leave' });
  bench.clock.advance(TIMEOUTS.goodbyeMs);
  bench.act({ type: 'go', to: 'slip-lookup' });
  bench.scan(qr?.type === 'qr' ? qr.data : '');
  expect(bench.page()).toMatchObject({ kind: 'slip-answer', localNumber, proof: { saidAtMs: START_MS } });
});
