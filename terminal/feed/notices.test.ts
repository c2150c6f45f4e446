import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeContent } from '../../sync/content-coding.ts';
import { idOf } from '../testing/keeper-world.ts';
import { MOST_NOTICES, noticesInForce } from './notices.ts';
import { takenOutBy } from './taken-out.ts';

/** 15 June 2026, 9:20 in China. */
const FROM_MS = Date.UTC(2026, 5, 15, 1, 20);
const HOUR_MS = 3_600_000;
const UNTIL_MS = FROM_MS + 23 * HOUR_MS;

const text = (zh: string) => ({ zh, en: `${zh} (en)` });

function notice(name: string, change: Record<string, unknown> = {}): Uint8Array {
  return encodeContent({
    ...{ schema: 1, kind: 'notice.published', noticeId: idOf(name) },
    ...{ title: text(name), body: text('正文'), issuer: text('沙溪镇防汛办'), phone: '86120000' },
    ...{ fromMs: FROM_MS, untilMs: UNTIL_MS, danger: false },
    ...change,
  });
}

const withdrawn = (name: string) =>
  encodeContent({ schema: 1, kind: 'notice.withdrawn', noticeId: idOf(name) });

const at = (ms: number) => ({ nowMs: ms, sureMs: ms });
const titles = (contents: readonly Uint8Array[], time: { nowMs: number; sureMs: number }) =>
  noticesInForce(contents, time).map(({ title }) => title.zh);

describe('notices', () => {
  it('stand from their first moment to their last, and say who stands by them', () => {
    const contents = [notice('量血压')];
    expect(titles(contents, at(FROM_MS - 1))).toEqual([]);
    expect(titles(contents, at(FROM_MS))).toEqual(['量血压']);
    expect(titles(contents, at(UNTIL_MS - 1))).toEqual(['量血压']);
    expect(titles(contents, at(UNTIL_MS))).toEqual([]);
    expect(noticesInForce(contents, at(FROM_MS))[0]?.byline.zh).toBe(
      '发布：沙溪镇防汛办 6月15日 9:20，有效至6月16日 8:20，值班 86120000',
    );
  });

  it('put emergencies first, then the newest, and no more than there is room for', () => {
    const contents = [
      notice('旧', { fromMs: FROM_MS - HOUR_MS }),
      notice('新'),
      notice('大雨', { danger: true, fromMs: FROM_MS - 2 * HOUR_MS }),
      notice('更旧', { fromMs: FROM_MS - 3 * HOUR_MS }),
    ];
    expect(titles(contents, at(FROM_MS))).toEqual(['大雨', '新', '旧']);
    expect(titles(contents, at(FROM_MS))).toHaveLength(MOST_NOTICES);
  });

  it('go when they are taken back, and change when they are published again', () => {
    const later = notice('大雨', { danger: true, title: text('雨更大了') });
    expect(titles([notice('大雨', { danger: true }), later], at(FROM_MS))).toEqual(['雨更大了']);
    expect(titles([notice('大雨'), withdrawn('大雨')], at(FROM_MS))).toEqual([]);
    expect(titles([notice('大雨'), withdrawn('大雨'), later], at(FROM_MS))).toEqual(['雨更大了']);
    expect(titles([notice('大雨'), withdrawn('别的')], at(FROM_MS))).toEqual(['大雨']);
  });

  it('are never hidden, where they are emergencies, by a clock nobody vouched for', () => {
    const danger = [notice('大雨', { danger: true })];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8e15 }),
        fc.integer({ min: 0, max: UNTIL_MS - 1 }),
        (now, sure) => {
          expect(titles(danger, { nowMs: now, sureMs: sure })).toEqual(['大雨']);
          expect(titles(danger, { nowMs: now, sureMs: UNTIL_MS + sure })).toEqual([]);
          expect(titles([notice('量血压')], { nowMs: now, sureMs: UNTIL_MS })).toEqual([]);
        },
      ),
    );
  });

  it('pass over what does not fit', () => {
    const odd = [Uint8Array.of(0xff), encodeContent({ schema: 1 }), notice('x', { title: text('') })];
    expect(titles([...odd, notice('量血压')], at(FROM_MS))).toEqual(['量血压']);
  });
});

describe('matters taken out', () => {
  const out = (matterId: string, zh: string) =>
    encodeContent({ schema: 1, kind: 'matter.out', matterId, reason: text(zh) });
  const back = (matterId: string) => encodeContent({ schema: 1, kind: 'matter.in', matterId });

  it('go by the last word on each', () => {
    expect([
      ...takenOutBy([out('a', '系统升级'), out('b', '停办'), out('a', '再等一天'), back('b')]),
    ]).toEqual([['a', text('再等一天')]]);
    expect(takenOutBy([out('a', '系统升级'), back('a'), Uint8Array.of(1), back('c')]).size).toBe(0);
  });
});
