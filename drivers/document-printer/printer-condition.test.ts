import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceReasonSchema } from '../api.ts';
import { GROUP_TAGS, type IppMessage, type IppValue } from './ipp-message.ts';
import { findJobReport } from './job-state.ts';
import { findPrinterFacts } from './printer-condition.ts';

const [IDLE, PROCESSING, STOPPED] = [3, 4, 5];

function message(tag: number, attributes: Readonly<Record<string, readonly IppValue[]>>): IppMessage {
  const group = { tag, attributes: new Map(Object.entries(attributes)) };
  return { code: 0, requestId: 1, groups: [group], document: new Uint8Array() };
}

function conditionOf(
  state: number,
  reasons: readonly string[],
  more: Record<string, readonly IppValue[]> = {},
) {
  const attributes = { 'printer-state': [state], 'printer-state-reasons': reasons, ...more };
  return findPrinterFacts(message(GROUP_TAGS.printer, attributes))?.condition;
}

test.each([
  [IDLE, ['none'], 'ok', null],
  [PROCESSING, [], 'ok', null],
  [IDLE, ['media-low'], 'attention', 'paper-low'],
  [IDLE, ['media-low-error'], 'fault', 'paper-low'],
  [IDLE, ['media-empty'], 'fault', 'paper-out'],
  [IDLE, ['media-empty-report'], 'fault', 'paper-out'],
  [PROCESSING, ['media-needed-warning', 'media-empty-warning'], 'fault', 'paper-out'],
  [STOPPED, ['media-jam-error'], 'fault', 'paper-jam'],
  [STOPPED, ['toner-low', 'media-jam'], 'fault', 'paper-jam'],
  [IDLE, ['door-open'], 'fault', 'cover-open'],
  [IDLE, ['cover-open-error'], 'fault', 'cover-open'],
  [IDLE, ['interlock-open'], 'fault', 'cover-open'],
  [IDLE, ['toner-empty'], 'fault', 'toner-empty'],
  [IDLE, ['toner-empty-warning'], 'attention', 'toner-empty'],
  [IDLE, ['marker-supply-low-report'], 'attention', 'toner-low'],
  [IDLE, ['spool-area-full'], 'fault', 'spool-full'],
  [STOPPED, ['paused'], 'fault', 'paused'],
  [STOPPED, ['media-jam-warning'], 'fault', 'paper-jam'],
  // It has stopped, and what it says is no reason to.
  [STOPPED, ['toner-low-warning'], 'fault', 'needs-attention'],
  [STOPPED, ['none'], 'fault', 'needs-attention'],
  [IDLE, ['com.example.drum-humming'], 'attention', 'needs-attention'],
  [IDLE, ['com.example.drum-on-fire-error'], 'fault', 'needs-attention'],
  [IDLE, ['identify-printer-requested'], 'ok', null],
] as const)('state %i, %j: %s, %s', (state, reasons, expected, reason) => {
  expect(conditionOf(state ?? IDLE, reasons)).toEqual({ state: expected, reason });
});

test('an empty tray beside one with A4 in it is little paper', () => {
  const ready = { 'media-ready': ['iso_a4_210x297mm'] };
  expect(conditionOf(3, ['media-empty-report'], ready)).toEqual({ state: 'attention', reason: 'paper-low' });
  expect(conditionOf(3, ['media-empty-error'], ready)).toEqual({ state: 'fault', reason: 'paper-out' });
  expect(conditionOf(3, ['media-empty'], ready)).toEqual({ state: 'fault', reason: 'paper-out' });
});

test('one that takes no jobs is paused; one that says no state says nothing', () => {
  expect(conditionOf(3, ['none'], { 'printer-is-accepting-jobs': [false] })).toEqual({
    state: 'fault',
    reason: 'paused',
  });
  expect(findPrinterFacts(message(GROUP_TAGS.printer, {}))).toBeUndefined();
  expect(findPrinterFacts(message(GROUP_TAGS.job, { 'printer-state': [3] }))).toBeUndefined();
});

test('whatever it says, it is well or has a reason that there are words for', () => {
  const reason = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('other', 'timed-out-error', '-error'),
  );
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 5 }), fc.array(reason, { maxLength: 4 }), (state, reasons) => {
      const condition = conditionOf(state, reasons);
      if (condition?.state === 'ok') return void expect(condition.reason).toBeNull();
      expect(deviceReasonSchema.safeParse(condition?.reason).success).toBe(true);
    }),
  );
});

const never = { 'time-at-processing': [null] };
const begun = { 'time-at-processing': [12] };
test.each([
  [3, never, 'under-way', false],
  [4, never, 'under-way', false],
  [5, begun, 'under-way', true],
  [6, never, 'under-way', true],
  [7, never, 'ended-early', false],
  [7, begun, 'ended-early', true],
  [8, begun, 'ended-early', true],
  // It does not say, so nobody knows.
  [8, {}, 'ended-early', true],
  [8, { ...never, 'job-impressions-completed': [1] }, 'ended-early', true],
  [8, { ...never, 'job-media-sheets-completed': [0] }, 'ended-early', false],
  [9, begun, 'completed', true],
] as const)('a job in state %i with %j: %s, may have printed: %s', (state, more, phase, mayHavePrinted) => {
  const report = findJobReport(message(GROUP_TAGS.job, { 'job-state': [state], ...more }));
  expect(report).toEqual({ phase, mayHavePrinted, hasErrors: false });
});

test('a job without a state is no job', () => {
  expect(findJobReport(message(GROUP_TAGS.job, {}))).toBeUndefined();
});
