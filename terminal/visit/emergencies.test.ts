import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import type { AnyAction } from '../api.ts';
import type { Notice } from './desk.ts';
import { AGENT, AGENT_ID, signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';

const RAIN = '0a'.repeat(16);
const FIRE = '0b'.repeat(16);

function emergency(id: string, danger = true): Notice {
  const text = { zh: `通知 ${id.slice(0, 2)}`, en: `Notice ${id.slice(0, 2)}` };
  return { id, title: text, body: text, byline: text, danger };
}

function issue(bench: Bench, ...ids: string[]): Bench {
  bench.world.notices = ids.map((id) => emergency(id));
  bench.authority.refresh();
  return bench;
}

const KNOW: AnyAction = { type: 'notice', command: { do: 'know' } };
const ANSWER: AnyAction = { type: 'notice', command: { do: 'answer' } };

/** What was kept of notices: kinds, and of which. */
function said(bench: Bench) {
  return bench.keeper
    .contents()
    .filter(({ kind }) => String(kind).startsWith('notice.'))
    .map(({ kind, noticeId }) => [kind, toHex(noticeId as Uint8Array)]);
}

/** The first question of a report, with the elder's card laid. */
function reporting(bench: Bench): Bench {
  bench.lay(ELDER);
  bench.act({ type: 'open-category', categoryId: 'feedback' });
  expect(opened(bench, 'problem-report', 'open').ok).toBe(true);
  return bench;
}

/** The registered agent, alone at their page. */
function agentAlone(): Bench {
  const bench = withRegisteredAgent(createBench());
  bench.act({ type: 'go', to: 'no-card' });
  signIn(bench);
  expect(bench.page().kind).toBe('agent-desk');
  return bench;
}

describe('an emergency in a visit', () => {
  it('never stands over the page that is being filled in, and before the next one', () => {
    const bench = reporting(createBench());
    const before = bench.page();
    expect(before.kind).toBe('question');
    issue(bench, RAIN);
    expect(bench.page()).toEqual(before);
    bench.act({ type: 'answer', questionId: 'what', value: 'lamp' });
    expect(bench.page()).toMatchObject({ kind: 'urgent-notice', asks: 'read', notice: { danger: true } });
    // What was tapped on the page that left counts for nothing here.
    expect(bench.act(KNOW)).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'village' } });
    bench.act({ type: 'answer', questionId: 'village', value: '330624108248' });
    expect(bench.page()).toMatchObject({ question: { id: 'place' } });
  });

  it('takes a page nothing is filled in on at once, one after another, each once a visit', () => {
    const bench = createBench();
    bench.lay(ELDER);
    issue(bench, RAIN, FIRE);
    expect(bench.page()).toMatchObject({ notice: { title: { zh: '通知 0a' } } });
    bench.act(KNOW);
    expect(bench.page()).toMatchObject({ notice: { title: { zh: '通知 0b' } } });
    bench.act(KNOW);
    expect(bench.page().kind).toBe('home');
    bench.authority.refresh();
    expect(bench.page().kind).toBe('home');
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(NEIGHBOUR);
    expect(bench.page().kind).toBe('urgent-notice');
  });

  it('leads on by itself when it ends, and nothing else stands before a page', () => {
    const bench = createBench();
    bench.lay(ELDER);
    issue(bench, RAIN);
    bench.world.notices = [emergency(FIRE, false)];
    bench.authority.refresh();
    expect(bench.page().kind).toBe('home');
  });

  it('goes to help and back with what was filled in', () => {
    const bench = issue(reporting(createBench()), RAIN);
    bench.act({ type: 'answer', questionId: 'what', value: 'lamp' });
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'back' });
    expect(bench.page().kind).toBe('urgent-notice');
    bench.act(KNOW);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'village' } });
  });

  it('is acknowledged by no visitor', () => {
    const bench = issue(createBench(), RAIN);
    bench.lay(ELDER);
    bench.act(KNOW);
    expect(bench.act(ANSWER).ok).toBe(false);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    expect(bench.page()).toMatchObject({ kind: 'attract', alarm: { title: { zh: '通知 0a' } } });
    expect(said(bench)).toEqual([]);
  });
});

