import { describe, expect, it } from 'vitest';
import { PHOTO_LIMITS } from '../../catalog/photo.ts';
import { sampleMatter, sampleQuestion } from '../../catalog/testing/sample-matter.ts';
import type { CameraName } from '../../drivers/api.ts';
import type { ActResult } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { answerAll, opened, REPORT } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';
import { PROJECT_CATALOG } from './testing/site.ts';
import { TIMEOUTS } from './timeouts.ts';

const PAPERS = sampleMatter({
  devices: ['card-reader', 'document-camera'],
  questions: [
    sampleQuestion('paper', 'photo', { of: 'document' }),
    sampleQuestion('more-paper', 'photo', { of: 'document', optional: true }),
    sampleQuestion('broken', 'yes-no'),
  ],
});

function benchWith(cameras: readonly CameraName[] = ['document-camera']): Bench {
  const bench = createBench();
  bench.world.devices = { ...bench.world.devices, cameras: new Set(cameras) };
  bench.world.catalog = { ...PROJECT_CATALOG, matters: [...PROJECT_CATALOG.matters, PAPERS] };
  return bench;
}

/** Somebody at the first question of a matter that asks for papers. */
function atPaper(): Bench {
  const bench = benchWith();
  bench.lay(ELDER);
  bench.act({ type: 'open-category', categoryId: PAPERS.category });
  expect(opened(bench, PAPERS.id, 'self')).toEqual({ ok: true });
  return bench;
}

function attach(bench: Bench, bytes: Uint8Array | null, questionId = shownQuestion(bench)): ActResult {
  return bench.act({ type: 'attach', questionId, bytes });
}

function shownQuestion(bench: Bench): string {
  const page = bench.page();
  return page.kind === 'question' ? page.question.id : '';
}

function refShown(bench: Bench): string {
  const page = bench.page();
  return page.kind === 'question' && typeof page.value === 'string' ? page.value : '';
}

const next = (bench: Bench) => bench.act({ type: 'answer', questionId: shownQuestion(bench), value: null });
const isWiped = (jpeg: Uint8Array) => jpeg.every((byte) => byte === 0);

