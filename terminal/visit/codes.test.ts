import { describe, expect, it } from 'vitest';
import { sampleMatter, sampleQuestion } from '../../catalog/testing/sample-matter.ts';
import { viewSchema } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { opened } from './testing/fill-in.ts';
import { ELDER } from './testing/people.ts';
import { PROJECT_CATALOG } from './testing/site.ts';

const CODE = 'YZ330624000123';
const PATTERN = [{ exactly: 'YZ' }, { of: 'digits', min: 12, max: 12 }];

/** A bench whose catalog has a matter that asks for a code, and for it once more in another way. */
function benchWithCodes(extra: Readonly<Record<string, unknown>> = {}): Bench {
  const bench = createBench();
  const matter = sampleMatter({
    devices: ['card-reader', 'code-scanner'],
    questions: [
      sampleQuestion('first', 'yes-no'),
      sampleQuestion('code', 'code', { maxLength: 40, pattern: PATTERN, ...extra }),
      sampleQuestion('last', 'yes-no'),
    ],
  });
  bench.world.catalog = { ...PROJECT_CATALOG, matters: [...PROJECT_CATALOG.matters, matter] };
  return bench;
}

/** The same, standing at the question for the code. */
function atCode(extra?: Readonly<Record<string, unknown>>): Bench {
  const bench = benchWithCodes(extra);
  bench.lay(ELDER);
  bench.act({ type: 'open-category', categoryId: 'feedback' });
  opened(bench, 'bench-repair', 'self');
  bench.act({ type: 'answer', questionId: 'first', value: true });
  expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'code' } });
  return bench;
}

const goOn = (bench: Bench) => bench.act({ type: 'answer', questionId: 'code', value: null });

describe('a code that is asked for', () => {
  it('is read, shown by its end alone, and filed whole', () => {
    const bench = atCode();
    expect(bench.page()).toMatchObject({ code: { state: 'waiting', shown: null }, value: null });
    bench.scan(CODE);
    expect(bench.page()).toMatchObject({
      code: { state: 'read', shown: '*0123' },
      value: null,
      problem: null,
    });
    expect(viewSchema.safeParse(bench.view()).success).toBe(true);
    expect(goOn(bench)).toEqual({ ok: true });
    bench.act({ type: 'answer', questionId: 'last', value: true });
    expect(JSON.stringify(bench.view())).not.toContain(CODE);
    expect(bench.page()).toMatchObject({
      kind: 'check',
      facts: expect.arrayContaining([expect.objectContaining({ value: { zh: '*0123', en: '*0123' } })]),
    });
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase()).toMatchObject({ answers: { code: CODE } });
  });

  it('can be changed from the check page, and stands until another fits', () => {
    const bench = atCode();
    bench.scan(CODE);
    goOn(bench);
    bench.act({ type: 'answer', questionId: 'last', value: true });
    bench.act({ type: 'change', questionId: 'code' });
    expect(bench.page()).toMatchObject({ code: { state: 'read', shown: '*0123' }, value: null });
    bench.scan('YZ330624000999');
    expect(bench.page()).toMatchObject({ code: { state: 'read', shown: '*0999' } });
    goOn(bench);
    expect(JSON.stringify(bench.page())).toContain('*0999');
  });

  it.each([
    ['another code', 'https://example.org/'],
    ['control characters', `${CODE}\u001b[2J`],
    ['key sequences', '{ENTER}^c%{F4}'],
    ['4 KB', '0'.repeat(4096)],
    ['one character too many', `${CODE}0`],
  ])('%s is not the right one, is not held, and changes nothing else', (_what, text) => {
    const bench = atCode();
    bench.scan(text);
    expect(bench.page()).toMatchObject({
      kind: 'question',
      problem: { code: 'no-code', words: { zh: '这个码不对' } },
      code: { state: 'waiting', shown: null },
      value: null,
    });
    expect(goOn(bench)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
    bench.scan(CODE);
    expect(bench.page()).toMatchObject({ problem: null, code: { state: 'read' } });
  });

  it('that is of another kind is not the right one; a scanner that names none is believed', () => {
    const bench = atCode({ accepts: ['qr', 'data-matrix'] });
    const scan = (symbology: 'qr' | 'ean' | null) =>
      bench.scan({ type: 'code', code: { symbology, text: CODE } });
    scan('ean');
    expect(bench.page()).toMatchObject({ problem: { code: 'no-code' }, code: { state: 'waiting' } });
    scan(null);
    expect(bench.page()).toMatchObject({ problem: null, code: { state: 'read' } });
    scan('ean');
    scan('qr');
    expect(bench.page()).toMatchObject({ problem: null, code: { state: 'read' } });
  });

  it('that cannot be read is said, and the next one is taken', () => {
    const bench = atCode();
    bench.scan({ type: 'unreadable' });
    expect(bench.page()).toMatchObject({ code: { state: 'unreadable', shown: null }, problem: null });
    bench.scan(CODE);
    expect(bench.page()).toMatchObject({ code: { state: 'read' } });
  });

  it('comes from the scanner alone, unless it may be typed', () => {
    const bench = atCode();
    bench.act({ type: 'typing', questionId: 'code', value: CODE });
    expect(bench.page()).toMatchObject({ value: null, code: { state: 'waiting' } });
    const refused = bench.act({ type: 'answer', questionId: 'code', value: CODE });
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad-answer' } });

    const typed = atCode({ typed: true });
    typed.scan(CODE);
    typed.act({ type: 'typing', questionId: 'code', value: 'YZ33' });
    expect(typed.page()).toMatchObject({ value: 'YZ33', code: { state: 'waiting', shown: null } });
    expect(typed.act({ type: 'answer', questionId: 'code', value: 'YZ33' })).toMatchObject({ ok: false });
    expect(typed.act({ type: 'answer', questionId: 'code', value: ` ${CODE} ` })).toEqual({ ok: true });
    typed.act({ type: 'back' });
    expect(typed.page()).toMatchObject({ value: null, code: { state: 'read', shown: '*0123' } });
  });

  it('is a token of the moment: no draft holds it', () => {
    const bench = atCode();
    bench.scan(CODE);
    goOn(bench);
    bench.act({ type: 'leave' });
    bench.clock.advance(20_000);
    bench.lay(ELDER);
    bench.act({ type: 'resume-draft' });
    expect(bench.page()).toMatchObject({ question: { id: 'code' }, code: { state: 'waiting', shown: null } });
  });
});

