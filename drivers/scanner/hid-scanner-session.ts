import type { Cancel } from '../../base/clock.ts';
import { keepLine } from '../transport/kept-line.ts';
import { HidPosReports } from './hid-pos.ts';
import type { HidPosLayout } from './hid-pos-layout.ts';
import { SCANNER_DELAYS, type ScannerSession, type ScannerSessionOptions } from './scanner-session.ts';

/** What a session on a HID-POS scanner is given: `open` brings a line on which each piece of data is one report. */
export interface HidScannerSessionOptions extends Omit<ScannerSessionOptions, 'hasAim'> {
  readonly layout: HidPosLayout;
}

/**
 * Hears codes until `stop`, as {@link ScannerSession} does on a serial line. A report says itself whether its code
 * goes on, so nothing is guessed from silence but that a code begun will not be ended.
 */
export function startHidScannerSession(options: HidScannerSessionOptions): ScannerSession {
  const { clock, isWatched, onEvent, onStatus } = options;
  const reports = new HidPosReports(options.layout);
  let cancel: Cancel = () => undefined;

  const giveUp = () => {
    reports.clear();
    if (isWatched()) onEvent({ type: 'unreadable' });
  };
  onStatus('starting', null);
  const line = keepLine({
    open: options.open,
    clock,
    onOpen: () => onStatus('ok', null),
    onData(report) {
      cancel();
      const event = reports.push(report);
      report.fill(0);
      if (reports.isUnderWay) cancel = clock.after(SCANNER_DELAYS.gapMs, giveUp);
      if (event !== undefined && isWatched()) onEvent(event);
    },
    onGone() {
      cancel();
      reports.clear();
      onStatus('absent', 'port-closed');
    },
  });
  return {
    stop() {
      cancel();
      reports.clear();
      line.stop();
    },
  };
}
