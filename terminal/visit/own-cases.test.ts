import { describe, expect, it } from 'vitest';
import type { SlipOutcome } from '../../drivers/api.ts';
import { freezeContentSchema } from '../../sync/contents.ts';
import type { Page } from '../api.ts';
import type { Progress } from '../keeper.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, ASSISTANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';
import { PRINTER_NOT_READY } from './words.ts';

/** Waits for what a printer answers at once. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

function filed(bench: Bench, matterId: 'old-age-allowance' | 'temporary-assistance'): void {
  opened(bench, matterId, 'self');
  answerAll(bench, matterId === 'old-age-allowance' ? ALLOWANCE : ASSISTANCE);
  const submitted = bench.act({ type: 'submit' });
  if (!submitted.ok) throw new Error(submitted.error.words.zh);
}

function page<K extends Page['kind']>(bench: Bench, kind: K): Extract<Page, { kind: K }> {
  const shown = bench.page();
  if (shown.kind !== kind) throw new Error(`expected ${kind}, not ${shown.kind}`);
  return shown as Extract<Page, { kind: K }>;
}

/** The elder after a visit with one plain and one private case, back for another. */
async function again(): Promise<Bench> {
  const bench = createBench();
  bench.lay(ELDER);
  filed(bench, 'old-age-allowance');
  bench.act({ type: 'home' });
  filed(bench, 'temporary-assistance');
  await settle();
  bench.act({ type: 'leave' });
  bench.clock.advance(3_600_000);
  bench.lay(ELDER);
  return bench;
}

describe('my cases', () => {
  it('are a number on home, and lines without the name of a private matter', async () => {
    const bench = await again();
    expect(bench.page()).toMatchObject({ kind: 'home', caseCount: 2, slipsOwed: 0 });
    bench.act({ type: 'go', to: 'my-cases' });
    const { items, asOfMs } = page(bench, 'my-cases');
    expect(items.map(({ name, private: isPrivate, stage }) => [name.zh, isPrivate, stage])).toEqual([
      ['一件事项', true, 'kept'],
      ['高龄津贴', false, 'kept'],
    ]);
    expect(asOfMs).toBeNull();
  });

  it('open with their number, code and history', async () => {
    const bench = await again();
    const first = bench.keeper.firstCase();
    bench.keeper.deliverAll();
    bench.keeper.bring(first, {
      status: 'registered',
      atMs: 1_000,
      words: null,
      provinceNumber: '330624260612000000001',
    });
    bench.keeper.bring(first, { status: 'accepted', atMs: 2_000, words: '镇里受理了', provinceNumber: null });
    bench.act({ type: 'go', to: 'my-cases' });
    const ref = page(bench, 'my-cases').items[1]?.ref ?? '';
    bench.act({ type: 'open-case', ref });
    expect(bench.page()).toMatchObject({
      kind: 'case',
      localNumber: first.localNumber,
      slipCode: first.slipCode,
      provinceNumber: '330624260612000000001',
      line: { stage: 'accepted' },
      slip: 'printed',
      history: [
        { stage: 'kept' },
        { stage: 'delivered', atMs: null },
        { stage: 'registered', atMs: 1_000, words: null },
        { stage: 'accepted', atMs: 2_000, words: '镇里受理了' },
      ],
    });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'my-cases' });
  });

  it('say that a case was stopped, until the county takes it up again or it ends', async () => {
    const stagesAfter = async (...steps: Progress['status'][]) => {
      const bench = await again();
      const first = bench.keeper.firstCase();
      for (const status of steps)
        bench.keeper.bring(first, { status, atMs: 1_000, words: null, provinceNumber: null });
      bench.act({ type: 'go', to: 'my-cases' });
      const ref = page(bench, 'my-cases').items[1]?.ref ?? '';
      bench.act({ type: 'open-case', ref });
      const { line, history } = page(bench, 'case');
      expect(history.slice(2).map(({ stage }) => stage)).toEqual(steps);
      return line.stage;
    };
    expect(await stagesAfter('registered')).toBe('registered');
    expect(await stagesAfter('accepted', 'registered')).toBe('accepted');
    expect(await stagesAfter('finished', 'registered')).toBe('finished');
    expect(await stagesAfter('frozen')).toBe('frozen');
    expect(await stagesAfter('accepted', 'frozen', 'supplemented')).toBe('frozen');
    expect(await stagesAfter('frozen', 'refused')).toBe('refused');
    expect(await stagesAfter('frozen', 'resumed')).toBe('delivered');
    expect(await stagesAfter('accepted', 'frozen', 'resumed')).toBe('accepted');
    expect(await stagesAfter('accepted', 'frozen', 'resumed', 'finished')).toBe('finished');
    expect(await stagesAfter('frozen', 'resumed', 'frozen')).toBe('frozen');
  });

  it('that are private open only after the card was laid again', async () => {
    const bench = await again();
    bench.act({ type: 'go', to: 'my-cases' });
    const ref = page(bench, 'my-cases').items[0]?.ref ?? '';
    bench.act({ type: 'open-case', ref });
    expect(bench.page()).toEqual({ kind: 'prove-again', state: 'waiting' });
    bench.authority.readerSaid({ type: 'reading' });
    expect(bench.page()).toEqual({ kind: 'prove-again', state: 'reading' });
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toEqual({ kind: 'prove-again', state: 'other-card' });
    bench.authority.readerSaid({ type: 'trouble', trouble: 'lay-again' });
    expect(bench.page()).toEqual({ kind: 'prove-again', state: 'trouble' });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'case', line: { private: true, name: { zh: '一件事项' } } });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'my-cases' });
    bench.clock.advance(TIMEOUTS.privateIdleMs);
    expect(bench.page()).toMatchObject({ kind: 'my-cases' });
  });

  it('are asked after sooner on private pages', async () => {
    const bench = await again();
    bench.act({ type: 'go', to: 'last-use' });
    bench.clock.advance(TIMEOUTS.privateIdleMs);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    bench.act({ type: 'touch' });
    opened(bench, 'temporary-assistance', 'self');
    expect(bench.page()).toMatchObject({ kind: 'last-use' });
  });

  it('are not to be opened by a name of another visit, nor by nobody', async () => {
    const bench = await again();
    bench.act({ type: 'go', to: 'my-cases' });
    expect(bench.act({ type: 'open-case', ref: 'case-9' })).toMatchObject({ ok: false });
    bench.act({ type: 'leave' });
    bench.clock.advance(TIMEOUTS.goodbyeMs);
    bench.act({ type: 'go', to: 'no-card' });
    expect(bench.act({ type: 'go', to: 'my-cases' })).toMatchObject({ ok: false });
    expect(bench.act({ type: 'open-case', ref: 'case-1' })).toMatchObject({ ok: false });
  });
});

