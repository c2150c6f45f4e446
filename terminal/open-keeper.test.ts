import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { err } from '../base/result.ts';
import { certFormat } from '../sync/formats/key-set.ts';
import { parseSlipQrText } from '../sync/formats/slip.ts';
import { verifySlip } from '../sync/trust.ts';
import { openKeeper } from './open-keeper.ts';
import {
  caseWish,
  crash,
  crypto,
  handClock,
  memoryParts,
  offered,
  oneKey,
  open,
  openEnrolled,
  parsed,
  SAMPLE_TRUST,
  specimenMemory,
  world,
} from './testing/keeper-world.ts';

describe('openKeeper', () => {
  it('says why it cannot, as a value, and can once the reason is gone', () => {
    const parts = memoryParts();
    const noKey = {
      ...parts,
      keys: { ...parts.keys, signingKey: () => err({ code: 'damaged', detail: '' } as const) },
    };
    expect(openKeeper(noKey)).toMatchObject({ ok: false, error: { code: 'key' } });

    const first = openEnrolled(parts);
    expect(openKeeper(parts)).toMatchObject({ error: { code: 'store', trouble: { code: 'busy' } } });
    parts.mirrorDisk.onChange = () => {
      throw new Error('killed');
    };
    expect(() => first.keeper.keep(caseWish(null, 'a'))).toThrow('killed');
    crash(parts);
    parts.mirrorDisk.onChange = () => ({ code: 'full', detail: 'made up' });
    expect(openKeeper(parts)).toMatchObject({ ok: false, error: { code: 'mirror' } });
    parts.mirrorDisk.onChange = () => undefined;
    expect(open(parts).recovery.toMirror).toBe(1);
  });

  it('takes the floor that an enrolment brings: what is stored before the first hello is not below it', () => {
    const opened = open(memoryParts({ builtAtMs: 0 }));
    const wish = { origin: 'https://example.invalid', certBytes: world.certBytes, trust: SAMPLE_TRUST };
    expect(opened.enrol(wish).ok).toBe(true);
    expect(opened.time.floorMs()).toBe(SAMPLE_TRUST.floorMs);
    opened.port.saveTrust({ ...opened.port.loadTrust(), floorMs: opened.time.floorMs() });
  });

  it('knows of used codes whether any may be missing: not at the very first start, but after its database was lost', () => {
    const parts = memoryParts();
    const first = openEnrolled(parts);
    expect(first.phoneCodes.isWhole).toBe(true);
    first.keeper.keep(caseWish(null, 'a'));
    crash(parts);
    const backedUp = open(parts);
    expect(backedUp.phoneCodes.isWhole).toBe(true);
    expect(backedUp.backUp().ok).toBe(true);
    parts.store.putImage(undefined);
    expect(open(parts).phoneCodes.isWhole).toBe(false);
    const bare = memoryParts();
    openEnrolled(bare);
    bare.store.putImage(undefined);
    expect(open(bare).phoneCodes.isWhole).toBe(false);
  });

  it('opens a new journal for a new key, once that is certified', () => {
    const parts = memoryParts();
    const first = openEnrolled(parts);
    first.keeper.keep(caseWish(null, 'a'));
    crash(parts);
    const other = { ...parts, keys: oneKey(world.ordering) };
    const opened = open(other);
    expect(opened.keeper.keep(caseWish(null, 'b'))).toMatchObject({ error: { code: 'not-enrolled' } });
    expect(opened.port.owedHeads().map(({ seq }) => seq)).toEqual([2]);
    const cert = certFormat.parse(world.certBytes);
    if (!cert.ok) throw new Error('reads');
    const value = { ...cert.value.value, publicKey: world.ordering.publicKey };
    const certBytes = certFormat.make(world.certifying, value);
    const wish = { origin: 'https://example.invalid', certBytes, trust: SAMPLE_TRUST };
    expect(opened.enrol(wish).ok).toBe(true);
    expect(opened.enrol(wish).ok).toBe(true);
    expect(opened.keeper.keep(caseWish(null, 'b')).ok).toBe(true);
    expect(opened.port.owedHeads().map(({ seq }) => seq)).toEqual([2, 2]);
    expect(new Set(parsed(offered(opened)).map(({ header }) => toHex(header.signKeyId))).size).toBe(2);
  });

  it('signs a slip that proves itself', () => {
    const parts = memoryParts({ clock: handClock() });
    const opened = openEnrolled(parts);
    const kept = opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
    if (!kept.ok) throw new Error('kept');
    const text = opened.keeper.slipQr(kept.value.entryId, '012345678901', '654321');
    const read = parseSlipQrText(text);
    if (!read.ok) throw new Error('reads');
    expect(read.value.origin).toBe('https://example.invalid');
    expect(read.value.slip.value).toMatchObject({
      ...{ localNumber: '012345678901', slipCode: '654321' },
      ...{ entryHash: kept.value.entryHash, wallMs: kept.value.keptAtMs },
    });
    expect(verifySlip(crypto, world.keySet, read.value.slip).ok).toBe(true);
    expect(text.length).toBeLessThan(700);
  });

  it('tells of what was kept, and not of a repeat', () => {
    const opened = openEnrolled(memoryParts());
    let told = 0;
    opened.onKept(() => told++);
    opened.keeper.keep(caseWish(null, 'a'));
    opened.keeper.keep(caseWish(null, 'a'));
    expect(told).toBe(1);
    expect(offered(opened)).toHaveLength(2);
  });

  it('keeps a content that is too large out, whole', () => {
    const opened = openEnrolled(memoryParts());
    const content = { schema: 1, kind: 'case.submitted', words: 'x'.repeat(270_000) };
    const kept = opened.keeper.keep(caseWish(specimenMemory(opened), 'a', { content }));
    expect(kept).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(specimenMemory(opened).cases()).toEqual([]);
    expect(offered(opened)).toHaveLength(1);
  });
});