describe('the village’s agent', () => {
  it('acknowledges by their own key; then the first page is free again', () => {
    const bench = issue(agentAlone(), RAIN);
    expect(bench.page()).toMatchObject({ kind: 'urgent-notice', asks: 'acknowledge', answered: null });
    expect(bench.act(KNOW)).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'urgent-notice', asks: 'answer' });
    expect(said(bench)).toEqual([['notice.acknowledged', RAIN]]);
    const [content] = bench.keeper.contents().filter(({ kind }) => kind === 'notice.acknowledged');
    expect(content?.actors).toMatchObject([{ role: 'agent', agentId: AGENT_ID, by: 'own' }]);
    expect(bench.keeper.signed().map(({ kind }) => kind)).toEqual(['notice.acknowledged']);
    bench.act(KNOW);
    expect(bench.page()).toMatchObject({
      kind: 'agent-desk',
      notices: [{ noticeId: RAIN, answered: false }],
    });
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    expect(bench.page()).toMatchObject({ kind: 'attract', alarm: null, notices: [{ danger: true }] });
  });

  it('says how things stand, as often as they change', () => {
    const bench = issue(agentAlone(), RAIN);
    bench.act(KNOW);
    const before = bench.page();
    expect(bench.act(ANSWER)).toEqual({ ok: true });
    const answers = { state: 'harm', flooded: true, moved: 12, needs: ['boats', 'food'] };
    answerAll(bench, { ...answers, words: '桥头两户进水', photo: '' });
    expect(bench.page()).toMatchObject({ kind: 'check', facts: expect.arrayContaining([]) });
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ ...before, answered: { delivered: false } });
    expect(said(bench).at(-1)).toEqual(['notice.answered', RAIN]);
    const content = bench.keeper.contents().findLast(({ kind }) => kind === 'notice.answered');
    expect(content).toMatchObject({
      answers: { ...answers, words: '桥头两户进水' },
      actors: [{ role: 'agent', by: 'own' }],
    });
    expect(bench.act(ANSWER)).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'state' } });
  });

  it('is heard in words before its picture comes', () => {
    const bench = issue(agentAlone(), RAIN);
    bench.world.devices = { ...bench.world.devices, cameras: new Set(['document-camera']) };
    bench.act(KNOW);
    bench.act(ANSWER);
    answerAll(bench, { state: 'harm', flooded: true, moved: 3, needs: ['pumps'], words: '' });
    expect(bench.page()).toMatchObject({ question: { id: 'photo' } });
    bench.act({ type: 'attach', questionId: 'photo', bytes: jpegOf({}) });
    bench.act({ type: 'answer', questionId: 'photo', value: null });
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    const [words, whole] = bench.keeper.contents().filter(({ kind }) => kind === 'notice.answered');
    expect(words).toMatchObject({ replyId: whole?.replyId, answers: { state: 'harm', moved: 3 } });
    expect([words?.attachments, Object.hasOwn(words?.answers as object, 'photo')]).toEqual([[], false]);
    expect(whole).toMatchObject({
      answers: { photo: 0 },
      attachments: [[expect.anything(), expect.anything(), 'image/jpeg', expect.any(Number)]],
    });
    expect(bench.keeper.signed().filter(({ kind }) => kind === 'notice.answered')).toHaveLength(2);
  });

  it('beside a resident acknowledges, and goes back to their page with nothing lost', () => {
    const bench = issue(reporting(withRegisteredAgent(createBench())), RAIN);
    signIn(bench);
    expect(bench.page()).toMatchObject({ kind: 'urgent-notice', asks: 'acknowledge' });
    bench.act(KNOW);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'what' } });
    expect(said(bench)).toEqual([['notice.acknowledged', RAIN]]);
  });

  it('is nobody whom the roster names no more', () => {
    const bench = issue(agentAlone(), RAIN);
    bench.world.roster = { ...bench.world.roster!, version: 2, agents: [] };
    bench.authority.refresh();
    expect(bench.page()).toMatchObject({ kind: 'attract', alarm: { danger: true } });
    bench.lay(AGENT);
    bench.act(KNOW);
    expect(said(bench)).toEqual([]);
  });
});
