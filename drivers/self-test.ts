/**
 * What the self-test of each kind of device does. A device without a test of its own says how it is. A new
 * device adds one function here and one row in `devices.ts`.
 */
import { civilTime, isoDate } from '../base/calendar.ts';
import type { Clock } from '../base/clock.ts';
import type {
  DeviceName,
  DeviceStatus,
  Finding,
  ReaderEvent,
  ScannerEvent,
  SelfTestReport,
  SlipBlock,
} from './api.ts';
import type { Detour } from './detour.ts';
import type { DocumentPrinter } from './document-printer/document-session.ts';
import { createTestPage } from './document-printer/test-page.ts';
import type { PrinterSession } from './printer/printer-session.ts';
import type { Columns } from './printer/slip-layout.ts';
import type { ReaderSession } from './reader/reader-session.ts';
import { findSamId } from './reader/sam-id.ts';

/** How long a person has to lay the card or show the code. */
const HAND_MS = 30_000;

/** What a test came to, before the device's own state is looked at. */
interface TestResult {
  readonly passed: boolean;
  readonly findings: readonly Finding[];
}

/** The test of one device; ends early when `signal` is aborted. */
export type SelfTest = (signal: AbortSignal | undefined) => Promise<TestResult>;

/** Runs a device's own test, where it has one, and looks at its state afterwards. */
export async function runSelfTest(
  device: DeviceName,
  test: SelfTest | undefined,
  status: () => DeviceStatus | undefined,
  signal: AbortSignal | undefined,
): Promise<SelfTestReport> {
  const { passed, findings } = await (test?.(signal) ?? { passed: true, findings: [] });
  const { state, reason } = status() ?? { state: 'absent', reason: 'port-closed' };
  const works = state === 'ok' || state === 'attention' || state === 'busy';
  return { device, passed: passed && works, state, reason, findings: [...findings] };
}

/** Asks the secure module how it is and which it is; then waits for any card to be laid, and lets go of it. */
export function readerTest(parts: {
  readonly clock: Clock;
  readonly reader: () => Pick<ReaderSession, 'ask' | 'forgetCard'>;
  readonly events: Detour<ReaderEvent>;
}): SelfTest {
  return async (signal) => {
    const unwell = new AbortController();
    const ends = signal ? AbortSignal.any([signal, unwell.signal]) : unwell.signal;
    // From the first moment on: a card laid early is the test's too, and must begin nobody's visit.
    const reading = testCard(parts, ends);
    const isWell = (await parts.reader().ask('status')).ok;
    const answer = await parts.reader().ask('sam-id');
    const id = answer.ok ? findSamId(answer.value) : undefined;
    if (!isWell) unwell.abort();
    const card = await reading;
    return {
      passed: isWell && card === 'read',
      findings: [
        { type: 'secure-module', ok: isWell },
        ...(id === undefined ? [] : [{ type: 'secure-module-id', id } as const]),
        { type: 'card', outcome: card },
      ],
    };
  };
}

type CardOutcome = Extract<Finding, { type: 'card' }>['outcome'];

async function testCard(
  parts: {
    readonly clock: Clock;
    readonly reader: () => Pick<ReaderSession, 'forgetCard'>;
    readonly events: Detour<ReaderEvent>;
  },
  signal: AbortSignal,
): Promise<CardOutcome> {
  const { clock, reader, events } = parts;
  const outcome: { card: CardOutcome } = { card: 'not-laid' };
  const accept = (event: ReaderEvent) => {
    if (event.type === 'trouble') outcome.card = event.trouble;
    if (event.type !== 'identity') return false;
    event.read.photo.fill(0);
    outcome.card = 'read';
    return true;
  };
  // Held, the same card laid again would only be "still here".
  reader().forgetCard();
  await events.take(accept, { clock, limitMs: HAND_MS, signal });
  // Whichever drives the reader now: it may have been started anew meanwhile.
  reader().forgetCard();
  return outcome.card;
}

/** Prints one slip that shows the columns, Chinese, a large number and a QR code. */
export function slipPrinterTest(printer: () => Pick<PrinterSession, 'print'>, columns: Columns): SelfTest {
  return async () => {
    const result = await printer().print({ jobId: 'self-test', blocks: testSlip(columns) });
    return { passed: result.outcome === 'printed', findings: [{ type: 'test-slip', result }] };
  };
}

/** Prints one A4 page with a frame, grey bars and lines. */
export function documentPrinterTest(parts: {
  readonly clock: Clock;
  readonly printer: () => Pick<DocumentPrinter, 'print'>;
  readonly cabinetName: string;
}): SelfTest {
  return async () => {
    const nowMs = parts.clock.wallMs();
    const { hour, minute } = civilTime(nowMs);
    const [hours, minutes] = [hour, minute].map((value) => String(value).padStart(2, '0'));
    const printedAt = `${isoDate(nowMs)} ${hours}:${minutes}`;
    const pdf = createTestPage({ cabinetName: parts.cabinetName, printedAt });
    const result = await parts.printer().print({ jobId: 'self-test', pdf });
    return { passed: result.outcome === 'printed', findings: [{ type: 'test-page', result }] };
  };
}

/** Waits for any code to be shown; says of which kind and how long it is, and lets go of what it says. */
export function scannerTest(parts: {
  readonly clock: Clock;
  readonly events: Detour<ScannerEvent>;
}): SelfTest {
  return async (signal) => {
    const shown: { code: Extract<Finding, { type: 'code' }>['code'] } = { code: null };
    const accept = (event: ScannerEvent) => {
      if (event.type !== 'code') return false;
      shown.code = { symbology: event.code.symbology, length: [...event.code.text].length };
      return true;
    };
    const passed = await parts.events.take(accept, { clock: parts.clock, limitMs: HAND_MS, signal });
    return { passed, findings: [{ type: 'code', code: shown.code }] };
  };
}

/** Says what a sensor says. */
export function sensorTest(reading: () => boolean | null): SelfTest {
  return async () => {
    const on = reading();
    return { passed: on !== null, findings: [{ type: 'reading', on }] };
  };
}

/** What GB18030 writes in two bytes and, the last one, in four. */
const CHINESE = '新昌县 沙溪镇 一站自助 喆堃\u{20BB7}';

function testSlip(columns: Columns): SlipBlock[] {
  return [
    { type: 'title', text: '打印测试' },
    { type: 'text', text: '这不是回执，看过可以扔。Not a slip.', strong: true },
    { type: 'rule' },
    { type: 'text', text: ruler(columns), strong: false },
    { type: 'text', text: CHINESE, strong: false },
    { type: 'pair', label: '每行字数', value: `${columns}` },
    { type: 'number', text: '0123 4567 89' },
    { type: 'qr', data: 'YIZHAN TEST 0123456789' },
  ];
}

/** `1234567890…`, one digit a column: a line that wraps shows that the paper is set wrongly. */
function ruler(columns: number): string {
  return Array.from({ length: columns }, (_, at) => (at + 1) % 10).join('');
}
