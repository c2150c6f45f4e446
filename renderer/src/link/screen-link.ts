import type { Clock } from '../../../base/clock.ts';
import { attempt, type Connection, connect } from '../../../base/rpc/connect.ts';
import type { Port, PortSource } from '../../../base/rpc/port.ts';
import type {
  Action,
  ActResult,
  CameraReport,
  MicrophoneReport,
  ScreenContract,
  View,
  VoiceReport,
} from '../../../terminal/api.ts';

/** Whether the terminal can be reached. */
export type LinkState = 'connected' | 'lost';

/** What became of an action: the terminal's word, or no word because the line stayed down. */
export type ActOutcome = ActResult | { readonly ok: false; readonly error: { readonly code: 'lost' } };

/** The screen's line to the terminal. It comes back by itself. */
export interface ScreenLink {
  /** Calls with each view; at once with the present one when there is one. Returns how to stop. */
  onView(listener: (view: View) => void): () => void;
  /** Calls with each change of state; at once with the present one. Returns how to stop. */
  onState(listener: (state: LinkState) => void): () => void;
  /**
   * Sends what was touched on the view of this revision. When the line breaks before the answer, the same
   * call (same id) is repeated on the next line, so nothing is done twice and nothing is forgotten.
   */
  act(action: Action, revision: number): Promise<ActOutcome>;
  /** As `act`, with a file for the question shown, or none in its place. */
  attach(questionId: string, bytes: Uint8Array | null, revision: number): Promise<ActOutcome>;
  /** The file that the answer shown names; null where there is none, or no line. */
  findFile(ref: string): Promise<Uint8Array | null>;
  /** Tells how the cabinet's cameras are doing; told again on each line. */
  tellCameras(reports: readonly CameraReport[]): void;
  /** Tells how the cabinet's microphone is doing. */
  tellMicrophone(report: MicrophoneReport): void;
  /** Tells how much could not be said aloud. */
  tellVoice(report: VoiceReport): void;
}

/** How often a call is repeated on fresh lines before it is given up. */
const MAX_TRIES = 3;

/** How long a call waits for the next line. */
const NEXT_LINE_MS = 10_000;

interface Seams {
  readonly ports: PortSource;
  readonly clock: Clock;
  /** An id nobody has used. */
  readonly newId: () => string;
}

/** A link over the ports of a source: each port replaces the one before. */
export function createScreenLink({ ports, clock, newId }: Seams): ScreenLink {
  const views = createSubject<View>();
  const states = createSubject<LinkState>();
  let line: Connection<ScreenContract> | undefined;
  let waiting: ((next: Connection<ScreenContract> | undefined) => void)[] = [];
  states.tell('lost');

  const lose = (lost: Connection<ScreenContract>) => {
    if (line !== lost) return;
    line = undefined;
    views.forget();
    states.tell('lost');
  };

  const begin = async (port: Port) => {
    line?.close();
    const mine = connect<ScreenContract>(port, { clock });
    line = mine;
    mine.onClose(() => lose(mine));
    for (const wake of waiting.splice(0)) wake(mine);
    const watch = await attempt(mine.client.watch());
    if (!watch.ok) return mine.close();
    try {
      for await (const view of watch.value) {
        if (line !== mine) return;
        views.tell(view);
        states.tell('connected');
      }
    } catch {
      // The line broke or the terminal went: the next port brings the present view again.
    }
    mine.close();
    lose(mine);
  };
  ports.onPort(({ port }) => void begin(port));

  const nextLine = (): Promise<Connection<ScreenContract> | undefined> => {
    if (line !== undefined) return Promise.resolve(line);
    return new Promise((resolve) => {
      const wake = (next: Connection<ScreenContract> | undefined) => {
        cancel();
        waiting = waiting.filter((other) => other !== wake);
        resolve(next);
      };
      const cancel = clock.after(NEXT_LINE_MS, () => wake(undefined));
      waiting.push(wake);
    });
  };

  /** Sends a call again on the next line until it is answered. */
  const insist = async (
    send: (client: Connection<ScreenContract>['client']) => Promise<ActResult>,
  ): Promise<ActOutcome> => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const present = await nextLine();
      if (present === undefined) break;
      const answer = await attempt(send(present.client));
      if (answer.ok) return answer.value;
      if (answer.error.code === 'failed') break;
    }
    return { ok: false, error: { code: 'lost' } };
  };

  return {
    onView: views.listen,
    onState: states.listen,
    act(action, revision) {
      const actionId = newId();
      return insist((client) => client.act({ actionId, revision, action }));
    },
    attach(questionId, bytes, revision) {
      const actionId = newId();
      return insist((client) => client.attach({ actionId, revision, questionId, bytes }));
    },
    async findFile(ref) {
      const answer = line === undefined ? undefined : await attempt(line.client.file({ ref }));
      return answer?.ok ? answer.value : null;
    },
    tellCameras(reports) {
      if (line !== undefined) void attempt(line.client.cameras([...reports]));
    },
    tellMicrophone(report) {
      if (line !== undefined) void attempt(line.client.microphone(report));
    },
    tellVoice(report) {
      if (line !== undefined) void attempt(line.client.voice(report));
    },
  };
}

/** Tells listeners the newest value, and new listeners the present one. */
function createSubject<T>() {
  let present: { readonly value: T } | undefined;
  const listeners = new Set<(value: T) => void>();
  return {
    tell(value: T) {
      present = { value };
      for (const listener of [...listeners]) listener(value);
    },
    forget() {
      present = undefined;
    },
    listen(listener: (value: T) => void): () => void {
      listeners.add(listener);
      if (present !== undefined) listener(present.value);
      return () => listeners.delete(listener);
    },
  };
}
