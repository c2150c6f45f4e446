/** Several cases from one set of answers: what is offered, what is filed, and what is left of it when the machine stops. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import { type Catalog, loadCatalog } from '../../catalog/load.ts';
import { type CaseContent, caseContentSchema } from '../../sync/contents.ts';
import type { Page } from '../api.ts';
import { inFours } from '../slips/blocks.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';
import type { WatchedKeeper } from './testing/watched-keeper.ts';
import { TIMEOUTS } from './timeouts.ts';

const FIRST = 'death-registration';
const GRANT = 'pension-funeral-grant';
const CLOSE = 'cancel-resident-pension';
const COSTS = 'funeral-cost-relief';

const FOLDER = readFolder(fileURLToPath(new URL('../../catalog/', import.meta.url)));
const FILES = new Set([FIRST, GRANT, CLOSE, COSTS].map((id) => `matters/${id}.yaml`));
const CATALOG: Catalog = loadCatalog({
  ...FOLDER,
  names: FOLDER.names.filter((name) => !name.startsWith('matters/') || FILES.has(name)),
});

/** The registration of an elder's death, in full. */
const ANSWERS = {
  'dead-name': ELDER.name,
  'dead-number': ELDER.number,
  relation: 'parent',
  'died-on': '2026-06-10',
  'where-died': 'hospital',
  burial: 'cremation',
  'was-paid': 'resident',
  'pay-to': '',
  'death-paper': '',
  phone: '13800138000',
  'family-agrees': true,
  'true-words': true,
} as const;

function benchOf(keeper?: WatchedKeeper): Bench {
  const bench = createBench(keeper && { keeper });
  bench.world.catalog = CATALOG;
  bench.world.devices = { ...bench.world.devices, cameras: new Set(['document-camera']) };
  bench.authority.refresh();
  return bench;
}

function page<K extends Page['kind']>(bench: Bench, kind: K): Extract<Page, { kind: K }> {
  const shown = bench.page();
  if (shown.kind !== kind) throw new Error(`expected ${kind}, not ${shown.kind}`);
  return shown as Extract<Page, { kind: K }>;
}

function openFirst(bench: Bench): void {
  bench.act({ type: 'open-category', categoryId: 'household' });
  expect(opened(bench, FIRST, 'heir')).toEqual({ ok: true });
}

/** The neighbour, all answered, before what is offered with it. */
function atOffers(bench = benchOf()): Bench {
  bench.lay(NEIGHBOUR);
  openFirst(bench);
  answerAll(bench, ANSWERS);
  expect(bench.page().kind).toBe('bundle');
  return bench;
}

const offers = (bench: Bench) => page(bench, 'bundle').offers.map(({ matterId }) => matterId);
const choose = (bench: Bench, matterId: string, chosen = true) =>
  bench.act({ type: 'bundle', matterId, chosen });
const goOn = (bench: Bench) => bench.act({ type: 'go-on', choice: null });

function cases(bench: Bench): CaseContent[] {
  const all = bench.keeper.contents().filter(({ kind }) => kind === 'case.submitted');
  return all.map((content) => caseContentSchema.parse(content));
}

const mattersOf = (bench: Bench) => cases(bench).map(({ matter }) => matter[0]);

/** Both that a card alone is enough for, wished for, at the check page. */
function atCheck(bench = benchOf()): Bench {
  atOffers(bench);
  choose(bench, GRANT);
  choose(bench, COSTS);
  goOn(bench);
  expect(bench.page().kind).toBe('check');
  return bench;
}

