/** The pages of whoever looks after the machine, in their states. */
import type { DeviceLine, Page } from '../../../terminal/api.ts';
import { CARE_VIEWS } from './care.ts';
import { DAY_MS, HOUR_MS, NOW_MS } from './people.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

const line = (
  device: DeviceLine['device'],
  zh: string,
  en: string,
  more: Partial<DeviceLine> = {},
): DeviceLine => ({
  device,
  name: { zh, en },
  state: 'ok',
  reason: null,
  sinceMs: NOW_MS - 3 * DAY_MS - 2 * HOUR_MS,
  ...more,
});

const READER = line('card-reader', '身份证读卡器', 'Card reader');
const PRINTER = line('slip-printer', '回执打印机', 'Slip printer');
const EMPTY = line('slip-printer', '回执打印机', 'Slip printer', {
  state: 'fault',
  reason: 'paper-out',
  sinceMs: NOW_MS - 0.4 * HOUR_MS,
});
const UNPLUGGED = line('code-scanner', '扫码器', 'Code scanner', {
  state: 'absent',
  reason: 'port-closed',
  sinceMs: NOW_MS - 20 * HOUR_MS,
});
const DEVICES = [
  READER,
  EMPTY,
  UNPLUGGED,
  line('document-camera', '高拍仪', 'Document camera', { state: 'starting', sinceMs: null }),
  line('door-sensor', '柜门开关', 'Door sensor'),
];

const PAPER = { level: 'enough', slipsLeft: 412, changedAtMs: NOW_MS - 12 * DAY_MS } as const;

const NO_DOOR = { phone: null, challenge: null, card: 'none' } as const;
const signIn = (more: Partial<PageOf<'upkeep-sign-in'>> = {}): Page => ({
  kind: 'upkeep-sign-in',
  roles: ['caretaker', 'maintainer'],
  role: null,
  wrong: false,
  waitSeconds: 0,
  door: NO_DOOR,
  ...more,
});

const caretaker = (more: Partial<PageOf<'caretaker'>> = {}): Page => ({
  kind: 'caretaker',
  awayUntilMs: null,
  limits: [],
  troubles: [],
  paper: PAPER,
  ...more,
});

const paper = (more: Partial<PageOf<'paper'>> = {}): Page => ({
  kind: 'paper',
  paper: PAPER,
  printer: PRINTER,
  test: null,
  ...more,
});

const LIMITS: PageOf<'devices'>['limits'] = [
  { code: 'disk', stops: true },
  { code: 'contact', stops: false },
];

const owed = (
  seq: number,
  state: PageOf<'queue'>['entries'][number]['state'],
  more: Partial<PageOf<'queue'>['entries'][number]> = {},
): PageOf<'queue'>['entries'][number] => ({
  ...{ ref: String(seq).padStart(32, '0'), journal: '5f3a90c1', seq, entryClass: 1, state, outcome: null },
  ...{
    keptAtMs: NOW_MS - seq * HOUR_MS,
    tries: 3,
    lastTryMs: NOW_MS - 0.1 * HOUR_MS,
    trouble: null,
    lostFiles: 0,
  },
  ...more,
});

const queue = (more: Partial<PageOf<'queue'>> = {}): Page => ({
  kind: 'queue',
  role: 'maintainer',
  line: { online: false, nextTryMs: NOW_MS + 0.05 * HOUR_MS, trouble: 'unreachable', access: 'served' },
  limits: [],
  newKey: 'possible',
  entries: [
    owed(1203, 'refused', { outcome: 2, tries: 1 }),
    owed(1209, 'waiting', { entryClass: 0, trouble: 'unreachable' }),
    owed(1210, 'waiting', { trouble: 'file-missing', lostFiles: 1 }),
    owed(1211, 'waiting', { entryClass: 2, tries: 0, lastTryMs: null }),
    owed(1204, 'held'),
  ],
  more: 12,
  ...more,
});

const devices = (more: Partial<PageOf<'devices'>> = {}): Page => ({
  kind: 'devices',
  role: 'maintainer',
  limits: [],
  healed: null,
  devices: DEVICES,
  queue: { owed: 17, lastContactMs: NOW_MS - 0.1 * HOUR_MS, clockTrusted: true, software: 'yizhan/0.1.0' },
  ...more,
});

