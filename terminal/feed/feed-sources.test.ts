import { describe, expect, it } from 'vitest';
import { concat } from '../../base/bytes.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { SAMPLE_MS } from '../../sync/formats/sample.ts';
import { phoneIssuersContent } from '../../sync/phone-issuers.ts';
import { crash, idOf, type MemoryParts, memoryParts, openEnrolled } from '../testing/keeper-world.ts';
import { createFeedSources } from './feed-sources.ts';

const HOUR_MS = 3_600_000;
const text = (zh: string) => ({ zh, en: zh });

const notice = (name: string, change: object = {}) => ({
  kind: FEED_KIND.notice,
  content: encodeContent({
    ...{ schema: 1, kind: 'notice.published', noticeId: idOf(name), title: text(name), body: text('正文') },
    ...{ issuer: text('沙溪镇'), phone: null, fromMs: SAMPLE_MS - HOUR_MS, untilMs: SAMPLE_MS + HOUR_MS },
    ...{ danger: true, ...change },
  }),
});
const withdrawn = (name: string) => ({
  kind: FEED_KIND.notice,
  content: encodeContent({ schema: 1, kind: 'notice.withdrawn', noticeId: idOf(name) }),
});
const out = (matterId: string) => ({
  kind: FEED_KIND.matter,
  content: encodeContent({ schema: 1, kind: 'matter.out', matterId, reason: text('系统升级') }),
});

function begin(parts: MemoryParts) {
  const opened = openEnrolled(parts);
  const sources = createFeedSources(opened, parts.clock, '330624108248');
  let made = 0;
  return {
    opened,
    sources,
    send(...items: { kind: number; content: Uint8Array }[]) {
      const after = opened.port.feedCursor();
      made += 1;
      return opened.port.applyPage({
        after,
        next: concat(after, Uint8Array.of(1)),
        items: items.map((item, index) => ({
          ...{
            ...item,
            itemId: idOf(`${after.length} ${made} ${index}`),
            expires: null,
            caseId: null,
            order: null,
          },
        })),
      });
    },
    titles: () => sources.notices.now().map(({ title }) => title.zh),
  };
}

describe('what came down for everybody', () => {
  it('is told as it comes and goes, and only when it is another', () => {
    const { sources, send, titles } = begin(memoryParts());
    let told = 0;
    sources.notices.onChange(() => told++);
    send(notice('大雨'));
    send(out('a'));
    expect([titles(), told]).toEqual([['大雨'], 1]);
    expect([...sources.takenOut.now().keys()]).toEqual(['a']);
    send(withdrawn('大雨'));
    expect([titles(), told]).toEqual([[], 2]);
    expect(sources.revoked.now()).toBe(false);
    send({ kind: FEED_KIND.revoked, content: encodeContent({ schema: 1 }) });
    expect(sources.revoked.now()).toBe(true);
  });

  it('names whose codes from phones are taken: the latest list, whatever came last, and through a crash', () => {
    const parts = memoryParts();
    const { sources, send } = begin(parts);
    const key = new Uint8Array(32).fill(7);
    const list = (version: number, names: readonly string[]) => ({
      kind: FEED_KIND.phoneIssuers,
      content: phoneIssuersContent({ version, issuers: names.map((name) => ({ name, publicKey: key })) }),
    });
    const named = (of = sources) => of.phoneIssuers.now()?.issuers.map(({ name }) => name) ?? null;
    expect(named()).toBeNull();
    send(list(5, ['浙里办']), list(3, ['旧的']), { kind: FEED_KIND.phoneIssuers, content: idOf('noise') });
    expect(named()).toEqual(['浙里办']);
    expect(sources.phoneIssuers.now()?.issuers[0]?.publicKey).toEqual(key);
    crash(parts);
    const again = begin(parts);
    expect(named(again.sources)).toEqual(['浙里办']);
    again.send(list(6, []));
    expect(named(again.sources)).toEqual([]);
  });

  it('goes when its time certainly has come, with nobody touching anything', () => {
    const parts = memoryParts();
    const { send, titles } = begin(parts);
    send(notice('大雨'));
    parts.clock.setWall(SAMPLE_MS + 365 * 24 * HOUR_MS);
    parts.clock.advance(60_000);
    expect(titles()).toEqual(['大雨']);
    // What is sure began at the build: a day before, and an hour to the end.
    parts.clock.advance(26 * HOUR_MS);
    expect(titles()).toEqual([]);
  });

  it('is there whole or not at all, killed before, between and after any two writes', () => {
    for (let point = 1; point < 12; point += 1) {
      const parts = memoryParts();
      const first = begin(parts);
      first.send(notice('旧'), out('a'));
      let commits = 0;
      parts.store.onCommit = () => {
        commits += 1;
        if (commits === point) throw new Error('killed');
      };
      try {
        first.send(notice('新'), withdrawn('旧'), out('b'));
        first.send({ kind: FEED_KIND.revoked, content: encodeContent({ schema: 1 }) });
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'killed') throw error;
      }
      crash(parts);
      const next = begin(parts);
      const isTaken = next.opened.port.feedCursor().length > 1;
      expect(next.titles()).toEqual(isTaken ? ['新'] : ['旧']);
      expect([...next.sources.takenOut.now().keys()]).toEqual(isTaken ? ['a', 'b'] : ['a']);
      expect(next.sources.revoked.now()).toBe(next.opened.port.feedCursor().length > 2);
    }
  });

  it('remembers through a restart what the platform last said of serving this machine', () => {
    const parts = memoryParts();
    const { opened } = begin(parts);
    expect(opened.access.find()).toBe('served');
    opened.access.save('revoked');
    crash(parts);
    const next = begin(parts).opened;
    expect(next.access.find()).toBe('revoked');
    next.access.save('served');
    crash(parts);
    expect(begin(parts).opened.access.find()).toBe('served');
  });
});
