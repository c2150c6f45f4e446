/** The stay of whoever looks after the machine, past the screen: what is theirs to do, and what never is. */
import { describe, expect, it } from 'vitest';
import type { AnyAction } from '../api.ts';
import { ELDER } from '../visit/testing/people.ts';
import { TIMEOUTS } from '../visit/timeouts.ts';
import { createUpkeepBench, PINS, type UpkeepBench } from './testing/upkeep-bench.ts';
import { CLEANING_MS } from './upkeep.ts';

const NOT_HERE = { ok: false, error: { code: 'not-here' } };

describe('who gets in', () => {
  it('opens from the first page, with the right PIN, to the page of each role', () => {
    const bench = createUpkeepBench();
    expect(bench.ask({ do: 'open' })).toEqual({ ok: true });
    expect(bench.page()).toEqual({
      kind: 'upkeep-sign-in',
      roles: ['caretaker', 'maintainer'],
      role: null,
      wrong: false,
      waitSeconds: 0,
      door: { phone: null, challenge: null, card: 'none' },
    });
    bench.ask({ do: 'choose-role', role: 'caretaker' });
    bench.ask({ do: 'sign-in', pin: PINS.maintainer });
    expect(bench.page()).toMatchObject({ kind: 'upkeep-sign-in', wrong: true });
    bench.ask({ do: 'sign-in', pin: PINS.caretaker });
    expect(bench.page()).toMatchObject({ kind: 'caretaker', troubles: [] });
    bench.act({ type: 'leave' });
    expect(bench.page().kind).toBe('attract');
    bench.signIn('maintainer');
    expect(bench.page().kind).toBe('devices');
  });

  it('says that no PIN is set where the configuration names none', () => {
    const bench = createUpkeepBench({ verifiers: {} });
    bench.ask({ do: 'open' });
    expect(bench.page()).toMatchObject({ kind: 'upkeep-sign-in', roles: [] });
    bench.ask({ do: 'choose-role', role: 'maintainer' });
    bench.ask({ do: 'sign-in', pin: '000000' });
    expect(bench.page().kind).toBe('upkeep-sign-in');
  });

  it('never opens during a visit; from the agent’s page of nobody’s visit it does', () => {
    const bench = createUpkeepBench();
    bench.lay(ELDER);
    expect(bench.ask({ do: 'open' })).toMatchObject(NOT_HERE);
    bench.act({ type: 'go', to: 'agent' });
    expect(bench.ask({ do: 'open' })).toMatchObject(NOT_HERE);
    expect(bench.page().kind).toBe('agent');
    bench.act({ type: 'leave' });
    bench.clock.advance(TIMEOUTS.goodbyeMs);

    bench.act({ type: 'go', to: 'emergency' });
    expect(bench.ask({ do: 'open' })).toMatchObject(NOT_HERE);
    bench.act({ type: 'leave' });
    bench.act({ type: 'go', to: 'agent' });
    expect(bench.ask({ do: 'open' })).toEqual({ ok: true });
    expect(bench.page().kind).toBe('upkeep-sign-in');
  });

  it('does not open over what somebody without a card has in hand', () => {
    const bench = createUpkeepBench();
    bench.act({ type: 'open-matter', matterId: 'problem-report' });
    bench.act({ type: 'start', basis: 'open' });
    bench.act({ type: 'go', to: 'agent' });
    expect(bench.page().kind).toBe('agent');
    expect(bench.ask({ do: 'open' })).toMatchObject(NOT_HERE);
    bench.act({ type: 'back' });
    expect(bench.page().kind).toBe('question');
  });

  it('ends when a card is laid: the visit begins as any other, and nobody is signed in after it', () => {
    const bench = createUpkeepBench();
    bench.signIn('maintainer');
    bench.lay(ELDER);
    expect(bench.page().kind).toBe('home');
    expect(bench.ask({ do: 'go', to: 'devices' })).toMatchObject(NOT_HERE);
    bench.act({ type: 'leave' });
    bench.clock.advance(TIMEOUTS.goodbyeMs);
    bench.ask({ do: 'open' });
    expect(bench.page()).toMatchObject({ kind: 'upkeep-sign-in', role: null });
  });

  it('ends by itself when nobody touches it for two minutes', () => {
    const bench = createUpkeepBench();
    bench.signIn('caretaker');
    bench.clock.advance(TIMEOUTS.upkeepIdleMs - 1);
    bench.act({ type: 'touch' });
    bench.clock.advance(TIMEOUTS.upkeepIdleMs - 1);
    expect(bench.page().kind).toBe('caretaker');
    bench.clock.advance(1);
    expect(bench.page().kind).toBe('attract');
  });
});