describe('a photograph', () => {
  it('goes with the case as a file, which the answer names by its place', () => {
    const bench = atPaper();
    const [first, second] = [jpegOf({ width: 1600 }), jpegOf({ width: 1700 })];
    const [firstSent, secondSent] = [first.slice(), second.slice()];
    expect(attach(bench, first)).toEqual({ ok: true });
    next(bench);
    expect(attach(bench, second)).toEqual({ ok: true });
    next(bench);
    bench.act({ type: 'answer', questionId: 'broken', value: true });
    const page = bench.page();
    const facts = page.kind === 'check' ? page.facts : [];
    expect(facts.filter(({ value }) => value.zh === '1 张照片')).toHaveLength(2);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    const { answers } = bench.keeper.firstCase();
    expect(answers).toEqual({ paper: 0, 'more-paper': 1, broken: true });
    expect(bench.keeper.attached()).toEqual([
      { mediaType: 'image/jpeg', bytes: firstSent },
      { mediaType: 'image/jpeg', bytes: secondSent },
    ]);
    expect([first, second].every(isWiped)).toBe(true);
  });

  it('takes the place of the one before, also of one that was an answer already', () => {
    const bench = atPaper();
    const [first, again] = [jpegOf({}), jpegOf({ width: 1700 })];
    attach(bench, first);
    const ref = refShown(bench);
    next(bench);
    bench.act({ type: 'back' });
    expect(bench.authority.findFile(ref)).toBe(first);
    expect(attach(bench, again)).toEqual({ ok: true });
    expect(isWiped(first)).toBe(true);
    expect(bench.authority.findFile(ref)).toBeUndefined();
    expect(bench.authority.findFile(refShown(bench))).toBe(again);
  });

  it('is taken away when it is not wanted; one that must be there is then asked for', () => {
    const bench = atPaper();
    const jpeg = jpegOf({});
    attach(bench, jpeg);
    expect(attach(bench, null)).toEqual({ ok: true });
    expect(isWiped(jpeg)).toBe(true);
    expect(bench.page()).toMatchObject({ question: { id: 'paper' }, value: null });
    expect(next(bench)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  });

  it('that may be left out is skipped', () => {
    const bench = benchWith([]);
    expect(opened(bench, 'problem-report', 'open')).toEqual({ ok: true });
    answerAll(bench, REPORT);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase().answers).not.toHaveProperty('photo');
    expect(bench.keeper.attached()).toEqual([]);
  });

  it.each<[string, Uint8Array]>([
    ['no JPEG', Uint8Array.of(1, 2, 3)],
    ['larger than may be', jpegOf({ data: new Uint8Array(PHOTO_LIMITS.maxBytes) })],
  ])('is refused when it is %s, and the one before stays', (_what, wrong) => {
    const bench = atPaper();
    attach(bench, jpegOf({}));
    const ref = refShown(bench);
    expect(attach(bench, wrong)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
    expect(refShown(bench)).toBe(ref);
  });

  it('belongs to the question shown and to no other', () => {
    const bench = atPaper();
    expect(attach(bench, jpegOf({}), 'more-paper')).toMatchObject({ error: { code: 'stale' } });
    attach(bench, jpegOf({}));
    const ref = refShown(bench);
    next(bench);
    expect(bench.authority.findFile(ref)).toBeUndefined();
    next(bench);
    expect(attach(bench, jpegOf({}))).toMatchObject({ error: { code: 'unknown-question' } });
  });

  it('is not shown while it is not sure who is looking', () => {
    const bench = atPaper();
    attach(bench, jpegOf({}));
    const ref = refShown(bench);
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toMatchObject({ kind: 'second-card' });
    expect(bench.authority.findFile(ref)).toBeUndefined();
  });
});

describe('when the visit is over', () => {
  it.each<[string, (bench: Bench) => void]>([
    ['by leaving', (bench) => void bench.act({ type: 'leave' })],
    ['by walking away', (bench) => bench.clock.advance(TIMEOUTS.idleMs + TIMEOUTS.stillThereMs)],
    ['by setting the matter down', (bench) => void bench.act({ type: 'home' })],
    ['by a stop', (bench) => bench.authority.stop()],
  ])('%s: the photograph is overwritten', (_how, end) => {
    const bench = atPaper();
    const jpeg = jpegOf({});
    attach(bench, jpeg);
    end(bench);
    expect(isWiped(jpeg)).toBe(true);
  });

  it('a draft holds none: each is asked for again, what else was answered stands', () => {
    const bench = atPaper();
    attach(bench, jpegOf({}));
    next(bench);
    attach(bench, jpegOf({}));
    next(bench);
    bench.act({ type: 'answer', questionId: 'broken', value: true });
    bench.act({ type: 'leave' });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { step: 1 } });
    bench.act({ type: 'resume-draft' });
    expect(bench.page()).toMatchObject({ question: { id: 'paper' }, value: null });
  });
});

describe('a matter that needs a camera', () => {
  it('says so before anyone starts, and opens when the camera is there', () => {
    const bench = benchWith(['face-camera']);
    bench.lay(ELDER);
    bench.act({ type: 'open-category', categoryId: PAPERS.category });
    bench.act({ type: 'open-matter', matterId: PAPERS.id });
    expect(bench.page()).toMatchObject({ blocked: { code: 'needs-camera' } });
    expect(bench.act({ type: 'start', basis: 'self' })).toMatchObject({
      error: { code: 'matter-not-available' },
    });
    bench.world.devices = { ...bench.world.devices, cameras: new Set(['document-camera']) };
    expect(bench.act({ type: 'start', basis: 'self' })).toEqual({ ok: true });
  });
});