const device = (more: Partial<PageOf<'device'>> = {}): Page => ({
  kind: 'device',
  role: 'maintainer',
  line: READER,
  canRestart: true,
  restarting: false,
  repairAsked: false,
  test: { run: null },
  events: [
    { atMs: NOW_MS - HOUR_MS, device: 'card-reader', event: { type: 'status', state: 'ok', reason: null } },
    { atMs: NOW_MS - 1.1 * HOUR_MS, device: 'card-reader', event: { type: 'restarted', role: 'caretaker' } },
    {
      atMs: NOW_MS - 1.5 * HOUR_MS,
      device: 'card-reader',
      event: { type: 'status', state: 'fault', reason: 'not-answering' },
    },
    { atMs: NOW_MS - 26 * HOUR_MS, device: 'card-reader', event: { type: 'hung' } },
    {
      atMs: NOW_MS - 9 * DAY_MS,
      device: 'card-reader',
      event: { type: 'self-test', role: 'maintainer', passed: true },
    },
  ],
  dropped: 0,
  ...more,
});

const RESULTS: PageOf<'report'>['report']['results'] = [
  {
    ...READER,
    passed: true,
    findings: [
      { type: 'secure-module', ok: true },
      { type: 'secure-module-id', id: '05.03-20110415-0000012345-0000067890' },
      { type: 'card', outcome: 'read' },
    ],
  },
  {
    ...PRINTER,
    passed: true,
    findings: [{ type: 'test-slip', result: { outcome: 'printed' } }],
  },
  { ...UNPLUGGED, passed: false, findings: [{ type: 'code', code: null }] },
];

const report = (more: Partial<PageOf<'report'>> = {}): Page => ({
  kind: 'report',
  number: 3,
  printing: 'no',
  report: {
    atMs: NOW_MS - 0.2 * HOUR_MS,
    software: 'yizhan/0.1.0',
    cabinet: { zh: '村级自助终端', en: 'Village terminal' },
    clockTrusted: true,
    online: true,
    freeBytes: 41_300_000_000,
    owed: 17,
    results: RESULTS,
  },
  ...more,
});

const STICK = { name: 'KINGSTON', freeBytes: 7_600_000_000, folders: 0, answered: 0 };

const catalog = (more: Partial<PageOf<'catalog'>> = {}): Page => ({
  kind: 'catalog',
  ...{ number: 11, matters: 217, leftOut: 0, builtAtMs: NOW_MS - 20 * DAY_MS, waiting: null },
  ...{ canStepBack: true, looking: false, last: 'newest', sticks: [] },
  saved: [
    { name: { zh: '补贴账户', en: 'Account for subsidies' }, times: 41, questions: 82, papers: 41 },
    { name: { zh: '户籍', en: 'Household' }, times: 17, questions: 35, papers: 17 },
  ],
  ...more,
});

const rescue = (more: Partial<PageOf<'rescue'>> = {}): Page => ({
  ...{ kind: 'rescue', owed: 17, former: [], sticks: [STICK], running: null, outcome: null },
  ...more,
});

const CHOICES = DEVICES.filter(({ device: name }) => name !== 'document-camera').map(
  ({ device: name, name: words }) => ({ device: name, name: words, chosen: name !== 'door-sensor' }),
);

