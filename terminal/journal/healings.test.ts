import { describe, expect, it } from 'vitest';
import { copyHealedContentSchema } from '../../sync/contents.ts';
import { caseWish, contentOf, crash, offered, openEnrolled, parsed } from '../testing/keeper-world.ts';
import { change, keepMore, kept, segments } from '../testing/kept.ts';
import { startHealingAudit } from '../upkeep/healing-audit.ts';

/** Cases whose mirror has an old segment, and in it the bytes at `at` turned. */
function keptWithTurnedBits(at: number) {
  const parts = kept('a', 'b', 'c');
  const [path] = segments(parts);
  // The newest segment is hurt and another begins: a start looks at the newest alone.
  change(parts, path!, (bytes) => bytes.fill(0xee, 3_000, 3_010));
  keepMore(parts);
  change(parts, path!, (bytes) => bytes.fill(0xee, at, at + 10));
  return parts;
}

const audits = (opened: ReturnType<typeof openEnrolled>) =>
  parsed(offered(opened))
    .map(contentOf)
    .filter(({ kind }) => kind === 'audit.copy-healed');

describe('a disk that turns bits', () => {
  it('is noted at the start that finds it, and through the next ones', () => {
    const parts = kept('a', 'b', 'c');
    change(parts, segments(parts)[0]!, (bytes) => bytes.fill(0xee, 3_000, 3_010));
    const opened = openEnrolled(parts);
    const atMs = parts.clock.wallMs();
    expect(opened.recovery).toMatchObject({ toMirror: 1, healed: 1 });
    expect(opened.healings.find()).toEqual({ pieces: 1, told: 0, sinceMs: atMs, lastMs: atMs });
    crash(parts);
    expect(openEnrolled(parts).healings.find()?.pieces).toBe(1);
  });

  it('is noted while the terminal works, and told to the platform once', () => {
    const parts = keptWithTurnedBits(600);
    const opened = openEnrolled(parts);
    let calls = 0;
    opened.healings.onHealed(() => {
      calls += 1;
    });
    const stop = startHealingAudit({ ...parts, keeper: opened.keeper, healings: opened.healings });
    expect(opened.healings.find()?.pieces).toBe(1);
    parts.clock.advance(60_000);
    expect(opened.healings.find()?.pieces).toBe(2);
    expect(calls).toBe(1);
    expect(audits(opened)).toEqual([]);
    parts.clock.advance(4 * 3_600_000);
    const [told, ...more] = audits(opened);
    expect(copyHealedContentSchema.parse(told).pieces).toBe(2);
    expect(more).toEqual([]);
    expect(opened.healings.find()).toMatchObject({ pieces: 2, told: 2 });
    stop();
  });

  it('is noted where the database was the copy that went, and told when there is room', () => {
    const parts = kept('a', 'b');
    parts.store.putImage(new Uint8Array(8_192).fill(0x5a));
    const opened = openEnrolled(parts);
    expect(opened.recovery.setAside).not.toBeNull();
    expect(opened.healings.find()).toMatchObject({ pieces: 1, told: 0 });
    startHealingAudit({ ...parts, keeper: opened.keeper, healings: opened.healings });
    parts.mirrorDisk.onChange = ({ kind }) => (kind === 'append' ? { code: 'full', detail: '' } : undefined);
    parts.clock.advance(3_600_000);
    expect(opened.healings.find()).toMatchObject({ told: 0 });
    parts.mirrorDisk.onChange = () => undefined;
    parts.clock.advance(3_600_000);
    expect(opened.healings.find()).toMatchObject({ told: 1 });
  });

  it('is no disk whose power was cut in an append, or that had no room for one', () => {
    const parts = kept('a', 'b');
    change(parts, segments(parts)[0]!, (bytes) => bytes.subarray(0, -5));
    const opened = openEnrolled(parts);
    expect(opened.recovery).toMatchObject({ toMirror: 1, healed: 0 });
    parts.clock.advance(60_000);
    expect(opened.keeper.keep(caseWish(null, 'c')).ok).toBe(true);
    expect(opened.healings.find()).toBeUndefined();
  });
});