describe('the last use of a card', () => {
  it('is shown with its time, and "not me" freezes what was kept then', async () => {
    const bench = await again();
    const { lastUse } = page(bench, 'home');
    expect(lastUse).toEqual({
      atMs: bench.clock.wallMs() - 3_600_000,
      place: { zh: '沙溪镇样板村', en: 'Sample Village, Shaxi Town' },
    });
    filed(bench, 'old-age-allowance');
    bench.act({ type: 'home' });
    bench.act({ type: 'go', to: 'last-use' });
    const before = page(bench, 'last-use');
    expect(before.freezes.map(({ name }) => name.zh)).toEqual(['一件事项', '高龄津贴']);
    expect(before.done).toBeNull();

    expect(bench.act({ type: 'not-me' })).toEqual({ ok: true });
    const after = page(bench, 'last-use');
    expect(after.slip).toBe('printing');
    // Urgent: it is offered to the platform before everything else.
    const [freeze, one, two] = bench.keeper.contents();
    const frozen = freezeContentSchema.parse(freeze);
    expect(after.done).toEqual({ localNumber: frozen.localNumber });
    expect(frozen.frozenCaseIds).toEqual([one?.caseId, two?.caseId]);
    expect(frozen).toMatchObject({ lastUseMs: lastUse?.atMs, submitter: { number: ELDER.number } });
    expect(bench.act({ type: 'not-me' })).toMatchObject({ ok: false });

    bench.act({ type: 'go', to: 'my-cases' });
    expect(page(bench, 'my-cases').items[0]).toMatchObject({ name: { zh: '不是我办的' }, private: false });
  });

  it('is nobody’s where there was none', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'last-use' });
    expect(bench.page()).toMatchObject({ kind: 'last-use', lastUse: null, freezes: [] });
    expect(bench.act({ type: 'not-me' })).toMatchObject({ ok: false });
    expect(bench.keeper.contents()).toEqual([]);
  });
});