const VIEWS: Readonly<Record<string, Page>> = {
  'upkeep-sign-in': signIn(),
  'upkeep-sign-in-none': signIn({ roles: [] }),
  ...CARE_VIEWS,
  'upkeep-pin-card': signIn({
    role: 'maintainer',
    door: { phone: '330017', challenge: null, card: 'wanted' },
  }),
  'upkeep-by-phone': signIn({
    role: 'maintainer',
    door: { phone: '330017', challenge: '017402955', card: 'none' },
  }),
  'upkeep-pin': signIn({ role: 'caretaker' }),
  'upkeep-pin-wrong': signIn({ role: 'maintainer', wrong: true }),
  'upkeep-pin-wait': signIn({ role: 'maintainer', wrong: true, waitSeconds: 64 }),
  caretaker: caretaker(),
  'caretaker-troubles': caretaker({
    troubles: [EMPTY, UNPLUGGED],
    paper: { ...PAPER, level: 'out', slipsLeft: 0 },
  }),
  'caretaker-away': caretaker({ awayUntilMs: NOW_MS + 2 * HOUR_MS }),
  'agent-away': { kind: 'agent-away', awayUntilMs: null },
  'agent-away-now': { kind: 'agent-away', awayUntilMs: NOW_MS + 2 * HOUR_MS },
  'caretaker-paper-ending': caretaker({ paper: { ...PAPER, level: 'ending', slipsLeft: 18 } }),
  paper: paper(),
  'paper-out': paper({ paper: { ...PAPER, level: 'out', slipsLeft: 0 }, printer: EMPTY }),
  'paper-test-failed': paper({
    printer: EMPTY,
    paper: { level: 'out', slipsLeft: null, changedAtMs: null },
    test: {
      state: 'done',
      passed: false,
      findings: [{ type: 'test-slip', result: { outcome: 'not-printed', reason: 'paper-out' } }],
    },
  }),
  cleaning: { kind: 'cleaning', secondsLeft: 23 },
  devices: devices(),
  'devices-caretaker': devices({ role: 'caretaker', queue: null }),
  'devices-limits': devices({ limits: LIMITS }),
  'devices-healed': devices({
    healed: { pieces: 3, sinceMs: NOW_MS - 40 * DAY_MS, lastMs: NOW_MS - 5 * HOUR_MS },
  }),
  queue: queue(),
  'queue-caretaker': queue({ role: 'caretaker', newKey: null, limits: LIMITS.slice(1) }),
  'queue-none': queue({ entries: [], more: 0, newKey: 'too-soon' }),
  'devices-none': devices({ devices: [] }),
  device: device(),
  'device-caretaker': device({ role: 'caretaker', line: UNPLUGGED, test: null, events: [] }),
  'device-restarting': device({ restarting: true, line: { ...READER, state: 'starting' } }),
  'device-testing': device({ test: { run: { state: 'running' } } }),
  'device-tested': device({
    test: { run: { state: 'done', passed: true, findings: RESULTS[0]?.findings ?? [] } },
    dropped: 312,
  }),
  'device-camera': device({
    line: line('document-camera', '高拍仪', 'Document camera'),
    canRestart: false,
    test: null,
    events: [],
  }),
  'device-test-lost': device({ test: { run: { state: 'lost' } } }),
  readiness: {
    kind: 'readiness',
    choices: CHOICES,
    running: null,
    reports: [
      { number: 3, atMs: NOW_MS - 0.2 * HOUR_MS, passed: false },
      { number: 2, atMs: NOW_MS - 30 * DAY_MS, passed: true },
    ],
  },
  'readiness-running': {
    kind: 'readiness',
    choices: CHOICES,
    running: { device: 'card-reader', name: READER.name, step: 1, steps: 3 },
    reports: [],
  },
  catalog: catalog(),
  'catalog-shipped': catalog({
    number: null,
    builtAtMs: null,
    waiting: 12,
    last: 'taken',
    canStepBack: false,
  }),
  'catalog-refused': catalog({ last: 'not-trusted', leftOut: 1, sticks: ['KINGSTON'] }),
  rescue: rescue(),
  'rescue-former': rescue({ former: ['7c19e04b'] }),
  'rescue-none': rescue({ sticks: [] }),
  'rescue-running': rescue({ running: { entries: 12, of: 17 } }),
  'rescue-exported': rescue({
    sticks: [{ ...STICK, folders: 1 }],
    outcome: { did: 'exported', entries: 17, files: 3, left: 0 },
  }),
  'rescue-left': rescue({
    sticks: [{ ...STICK, folders: 1 }],
    outcome: { did: 'exported', entries: 15, files: 2, left: 3 },
  }),
  'rescue-full': rescue({
    sticks: [{ ...STICK, freeBytes: 40_000_000 }],
    outcome: { did: 'failed', why: 'full' },
  }),
  'rescue-answered': rescue({ sticks: [{ ...STICK, folders: 1, answered: 1 }] }),
  'rescue-read': rescue({
    owed: 2,
    sticks: [{ ...STICK, folders: 1, answered: 1 }],
    outcome: {
      ...{ did: 'read', folders: 1, unreadable: 0, receipted: 17, erased: 15, ignored: 1, waiting: 2 },
    },
  }),
  report: report(),
  'report-printing': report({ printing: 'now' }),
  'report-not-printed': report({ printing: 'not-printed' }),
};

/** By name, as the gallery wants them. */
export const UPKEEP_VIEWS: Readonly<Record<string, readonly [Page]>> = Object.fromEntries(
  Object.entries(VIEWS).map(([name, page]) => [name, [page]]),
);
