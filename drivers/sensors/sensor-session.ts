import type { Cancel, Clock } from '../../base/clock.ts';
import type { DeviceReason, DeviceState } from '../api.ts';
import { keepLine } from '../transport/kept-line.ts';
import type { OpenTransport } from '../transport/transport.ts';
import { ASK, SwitchLines } from './switch-lines.ts';

/** Every delay of a sensor session, in milliseconds. */
export const SENSOR_DELAYS = {
  /** Between two questions. */
  askMs: 1_000,
  /** A sensor silent for so long is not answering, and its line is opened anew. */
  silenceMs: 3_500,
} as const;

/** What a sensor session is given. */
export interface SensorSessionOptions {
  readonly open: OpenTransport;
  readonly clock: Clock;
  onStatus(state: DeviceState, reason: DeviceReason | null): void;
  /** Each change; null when nobody knows any more. */
  onReading(on: boolean | null): void;
}

/** A sensor that is plainly on or off. */
export interface SensorSession {
  /** Closes the line for good. */
  stop(): void;
}

/** Asks a sensor again and again until `stop`. */
export function startSensorSession(options: SensorSessionOptions): SensorSession {
  const { clock } = options;
  const lines = new SwitchLines();
  let on: boolean | null = null;
  let heardMs = 0;
  let cancel: Cancel = () => undefined;

  const read = (now: boolean | null) => {
    if (now === on) return;
    on = now;
    options.onReading(on);
  };
  const ask = () => {
    if (clock.monoMs() - heardMs >= SENSOR_DELAYS.silenceMs) {
      options.onStatus('fault', 'not-answering');
      read(null);
      return line.reopen();
    }
    line.write(ASK);
    cancel = clock.after(SENSOR_DELAYS.askMs, ask);
  };
  options.onStatus('starting', null);
  const line = keepLine({
    open: options.open,
    clock,
    onOpen() {
      lines.clear();
      heardMs = clock.monoMs();
      ask();
    },
    onData(bytes) {
      for (const said of lines.push(bytes)) {
        heardMs = clock.monoMs();
        options.onStatus('ok', null);
        read(said);
      }
    },
    onGone() {
      cancel();
      options.onStatus('absent', 'port-closed');
      read(null);
    },
  });
  return {
    stop() {
      cancel();
      line.stop();
    },
  };
}