describe('what the same answers open', () => {
  it('is offered before the check page, nothing chosen for anybody, each to be said', () => {
    const bench = atOffers();
    expect(page(bench, 'bundle')).toMatchObject({
      decided: false,
      offers: [
        { matterId: GRANT, state: 'open', declares: [{ zh: '家里商量好了，由我来领' }] },
        { matterId: COSTS, name: { zh: '殡葬费减免' }, state: 'open', declares: [] },
      ],
    });
    expect(goOn(bench)).toMatchObject({ ok: false, error: { code: 'incomplete' } });
    expect(choose(bench, GRANT)).toEqual({ ok: true });
    expect(choose(bench, COSTS, false)).toEqual({ ok: true });
    expect(page(bench, 'bundle')).toMatchObject({
      decided: true,
      offers: [{ state: 'chosen' }, { state: 'declined' }],
    });
    expect(goOn(bench)).toEqual({ ok: true });
    expect(page(bench, 'check').bundle).toMatchObject([{ state: 'chosen' }, { state: 'declined' }]);
    bench.act({ type: 'back' });
    expect(bench.page().kind).toBe('bundle');
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'family-agrees' } });
  });

  it('with more proof only where that proof was made in this visit', () => {
    const bench = benchOf();
    bench.world.devices = { ...bench.world.devices, proofMethods: ['face'] };
    bench.authority.refresh();
    atOffers(bench);
    expect(offers(bench)).toEqual([GRANT, COSTS]);
    bench.act({ type: 'home' });
    bench.act({ type: 'drop-draft' });
    bench.act({ type: 'open-category', categoryId: 'social-security' });
    opened(bench, CLOSE, 'heir');
    bench.act({ type: 'prove', method: 'face' });
    bench.proof.tells({ type: 'ended', end: { outcome: 'proved' } });
    bench.act({ type: 'home' });
    openFirst(bench);
    answerAll(bench, ANSWERS);
    expect(offers(bench)).toEqual([GRANT, CLOSE, COSTS]);
    for (const id of [GRANT, CLOSE, COSTS]) choose(bench, id, id === CLOSE);
    goOn(bench);
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    expect(cases(bench)).toMatchObject([
      { matter: [CLOSE, 1, expect.anything()], assurance: 'card+proof' },
      { matter: [FIRST, 1, expect.anything()], assurance: 'card', evidence: [{}, {}] },
    ]);
  });

  it('is judged by itself: out of use, not for this home, or lacking an answer, it is not offered', () => {
    const bench = benchOf();
    const change = (id: string, more: object) => ({
      ...bench.world.catalog,
      matters: bench.world.catalog.matters.map((one) => (one.id === id ? { ...one, ...more } : one)),
    });
    const otherwise = { zh: '只给外县的人办', en: 'Only for others' };
    bench.world.catalog = change(GRANT, { eligibility: [{ residentOf: ['别的县'], otherwise }] });
    bench.world.catalog = change(COSTS, { offline: 'online' });
    atOffers(bench);
    expect(offers(bench)).toEqual([COSTS]);
    bench.world.online = false;
    bench.authority.refresh();
    expect(offers(bench)).toEqual([]);
    expect(goOn(bench)).toEqual({ ok: true });
    expect(page(bench, 'check').bundle).toEqual([]);
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    expect(mattersOf(bench)).toEqual([FIRST]);
  });

  it('does not come in where another page stands, and nothing else can be chosen', () => {
    const bench = atOffers();
    expect(choose(bench, CLOSE)).toMatchObject({ ok: false, error: { code: 'matter-not-available' } });
    expect(choose(bench, 'old-age-allowance')).toMatchObject({ ok: false });
    bench.act({ type: 'home' });
    expect(choose(bench, GRANT)).toMatchObject({ ok: false, error: { code: 'not-here' } });
  });
});

describe('handing them in', () => {
  it('files each as a case of its own, on the answers given once', () => {
    const bench = atCheck();
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    const filed = cases(bench);
    expect(filed.map(({ matter }) => matter[0])).toEqual([GRANT, COSTS, FIRST]);
    const ids = ['submissionId', 'caseId', 'caseReplyKey'] as const;
    for (const id of ids)
      expect(new Set(filed.map((one) => toHex(one[id] ?? new Uint8Array()))).size).toBe(3);
    expect(new Set(filed.map(({ localNumber }) => localNumber)).size).toBe(3);
    for (const { subject, basis, answers } of filed) {
      expect(basis).toBe('heir');
      expect(subject).toMatchObject({ name: ELDER.name, number: ELDER.number });
      expect(answers).toMatchObject({ 'died-on': '2026-06-10', phone: '13800138000', 'true-words': true });
    }
    expect(Object.keys(filed[1]?.answers ?? {})).not.toContain('where-died');
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toMatchObject({ ok: false });
  });

  it('hands a photograph to each that asks for it', () => {
    const bench = benchOf();
    bench.lay(NEIGHBOUR);
    openFirst(bench);
    const { 'death-paper': _none, ...others } = ANSWERS;
    answerAll(bench, others);
    bench.act({ type: 'attach', questionId: 'death-paper', bytes: jpegOf({}) });
    bench.act({ type: 'answer', questionId: 'death-paper', value: null });
    answerAll(bench, ANSWERS);
    choose(bench, GRANT);
    choose(bench, COSTS);
    goOn(bench);
    bench.act({ type: 'submit', declares: 'true-words' });
    expect(
      cases(bench).map(({ answers, attachments }) => [answers['death-paper'], attachments.length]),
    ).toEqual([
      [0, 1],
      [undefined, 0],
      [0, 1],
    ]);
  });

  it('lists every number on one slip, a private matter without its name, and again from my cases', async () => {
    const bench = atCheck();
    bench.act({ type: 'submit', declares: 'true-words' });
    const [grant, costs, first] = cases(bench);
    expect(page(bench, 'kept')).toMatchObject({
      localNumber: first?.localNumber,
      bundle: [
        { name: { zh: '丧葬补助金' }, localNumber: grant?.localNumber },
        { name: { zh: '一件事项' }, localNumber: costs?.localNumber },
      ],
    });
    expect(bench.slips.printed).toHaveLength(1);
    await Promise.resolve();
    await Promise.resolve();
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', caseCount: 3, slipsOwed: 0 });
    for (const [at, ref] of ['case-1', 'case-3'].entries()) {
      bench.act({ type: 'go', to: 'my-cases' });
      bench.act({ type: 'open-case', ref });
      expect(page(bench, 'case').slip).toBe('printed');
      bench.act({ type: 'print-slip' });
      expect(bench.slips.printed).toHaveLength(at + 2);
      await Promise.resolve();
      await Promise.resolve();
      bench.act({ type: 'home' });
    }
    for (const { blocks } of bench.slips.printed) {
      const text = JSON.stringify(blocks);
      for (const one of [grant, costs, first]) {
        expect(text).toContain(inFours(one?.localNumber ?? '-'));
        expect(text).toContain(one?.slipCode);
      }
      expect(text).not.toContain('殡葬');
    }
  });

  it('is as short to stand there as its most private matter', () => {
    const bench = atCheck();
    bench.clock.advance(TIMEOUTS.privateIdleMs + 1_000);
    expect(bench.page().kind).toBe('still-there');
  });

  it('says what cannot come along any more, and hands in the rest at the next touch', () => {
    const bench = benchOf();
    const matters = CATALOG.matters.map((one) =>
      one.id === GRANT ? { ...one, offline: 'online' as const } : one,
    );
    bench.world.catalog = { ...CATALOG, matters };
    atCheck(bench);
    bench.world.online = false;
    bench.authority.refresh();
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toMatchObject({
      ok: false,
      error: { code: 'matter-not-available' },
    });
    expect(page(bench, 'check')).toMatchObject({
      problem: { words: { zh: '丧葬补助金现在不能一起办了，别的照样能交' } },
      bundle: [{ matterId: COSTS }],
    });
    expect(cases(bench)).toEqual([]);
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    expect(mattersOf(bench)).toEqual([COSTS, FIRST]);
  });

  it('asks about what can come along only now', () => {
    const bench = benchOf();
    const matters = CATALOG.matters.map((one) =>
      one.id === GRANT ? { ...one, offline: 'online' as const } : one,
    );
    bench.world.catalog = { ...CATALOG, matters };
    bench.world.online = false;
    atOffers(bench);
    choose(bench, COSTS, false);
    goOn(bench);
    bench.world.online = true;
    bench.authority.refresh();
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toMatchObject({
      ok: false,
      error: { code: 'incomplete' },
    });
    expect(page(bench, 'bundle')).toMatchObject({
      decided: false,
      offers: [{ state: 'open' }, { state: 'declined' }],
    });
    expect(cases(bench)).toEqual([]);
  });
});

