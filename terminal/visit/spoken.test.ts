/** Words said instead of written: judged, changed, forgotten and filed as what they are. */
import { expect, it } from 'vitest';
import type { AnswerValue } from '../../catalog/schema.ts';
import { sampleMatter, sampleQuestion } from '../../catalog/testing/sample-matter.ts';
import type { ActResult, Page } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { opened } from './testing/fill-in.ts';
import { ELDER } from './testing/people.ts';
import { webmOf } from './testing/recordings.ts';
import { PROJECT_CATALOG } from './testing/site.ts';

const QUESTIONS = [
  sampleQuestion('words', 'text', { maxLength: 50 }),
  sampleQuestion('more', 'text', { maxLength: 50, maxSeconds: 10, optional: true }),
  sampleQuestion('name-on-paper', 'text', { maxLength: 50, spoken: false }),
];
const MATTER = sampleMatter({ questions: QUESTIONS });
const isWiped = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);

function begun(): Bench {
  const bench = createBench();
  bench.world.catalog = { ...PROJECT_CATALOG, matters: [MATTER] };
  bench.lay(ELDER);
  bench.act({ type: 'open-category', categoryId: MATTER.category });
  opened(bench, MATTER.id, 'self');
  return bench;
}

function shown(bench: Bench): Extract<Page, { kind: 'question' }> {
  const page = bench.page();
  if (page.kind !== 'question') throw new Error(`broken invariant: ${page.kind} is shown`);
  return page;
}

const give = (bench: Bench, value: AnswerValue | null): ActResult =>
  bench.act({ type: 'answer', questionId: shown(bench).question.id, value });

function say(bench: Bench, bytes: Uint8Array = webmOf({ seconds: 3 })): ActResult {
  const attached = bench.act({ type: 'attach', questionId: shown(bench).question.id, bytes });
  return attached.ok ? give(bench, shown(bench).value) : attached;
}

it('is filed with its recording, and told on the check page with what plays it', () => {
  const bench = begun();
  const [first, sent] = [webmOf({ seconds: 12 }), webmOf({ seconds: 12 })];
  expect(say(bench, first)).toEqual({ ok: true });
  expect(give(bench, null)).toEqual({ ok: true });
  expect(give(bench, '董村小店')).toEqual({ ok: true });
  const page = bench.page();
  const [fact] = page.kind === 'check' ? page.facts.filter(({ questionId }) => questionId === 'words') : [];
  expect(fact).toMatchObject({
    value: { zh: '说的话，12 秒' },
    recording: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
  expect(bench.keeper.firstCase().answers).toEqual({
    words: { spoken: 0, seconds: 12 },
    'name-on-paper': '董村小店',
  });
  expect(bench.keeper.attached()).toEqual([{ mediaType: 'audio/webm', bytes: sent }]);
  expect(isWiped(first)).toBe(true);
});

it('is refused of another question, of nobody, too long, and where words must be written', () => {
  const bench = begun();
  const stranger = { spoken: 'f'.repeat(32), seconds: 3 };
  expect(give(bench, stranger)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  bench.act({ type: 'attach', questionId: 'words', bytes: webmOf({}) });
  const own = shown(bench).value;
  give(bench, own);
  expect(give(bench, own)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  expect(say(bench, webmOf({ seconds: 14 }))).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  give(bench, null);
  expect(shown(bench).question.id).toBe('name-on-paper');
  expect(say(bench)).toMatchObject({ ok: false, error: { code: 'unknown-question' } });
  expect(give(bench, own)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
});

it('is overwritten when words are written instead, and takes their place when it is said at last', () => {
  const bench = begun();
  const speech = webmOf({});
  say(bench, speech);
  bench.act({ type: 'back' });
  expect(give(bench, '路灯不亮')).toEqual({ ok: true });
  expect(isWiped(speech)).toBe(true);
  bench.act({ type: 'back' });
  expect(say(bench)).toEqual({ ok: true });
  bench.act({ type: 'back' });
  expect(shown(bench).value).toMatchObject({ seconds: 3 });
});

it('is in no draft, and asked for again though it could be left out', () => {
  const bench = begun();
  give(bench, '路灯不亮');
  const speech = webmOf({});
  say(bench, speech);
  bench.act({ type: 'leave' });
  expect(isWiped(speech)).toBe(true);
  bench.lay(ELDER);
  bench.act({ type: 'resume-draft' });
  expect(shown(bench)).toMatchObject({ question: { id: 'more' }, value: null });
});
