/** What each may do on which page, every command tried on every one. */
import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import type { AnyAction, Page } from '../api.ts';
import { createMemoryDisk } from '../testing/memory-disk.ts';
import { type Role, type UpkeepCommand, upkeepCommandSchema } from './api.ts';
import { createUpkeepBench, PINS, REFUSED_ENTRY } from './testing/upkeep-bench.ts';

type Kind = Page['kind'];

const NOT_HERE = { ok: false, error: { code: 'not-here' } };

describe('what each may do, whatever the screen showed', () => {
  const COMMANDS: readonly UpkeepCommand[] = [
    { do: 'open' },
    { do: 'choose-role', role: 'maintainer' },
    { do: 'sign-in', pin: PINS.maintainer },
    { do: 'go', to: 'paper' },
    { do: 'go', to: 'devices' },
    { do: 'go', to: 'readiness' },
    { do: 'go', to: 'rescue' },
    { do: 'go', to: 'queue' },
    { do: 'go', to: 'away' },
    { do: 'agent-away', span: 'hour' },
    { do: 'try-now' },
    { do: 'offer-again', entry: toHex(REFUSED_ENTRY.entryId) },
    { do: 'open-device', device: 'slip-printer' },
    { do: 'open-report', number: 1 },
    { do: 'clean' },
    { do: 'restart' },
    { do: 'order-repair' },
    { do: 'self-test' },
    { do: 'roll-changed' },
    { do: 'choose-test', device: 'card-reader', chosen: false },
    { do: 'run-readiness' },
    { do: 'stop' },
    { do: 'print-report' },
    { do: 'export-to', stick: 'stick' },
    { do: 'read-answers', stick: 'stick' },
    { do: 'renew-key' },
    { do: 'look-for-catalog', stick: null },
    { do: 'catalog-back' },
    { do: 'by-phone', on: true },
    { do: 'sign-in-by-phone', answer: '12345678' },
    { do: 'look-at', page: 'machine' },
    { do: 'open-fix', fix: 'paper' },
    { do: 'try-fix' },
    { do: 'write-diagnostics', stick: 'stick' },
    { do: 'add-card' },
    { do: 'drop-cards' },
    { do: 'look-for-software', stick: null },
    { do: 'change-software', sure: false },
    { do: 'cancel-software' },
  ];

  /** How each page is reached. */
  const PATHS: Partial<
    Record<Kind, { readonly as: readonly Role[]; readonly by: readonly UpkeepCommand[] }>
  > = {
    caretaker: { as: ['caretaker'], by: [] },
    devices: { as: ['maintainer'], by: [] },
    paper: { as: ['caretaker', 'maintainer'], by: [{ do: 'go', to: 'paper' }] },
    device: { as: ['caretaker', 'maintainer'], by: [{ do: 'open-device', device: 'slip-printer' }] },
    readiness: { as: ['maintainer'], by: [{ do: 'go', to: 'readiness' }] },
    rescue: { as: ['maintainer'], by: [{ do: 'go', to: 'rescue' }] },
    queue: { as: ['caretaker', 'maintainer'], by: [{ do: 'go', to: 'queue' }] },
    machine: { as: ['maintainer'], by: [{ do: 'look-at', page: 'machine' }] },
    'machine-log': { as: ['maintainer'], by: [{ do: 'look-at', page: 'machine-log' }] },
    fixes: { as: ['maintainer'], by: [{ do: 'look-at', page: 'fixes' }] },
    diagnostics: { as: ['maintainer'], by: [{ do: 'look-at', page: 'diagnostics' }] },
    software: { as: ['maintainer'], by: [{ do: 'look-at', page: 'software' }] },
    fix: {
      as: ['maintainer'],
      by: [
        { do: 'look-at', page: 'fixes' },
        { do: 'open-fix', fix: 'paper' },
      ],
    },
    'agent-away': { as: ['caretaker', 'maintainer'], by: [{ do: 'go', to: 'away' }] },
  };

  const HOME = ['go paper', 'go devices', 'go queue', 'go away', 'open-device', 'clean'];
  const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    'caretaker caretaker': HOME,
    'maintainer devices': [...HOME, 'go readiness', 'go rescue', 'look-at'],
    'maintainer machine': ['look-at', 'add-card', 'drop-cards'],
    'maintainer machine-log': [],
    'maintainer fixes': ['open-fix'],
    'maintainer fix': ['try-fix'],
    'maintainer diagnostics': ['write-diagnostics'],
    'maintainer software': ['look-for-software', 'change-software', 'cancel-software'],
    'caretaker paper': ['self-test', 'stop', 'roll-changed'],
    'maintainer paper': ['self-test', 'stop', 'roll-changed'],
    'caretaker device': ['restart', 'order-repair', 'stop'],
    'maintainer device': ['restart', 'order-repair', 'stop', 'self-test'],
    'maintainer readiness': ['choose-test', 'run-readiness', 'open-report', 'stop'],
    'caretaker queue': ['try-now'],
    'maintainer queue': ['try-now', 'offer-again', 'renew-key'],
    'caretaker agent-away': ['agent-away'],
    'maintainer agent-away': ['agent-away'],
    'maintainer rescue': ['export-to', 'read-answers'],
  };
  const nameOf = (command: UpkeepCommand) => (command.do === 'go' ? `go ${command.to}` : command.do);

  it('tries every command there is', () => {
    const kinds = new Set(upkeepCommandSchema.options.map((option) => option.shape.do.value));
    expect(new Set(COMMANDS.map((command) => command.do))).toEqual(kinds);
  });

  const cases = Object.entries(PATHS).flatMap(([kind, path]) =>
    (path?.as ?? []).map((as) => [as, kind] as const),
  );
  it.each(cases)('%s on %s', (role, kind) => {
    for (const command of COMMANDS) {
      const bench = createUpkeepBench();
      bench.program.owed.push(REFUSED_ENTRY);
      bench.program.sticks.push({ name: 'stick', disk: createMemoryDisk() });
      bench.signIn(role);
      for (const step of PATHS[kind as Kind]?.by ?? []) bench.ask(step);
      expect(bench.page().kind).toBe(kind);
      const isAllowed = ALLOWED[`${role} ${kind}`]?.includes(nameOf(command));
      expect([nameOf(command), bench.ask(command).ok]).toEqual([nameOf(command), isAllowed]);
    }
  });

  it('nobody who is not signed in does anything, at the door or before it', () => {
    const bench = createUpkeepBench();
    const others = COMMANDS.filter(({ do: what }) => !['open', 'choose-role', 'sign-in'].includes(what));
    for (const command of [...others, ...COMMANDS.slice(1, 3)])
      expect(bench.ask(command)).toMatchObject(NOT_HERE);
    expect(bench.page().kind).toBe('attract');
    bench.ask({ do: 'open' });
    for (const command of others) expect(bench.ask(command)).toMatchObject(NOT_HERE);
    expect(bench.ask({ do: 'sign-in', pin: PINS.maintainer })).toMatchObject(NOT_HERE);
    expect(bench.program.restarted).toEqual([]);
  });

  it('and nothing of a visit can be asked for from here', () => {
    const bench = createUpkeepBench();
    bench.signIn('maintainer');
    const visits: AnyAction[] = [
      { type: 'go', to: 'my-cases' },
      { type: 'open-matter', matterId: 'old-age-allowance' },
      { type: 'submit' },
      { type: 'not-me' },
      { type: 'second-card', choice: 'still-me' },
      { type: 'open-case', ref: 'x' },
    ];
    for (const action of visits) expect(bench.act(action)).toMatchObject(NOT_HERE);
    expect(bench.view()).toMatchObject({ holder: null, page: { kind: 'devices' } });
  });
});
