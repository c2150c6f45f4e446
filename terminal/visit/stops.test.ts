/** What the machine does not take in: said before anyone starts, in words, and over again by itself. */
import { describe, expect, it } from 'vitest';
import { ALL_OPEN, type Standing } from '../limits/standing.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ELDER } from './testing/people.ts';

const REASON = { zh: '系统升级，6月20日起再办', en: 'Offered again from 20 June' };
const MATTER = 'old-age-allowance';

function become(bench: Bench, change: Partial<Standing>): void {
  bench.world.standing = { ...ALL_OPEN, ...change };
  bench.authority.refresh();
}

function tileOf(bench: Bench, matterId: string): unknown {
  const page = bench.page();
  if (page.kind !== 'home') throw new Error(`home, not ${page.kind}`);
  return page.likely.find((tile) => tile.matterId === matterId)?.availability;
}

describe('a matter taken out', () => {
  it('says the reason given, alone of all, and is open again when it is put back', () => {
    const bench = createBench();
    become(bench, { takenOut: new Map([[MATTER, REASON]]) });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', stopped: null });
    expect(tileOf(bench, MATTER)).toBe('taken-out');
    bench.act({ type: 'open-matter', matterId: MATTER });
    expect(bench.page()).toMatchObject({ kind: 'matter', blocked: { code: 'taken-out', words: REASON } });
    expect(bench.act({ type: 'start', basis: 'self' })).toMatchObject({
      error: { code: 'matter-not-available', words: REASON },
    });
    become(bench, {});
    expect(bench.page()).toMatchObject({ kind: 'matter', blocked: null });
    expect(bench.act({ type: 'start', basis: 'self' })).toEqual({ ok: true });
  });

  it('keeps the draft of whoever was filling it in', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'open-matter', matterId: MATTER });
    bench.act({ type: 'start', basis: 'self' });
    const page = bench.page();
    if (page.kind !== 'question') throw new Error('a question');
    bench.act({ type: 'answer', questionId: page.question.id, value: '13800000000' });
    become(bench, { takenOut: new Map([[MATTER, REASON]]) });
    expect(bench.page().kind).toBe('question');
    bench.act({ type: 'leave' });
    bench.clock.advance(10_000);
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { step: expect.any(Number) } });
    expect(bench.act({ type: 'resume-draft' })).toMatchObject({ error: { words: REASON } });
    become(bench, {});
    expect(bench.act({ type: 'resume-draft' })).toEqual({ ok: true });
  });
});

describe('a limit', () => {
  it.each(['disk', 'journal', 'contact', 'release'] as const)(
    '%s stops what is kept, and says so first',
    (code) => {
      const bench = createBench();
      become(bench, { stops: new Set([code]) });
      const attract = bench.page();
      expect(attract).toMatchObject({ kind: 'attract', stopped: { zh: expect.stringMatching(/\d{7}/) } });
      bench.lay(ELDER);
      expect(bench.page()).toMatchObject({ kind: 'home', stopped: { zh: expect.any(String) } });
      expect(tileOf(bench, MATTER)).toBe('stopped');
      bench.act({ type: 'go', to: 'my-cases' });
      expect(bench.page().kind).toBe('my-cases');
      bench.act({ type: 'home' });
      become(bench, {});
      expect(bench.page()).toMatchObject({ kind: 'home', stopped: null });
      expect(tileOf(bench, MATTER)).toBe('open');
    },
  );

  it('of the clock stops only where days count', () => {
    const bench = createBench();
    become(bench, { stops: new Set(['clock']) });
    expect(bench.page()).toMatchObject({ kind: 'attract', stopped: null });
    bench.lay(ELDER);
    expect(tileOf(bench, MATTER)).toBe('open');
    bench.act({ type: 'open-matter', matterId: 'village-banquet' });
    expect(bench.page()).toMatchObject({
      blocked: { code: 'stopped', words: { zh: expect.stringContaining('时间') } },
    });
  });
});

describe('a revoked machine', () => {
  it('takes nothing new, not even a "not me", and goes on showing', () => {
    const bench = createBench();
    become(bench, { revoked: true });
    expect(bench.page()).toMatchObject({ kind: 'attract', stopped: { zh: expect.stringContaining('停用') } });
    bench.lay(ELDER);
    bench.act({ type: 'open-matter', matterId: MATTER });
    expect(bench.act({ type: 'start', basis: 'self' })).toMatchObject({
      error: { code: 'matter-not-available' },
    });
    bench.act({ type: 'home' });
    bench.act({ type: 'go', to: 'my-cases' });
    expect(bench.page().kind).toBe('my-cases');
  });
});

describe('an emergency notice', () => {
  it('takes the first page and stands before home; a plain one is on the first page alone', () => {
    const bench = createBench();
    const notice = (zh: string, danger: boolean) => {
      const text = { zh, en: zh };
      return {
        id: danger ? '01'.repeat(16) : '02'.repeat(16),
        title: text,
        body: text,
        byline: text,
        danger,
      };
    };
    bench.world.notices = [notice('大雨', true), notice('量血压', false)];
    bench.authority.refresh();
    expect(bench.page()).toMatchObject({
      alarm: { title: { zh: '大雨' } },
      notices: [{ title: { zh: '量血压' } }],
    });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'urgent-notice', asks: 'read' });
    bench.act({ type: 'notice', command: { do: 'know' } });
    const home = bench.page();
    expect(home.kind === 'home' && home.notices.map(({ title }) => title.zh)).toEqual(['大雨']);
  });
});