describe('when the machine stops', () => {
  /** The machine stops as it is about to keep the case of that place, from 0. */
  function stopsBefore(place: number): Bench {
    const bench = benchOf();
    const { keep } = bench.keeper;
    let kept = 0;
    bench.keeper.keep = (wish) => {
      if (kept === place) throw new Error('the machine stopped');
      kept += 1;
      return keep(wish);
    };
    atCheck(bench);
    expect(() => bench.act({ type: 'submit', declares: 'true-words' })).toThrow('the machine stopped');
    return benchOf(bench.keeper.crash());
  }

  it.each([0, 1, 2])('before case %i, all are there once when it is handed in again', (place) => {
    const bench = stopsBefore(place);
    const before = cases(bench);
    expect(before.map(({ matter }) => matter[0])).toEqual([GRANT, COSTS].slice(0, place));
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toMatchObject({
      kind: 'home',
      caseCount: place,
      draft: { name: { zh: '死亡登记' } },
    });
    bench.act({ type: 'resume-draft' });
    answerAll(bench, ANSWERS);
    const states = page(bench, 'check').bundle.map(({ state }) => state);
    expect(states).toEqual(['chosen', 'chosen'].fill('kept', 0, place));
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    const after = cases(bench);
    expect(after.map(({ matter }) => matter[0])).toEqual([GRANT, COSTS, FIRST]);
    expect(after.slice(0, place)).toEqual(before);
    const slip = JSON.stringify(bench.slips.printed.at(-1)?.blocks);
    for (const { localNumber, slipCode } of after) {
      expect(slip).toContain(inFours(localNumber));
      expect(slip).toContain(slipCode);
    }
  });

  it('gives a slip of its own to what was kept while the first never was', async () => {
    const bench = stopsBefore(1);
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'drop-draft' });
    bench.act({ type: 'go', to: 'my-cases' });
    bench.act({ type: 'open-case', ref: 'case-1' });
    expect(page(bench, 'case').slip).toBe('not-printed');
    expect(bench.act({ type: 'print-slip' })).toEqual({ ok: true });
    expect(JSON.stringify(bench.slips.printed)).toContain(inFours(cases(bench)[0]?.localNumber ?? '-'));
  });

  it('keeps nothing of it twice when the disk was full in between', () => {
    const bench = atCheck();
    const { keep } = bench.keeper;
    bench.keeper.keep = (wish) => {
      const kept = keep(wish);
      bench.keeper.fill(true);
      return kept;
    };
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toMatchObject({
      ok: false,
      error: { code: 'store-full' },
    });
    expect(page(bench, 'check').bundle).toMatchObject([{ state: 'kept' }, { state: 'chosen' }]);
    bench.keeper.keep = keep;
    bench.keeper.fill(false);
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    expect(mattersOf(bench)).toEqual([GRANT, COSTS, FIRST]);
  });
});