describe('slips', () => {
  const outcome = (bench: Bench, value: SlipOutcome) => {
    bench.slips.answer = async () => value;
  };

  it('that did not come out stay wanted, and print as they are', async () => {
    const bench = createBench();
    outcome(bench, { outcome: 'not-printed', reason: 'paper-out' });
    bench.lay(ELDER);
    filed(bench, 'old-age-allowance');
    await settle();
    expect(bench.page()).toMatchObject({ kind: 'kept', slip: 'not-printed' });
    outcome(bench, { outcome: 'printed' });
    bench.act({ type: 'print-slip' });
    await settle();
    expect(bench.page()).toMatchObject({ slip: 'printed' });
    expect(bench.slips.printed[1]).toEqual(bench.slips.printed[0]);
  });

  it('are printed again only so often: the roll is for everybody', async () => {
    const bench = createBench();
    outcome(bench, { outcome: 'printed' });
    bench.lay(ELDER);
    filed(bench, 'old-age-allowance');
    await settle();
    for (let copy = 0; copy < 5; copy++) {
      expect(bench.act({ type: 'print-slip' })).toEqual({ ok: true });
      await settle();
    }
    expect(bench.act({ type: 'print-slip' })).toMatchObject({ ok: false });
    expect(bench.slips.printed).toHaveLength(6);
  });

  it('are not asked of a printer that wants a hand: it is said, and counted as no copy', async () => {
    const bench = createBench();
    outcome(bench, { outcome: 'unknown', reason: 'paper-jam' });
    bench.lay(ELDER);
    filed(bench, 'old-age-allowance');
    await settle();
    bench.world.devices = { ...bench.world.devices, slipPrinter: 'down' };
    for (let tap = 0; tap < 9; tap++) {
      expect(bench.act({ type: 'print-slip' })).toMatchObject({
        ok: false,
        error: { words: PRINTER_NOT_READY },
      });
    }
    bench.world.devices = { ...bench.world.devices, slipPrinter: 'ok' };
    outcome(bench, { outcome: 'printed' });
    expect(bench.act({ type: 'print-slip' })).toEqual({ ok: true });
    await settle();
    expect(bench.page()).toMatchObject({ slip: 'printed' });
  });

  it('that may have come out are offered as copies, also when a copy fails', async () => {
    const bench = createBench();
    bench.slips.answer = () => Promise.reject(new Error('the devices process died'));
    bench.lay(ELDER);
    filed(bench, 'old-age-allowance');
    await settle();
    expect(bench.page()).toMatchObject({ slip: 'unknown' });
    outcome(bench, { outcome: 'not-printed', reason: 'paper-out' });
    bench.act({ type: 'print-slip' });
    await settle();
    outcome(bench, { outcome: 'printed' });
    bench.act({ type: 'print-slip' });
    await settle();
    const [original, failed, copy] = bench.slips.printed;
    expect(JSON.stringify(original)).not.toContain('副本');
    expect(JSON.stringify(failed)).toContain('副本');
    expect(JSON.stringify(copy)).toContain('副本');
    expect(copy?.jobId).toBe(failed?.jobId);
  });

  it('are owed while no printer is there, and offered at the next visit', async () => {
    const bench = createBench();
    bench.world.devices = { ...bench.world.devices, slipPrinter: 'down' };
    bench.lay(ELDER);
    filed(bench, 'temporary-assistance');
    expect(bench.page()).toMatchObject({ kind: 'kept', slip: 'no-printer' });
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'goodbye', takeCard: true, takeSlip: false });
    bench.world.devices = { ...bench.world.devices, slipPrinter: 'ok' };
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', slipsOwed: 1 });
    bench.act({ type: 'go', to: 'my-cases' });
    bench.act({ type: 'open-case', ref: page(bench, 'my-cases').items[0]?.ref ?? '' });
    bench.lay(ELDER);
    bench.act({ type: 'print-slip' });
    await settle();
    const slip = JSON.stringify(bench.slips.printed);
    expect(slip).toContain('一件事项');
    expect(slip).not.toContain('临时救助');
    expect(bench.page()).toMatchObject({ kind: 'case', slip: 'printed' });
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'goodbye', takeSlip: true });
  });

  it('are printed once for two taps', async () => {
    const bench = createBench();
    bench.slips.answer = () => new Promise(() => {});
    bench.lay(ELDER);
    filed(bench, 'old-age-allowance');
    bench.act({ type: 'print-slip' });
    bench.act({ type: 'print-slip' });
    expect(bench.slips.printed).toHaveLength(1);
  });

  it('end nothing when the disk is full: what came out is known, and a copy is refused in words', async () => {
    const bench = createBench();
    let printed = (_outcome: SlipOutcome) => {};
    bench.slips.answer = () =>
      new Promise((resolve) => {
        printed = resolve;
      });
    bench.lay(ELDER);
    filed(bench, 'old-age-allowance');
    bench.keeper.fill(true);
    printed({ outcome: 'printed' });
    await settle();
    expect(bench.page()).toMatchObject({ kind: 'kept', slip: 'printed' });
    expect(bench.act({ type: 'print-slip' })).toMatchObject({ ok: false, error: { code: 'store-full' } });
    expect(bench.page()).toMatchObject({ kind: 'kept', slip: 'printed' });
    expect(bench.slips.printed).toHaveLength(1);
    bench.keeper.fill(false);
    expect(bench.act({ type: 'print-slip' })).toEqual({ ok: true });
    expect(JSON.stringify(bench.slips.printed[1])).toContain('副本');
  });

  it('tell that the county has it once it has', async () => {
    const bench = createBench();
    bench.lay(ELDER);
    filed(bench, 'old-age-allowance');
    await settle();
    bench.keeper.deliverAll();
    bench.act({ type: 'print-slip' });
    const copy = JSON.stringify(bench.slips.printed[1]);
    expect(copy).toContain('县里已收到');
    expect(copy).not.toContain('机器已收下');
  });
});