describe('a code that nothing asked for is let go of unread', () => {
  it('on every other page, before any visit, and while another page stands before the question', () => {
    const bench = benchWithCodes();
    const revision = () => bench.view().revision;
    const scanned = () => {
      const before = revision();
      bench.scan(CODE);
      expect(revision()).toBe(before);
    };
    scanned();
    bench.lay(ELDER);
    scanned();
    bench.act({ type: 'open-category', categoryId: 'feedback' });
    scanned();
    opened(bench, 'bench-repair', 'self');
    scanned();
    bench.act({ type: 'answer', questionId: 'first', value: true });
    bench.clock.advance(45_000);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    scanned();
    bench.act({ type: 'touch' });
    expect(bench.page()).toMatchObject({ question: { id: 'code' }, code: { state: 'waiting', shown: null } });
  });
});

describe('a scanner that is missing', () => {
  it('is said before the matter starts, and nowhere else', () => {
    const bench = benchWithCodes();
    bench.world.devices = { ...bench.world.devices, scanner: 'down' };
    bench.lay(ELDER);
    bench.act({ type: 'open-category', categoryId: 'feedback' });
    const tiles = bench.page();
    expect(
      tiles.kind === 'category' && tiles.tiles.map((tile) => [tile.matterId, tile.availability]),
    ).toEqual(
      expect.arrayContaining([
        ['bench-repair', 'needs-scanner'],
        ['problem-report', 'open'],
      ]),
    );
    bench.act({ type: 'open-matter', matterId: 'bench-repair' });
    expect(bench.page()).toMatchObject({ kind: 'matter', blocked: { code: 'needs-scanner' } });
    const started = bench.act({ type: 'start', basis: 'self' });
    expect(started).toMatchObject({ ok: false, error: { code: 'matter-not-available' } });
  });

  it('is said at the question when it goes meanwhile, and what was read stands', () => {
    const bench = atCode();
    bench.world.devices = { ...bench.world.devices, scanner: 'down' };
    bench.authority.refresh();
    expect(bench.page()).toMatchObject({ code: { state: 'down' } });
    bench.world.devices = { ...bench.world.devices, scanner: 'ready' };
    bench.scan(CODE);
    bench.world.devices = { ...bench.world.devices, scanner: 'down' };
    expect(bench.page()).toMatchObject({ code: { state: 'read', shown: '*0123' } });
    expect(goOn(bench)).toEqual({ ok: true });
  });
});