describe('what they do', () => {
  it('locks the screen for half a minute to be wiped, and then goes on', () => {
    const bench = createUpkeepBench();
    bench.signIn('caretaker');
    bench.ask({ do: 'clean' });
    expect(bench.page()).toEqual({ kind: 'cleaning', secondsLeft: 30 });
    const wipes: AnyAction[] = [
      { type: 'leave' },
      { type: 'back' },
      { type: 'home' },
      { type: 'upkeep', command: { do: 'restart' } },
    ];
    for (const action of wipes) expect(bench.act(action)).toMatchObject(NOT_HERE);
    bench.clock.advance(12_000);
    expect(bench.page()).toEqual({ kind: 'cleaning', secondsLeft: 18 });
    bench.clock.advance(CLEANING_MS);
    expect(bench.page().kind).toBe('caretaker');
    expect(bench.act({ type: 'leave' })).toEqual({ ok: true });
  });

  it('a card laid while the glass is wiped is a visit, and it is not locked', () => {
    const bench = createUpkeepBench();
    bench.signIn('caretaker');
    bench.ask({ do: 'clean' });
    bench.lay(ELDER);
    expect(bench.act({ type: 'leave' })).toEqual({ ok: true });
    expect(bench.page().kind).toBe('goodbye');
  });

  it('restarts a device and waits until it is heard of', async () => {
    const bench = createUpkeepBench();
    bench.signIn('maintainer');
    bench.ask({ do: 'open-device', device: 'card-reader' });
    bench.ask({ do: 'restart' });
    expect(bench.program.restarted).toEqual(['card-reader']);
    expect(bench.page()).toMatchObject({ restarting: true });
    bench.becomes({ device: 'card-reader', state: 'starting', reason: null });
    await bench.settle();
    expect(bench.page()).toMatchObject({ restarting: true });
    bench.becomes({ device: 'card-reader', state: 'fault', reason: 'not-answering' });
    expect(bench.page()).toMatchObject({
      restarting: false,
      line: { state: 'fault', reason: 'not-answering', sinceMs: bench.clock.wallMs() },
      events: [
        { event: { type: 'status', state: 'fault', reason: 'not-answering' } },
        { event: { type: 'restarted', role: 'maintainer' } },
        { event: { type: 'status', state: 'ok', reason: null } },
      ],
    });
  });

  it.each([
    ['does not drive it', async () => false],
    ['is just dying', () => Promise.reject(new Error('peer-lost'))],
  ])('a restart ends at once where the devices program %s', async (_what, restart) => {
    const bench = createUpkeepBench();
    bench.program.restart = restart;
    bench.signIn('caretaker');
    bench.ask({ do: 'open-device', device: 'card-reader' });
    bench.ask({ do: 'restart' });
    await bench.settle();
    expect(bench.page()).toMatchObject({ kind: 'device', restarting: false });
  });

  it('shows what a self-test found; one broken off leaves nothing', async () => {
    const bench = createUpkeepBench();
    bench.signIn('maintainer');
    bench.ask({ do: 'open-device', device: 'slip-printer' });
    const found = { type: 'test-slip', result: { outcome: 'printed' } } as const;
    bench.program.test = async (device) => ({
      device,
      passed: true,
      state: 'ok',
      reason: null,
      findings: [found],
    });
    bench.ask({ do: 'self-test' });
    expect(bench.page()).toMatchObject({ test: { run: { state: 'running' } } });
    await bench.settle();
    expect(bench.page()).toMatchObject({ test: { run: { state: 'done', passed: true, findings: [found] } } });

    const signals: AbortSignal[] = [];
    bench.program.test = (_device, signal) => {
      signals.push(signal);
      return new Promise(() => {});
    };
    bench.ask({ do: 'self-test' });
    bench.ask({ do: 'stop' });
    expect(signals[0]?.aborted).toBe(true);
    expect(bench.page()).toMatchObject({ test: { run: null } });
    bench.ask({ do: 'self-test' });
    bench.lay(ELDER);
    expect(signals[1]?.aborted).toBe(true);
  });

  it('a self-test on a dying devices program is lost, and says so', async () => {
    const bench = createUpkeepBench();
    bench.signIn('maintainer');
    bench.ask({ do: 'open-device', device: 'card-reader' });
    bench.program.isThere = false;
    bench.ask({ do: 'self-test' });
    await bench.settle();
    expect(bench.page()).toMatchObject({ test: { run: { state: 'lost' } } });
  });
});

describe('the readiness report', () => {
  async function report(bench: UpkeepBench) {
    bench.signIn('maintainer');
    bench.ask({ do: 'go', to: 'readiness' });
    bench.ask({ do: 'choose-test', device: 'card-reader', chosen: false });
    bench.ask({ do: 'run-readiness' });
    await bench.settle();
  }

  it('tests what was chosen, keeps what came of it, and shows it', async () => {
    const bench = createUpkeepBench();
    await report(bench);
    expect(bench.page()).toEqual({
      kind: 'report',
      number: 1,
      printing: 'no',
      report: {
        atMs: bench.clock.wallMs(),
        software: 'yizhan/test',
        cabinet: null,
        clockTrusted: true,
        online: true,
        freeBytes: 12_300_000_000,
        owed: expect.any(Number),
        results: [
          {
            device: 'slip-printer',
            name: expect.objectContaining({ zh: '回执打印机' }),
            passed: true,
            state: 'ok',
            reason: null,
            findings: [],
          },
        ],
      },
    });
  });

  it('prints it on the slip printer, and says how that went', async () => {
    const bench = createUpkeepBench();
    await report(bench);
    bench.ask({ do: 'print-report' });
    expect(bench.page()).toMatchObject({ printing: 'now' });
    expect(bench.ask({ do: 'print-report' })).toMatchObject(NOT_HERE);
    await bench.settle();
    expect(bench.page()).toMatchObject({ printing: 'printed' });
    expect(JSON.stringify(bench.program.printed)).toContain('回执打印机');
    bench.program.print = async () => ({ outcome: 'not-printed', reason: 'paper-out' });
    bench.ask({ do: 'print-report' });
    await bench.settle();
    expect(bench.page()).toMatchObject({ printing: 'not-printed' });
  });

  it('outlives a crash of the terminal; the last twenty are kept', async () => {
    const bench = createUpkeepBench();
    await report(bench);
    const again = createUpkeepBench({ keeper: bench.keeper.crash() });
    again.signIn('maintainer');
    again.ask({ do: 'go', to: 'readiness' });
    expect(again.page()).toMatchObject({ reports: [{ number: 1, passed: true }] });
    for (let round = 0; round < 21; round += 1) {
      again.ask({ do: 'run-readiness' });
      await again.settle();
      again.act({ type: 'back' });
    }
    const page = again.page();
    const numbers = page.kind === 'readiness' ? page.reports.map(({ number }) => number) : [];
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => 22 - at));
  });

  it('is no idling: tests that wait for a hand do not end the stay', async () => {
    const bench = createUpkeepBench();
    let finish = () => {};
    bench.program.test = (device) =>
      new Promise((resolve) => {
        finish = () => resolve({ device, passed: true, state: 'ok', reason: null, findings: [] });
      });
    bench.signIn('maintainer');
    bench.ask({ do: 'go', to: 'readiness' });
    bench.ask({ do: 'run-readiness' });
    for (const step of [1, 2]) {
      expect(bench.page()).toMatchObject({ running: { step, steps: 2 } });
      bench.clock.advance(TIMEOUTS.upkeepIdleMs - 1);
      finish();
      await bench.settle();
    }
    expect(bench.page()).toMatchObject({ kind: 'report', report: { results: [{}, {}] } });
  });
});
