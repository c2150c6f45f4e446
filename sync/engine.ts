import type { Clock } from '../base/clock.ts';
import type { Crypto, SigningKey } from '../base/crypto/api.ts';
import type { Fetch } from '../base/fetch.ts';
import type { Random } from '../base/random.ts';
import { err, invariant, ok, type Result } from '../base/result.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import { BACKOFF, type Backoff, createBackoff } from './backoff.ts';
import { type Client, createClient, createExchange, type TerminalIdentity } from './client.ts';
import { createDownlink } from './downlink.ts';
import { certifyNewKey } from './enrol.ts';
import type { SyncEvent } from './events.ts';
import type { FormatTrouble } from './formats/shape.ts';
import { type JournalPort, JournalUnavailable, type OwedCount } from './ports.ts';
import { type AnswersTaken, createRescueAnswers } from './rescue-answers.ts';
import { createSession, type StepTrouble, stepTrouble } from './session.ts';
import type { TimeKeeper } from './time.ts';
import { createTus } from './tus.ts';
import { createUplink } from './uplink.ts';

/** What an engine is made of: the seams, the journal, and who this terminal is. */
export interface SyncSeams {
  readonly journal: JournalPort;
  readonly time: TimeKeeper;
  readonly identity: () => TerminalIdentity;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: Fetch;
  readonly crypto: Crypto;
  /** Takes events for the log. */
  readonly report: (event: SyncEvent) => void;
  /** The key before the present one, for as long as a platform put back from a backup may know that one alone. */
  readonly formerKey?: () => SigningKey | undefined;
  /** No wait after a failure is longer, also one that the platform asks for; {@link BACKOFF}'s unless said. */
  readonly longestWaitMs?: number | undefined;
}

/** Why the engine is asked to look again. */
type Nudge =
  /** Something was kept: offered soon, but a failing network is not hammered. */
  | 'new-entry'
  /** The network came back: every wait ends but one that the platform asked for. */
  | 'network-up'
  /** Someone asked: every wait ends, and what was set aside is offered. */
  | 'by-hand';

/** How the engine stands; numbers and codes only. */
interface SyncStatus {
  readonly running: boolean;
  /** Whether the last word from the network was the platform's. */
  readonly online: boolean;
  /** By the best clock there is; null before the first contact ever. */
  readonly lastContactMs: number | null;
  /** When the loop that failed last tries again, by the same clock; null when nothing failed. */
  readonly nextTryMs: number | null;
  /** Its failures in a row, and the last one's code; `journal` when the own store could not do it. */
  readonly failures: number;
  readonly trouble: string | null;
  readonly timeTrusted: boolean;
  /** Whether the platform serves this terminal. */
  readonly access: 'served' | 'unknown' | 'revoked';
  /** As last counted, while the journal cannot be read. */
  readonly owed: OwedCount;
}

/**
 * The terminal's side of the protocol: drains the journal, takes the feed, learns the time. A journal that cannot
 * do it now is waited for; what the platform said meanwhile it says again.
 */
export interface SyncEngine {
  /** For calls beside the engine's own: every request of one boot must come from one counter. */
  readonly client: Client;
  start(): void;
  /** Ends both loops and waits for them; what was under way is cancelled and will be done again. */
  stop(): Promise<void>;
  nudge(why: Nudge): void;
  /**
   * Takes the `answers.cbor` of a rescue folder, whether the engine runs or not: every word in it counts as if it
   * had come over the network. Throws {@link JournalUnavailable} when the journal cannot do it now.
   */
  takeRescueAnswers(file: Uint8Array): Result<AnswersTaken, FormatTrouble>;
  status(): SyncStatus;
  /** Calls `listener` after every step that may have changed the status. */
  onStatus(listener: () => void): () => void;
}

/** With nothing to offer, how often the uplink looks all the same. */
const IDLE_MS = 60_000;
/** How often releases are asked for while something is held. */
const RELEASES_EVERY_MS = 600_000;
/** A new entry ends a wait after a failure only this long after that failure. */
const NEW_ENTRY_AFTER_MS = 5_000;
/** An empty poll that came back at once must not turn into a storm. */
const POLL_EVERY_MS = 2_000;

/** An engine that is not started yet. */
export function createSyncEngine(seams: SyncSeams): SyncEngine {
  const { journal, time, identity, clock, random, report } = seams;
  const exchange = createExchange(seams.fetch, seams.crypto, identity);
  const client = createClient(exchange);
  const session = createSession({ ...seams, client });
  const tus = createTus(exchange, () => identity().terminalId);
  const uplink = createUplink({ ...seams, client, session, tus });
  const downlink = createDownlink({ ...seams, client, session });
  const rescued = createRescueAnswers({ ...seams, session });

  const waits = { ...BACKOFF, capMs: seams.longestWaitMs ?? BACKOFF.capMs };
  const up = createLoop(clock, random, waits);
  const down = createLoop(clock, random, waits);
  const listeners = new Set<() => void>();
  let running: { stopping: AbortController; ended: Promise<unknown> } | undefined;
  let online = false;
  let access: SyncStatus['access'] = 'served';
  let releasesAskedAtMs: number | undefined;
  let lastOwed = journal.countOwed(session.basis());

  /** The platform's word was heard. */
  function contacted(loop: Loop): void {
    const cameBack = !online;
    online = true;
    access = 'served';
    session.save();
    // What one loop found out spares the other its wait.
    if (cameBack) endOwnWait(loop === up ? down : up);
  }

  /** Takes note of a failure; how long to wait. */
  function failed(loop: Loop, why: StepTrouble): number {
    if (why.offline) online = false;
    if (why.refusedAs) access = why.refusedAs;
    const waitMs = loop.backoff.fail(why.retryAfterMs);
    const atMonoMs = clock.monoMs();
    loop.failed = { code: why.code, atMonoMs, nextMonoMs: atMonoMs + waitMs };
    loop.isAskedToWait = why.retryAfterMs > 0;
    report({ kind: 'trouble', loop: loop === up ? 'up' : 'down', code: why.code, waitMs });
    return waitMs;
  }

  /** A platform that knows this terminal by its former key alone certifies the present one once more. */
  async function makeKnown(signal: AbortSignal): Promise<void> {
    const former = access === 'unknown' ? seams.formerKey?.() : undefined;
    if (!former) return;
    const own = { client, crypto: seams.crypto, trust: session.trust() };
    const made = await certifyNewKey(own, identity().key, { by: former, signal });
    report({ kind: 'made-known', code: made.ok ? 'done' : made.error });
  }

  /** One step of the uplink. */
  async function stepUp(signal: AbortSignal): Promise<Step> {
    await makeKnown(signal);
    if (signal.aborted) return err(stepTrouble('cancelled'));
    const refreshed = await session.refreshKeySets(signal);
    if (!refreshed.ok) return refreshed;
    if (session.helloDueInMs() === 0) {
      const greeted = await session.hello(signal);
      if (greeted.ok) rescued.retry();
      if (greeted.ok && !down.failed) down.alarm.ring();
      // No progress yet: what made the hello necessary may fail again, and must not do so without a pause.
      return greeted.ok ? ok({ contacted: true, progressed: false, waitMs: 0 }) : greeted;
    }
    const offered = await uplink.offer(signal);
    if (!offered.ok) return offered;
    if (offered.value) return ok(PROGRESS);
    const uploaded = await uplink.upload(signal);
    if (!uploaded.ok) return uploaded;
    if (uploaded.value) return ok(PROGRESS);
    if (releasesDueInMs() === 0) {
      const asked = await uplink.askReleases(signal);
      if (!asked.ok) return asked;
      releasesAskedAtMs = clock.monoMs();
      return ok(PROGRESS);
    }
    const dueInMs = [releasesDueInMs(), session.helloDueInMs(), uplink.findNextInMs() ?? IDLE_MS];
    return ok({ contacted: false, progressed: true, waitMs: Math.min(IDLE_MS, ...dueInMs) });
  }

  function releasesDueInMs(): number {
    const askedAgoMs = releasesAskedAtMs === undefined ? Infinity : clock.monoMs() - releasesAskedAtMs;
    if (askedAgoMs < RELEASES_EVERY_MS) return RELEASES_EVERY_MS - askedAgoMs;
    return journal.countOwed(session.basis()).held > 0 ? 0 : RELEASES_EVERY_MS;
  }

  function countOwed(): OwedCount {
    try {
      lastOwed = journal.countOwed(session.basis());
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
    }
    return lastOwed;
  }

  /** One poll of the feed, once there was a hello. */
  async function stepDown(signal: AbortSignal): Promise<Step> {
    if (!session.settled()) return ok({ contacted: false, progressed: false, waitMs: IDLE_MS });
    const beganMs = clock.monoMs();
    const polled = await downlink(signal);
    // A page of another epoch is a reason for a hello; where the uplink fails already, it keeps its own pace.
    if (!session.settled() && !up.failed) up.alarm.ring();
    if (!polled.ok) return polled;
    if (polled.value.syncNow) {
      releasesAskedAtMs = undefined;
      endWait(up);
    }
    if (polled.value.newJournal && !up.failed) up.alarm.ring();
    const restMs = polled.value.items > 0 ? 0 : Math.max(0, beganMs + POLL_EVERY_MS - clock.monoMs());
    return ok({ ...PROGRESS, waitMs: restMs });
  }

  /** A step and the note of its contact; a journal that cannot do it now is trouble like any other. */
  async function attempt(loop: Loop, step: typeof stepUp, signal: AbortSignal): Promise<Step> {
    try {
      const done = await step(signal);
      if (done.ok && done.value.contacted && !signal.aborted) contacted(loop);
      return done;
    } catch (error) {
      if (error instanceof JournalUnavailable) return err(stepTrouble('journal'));
      throw error;
    }
  }

  async function run(loop: Loop, step: typeof stepUp, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const done = await attempt(loop, step, signal);
      if (signal.aborted) return;
      if (done.ok && done.value.progressed) forgetFailures(loop);
      const waitMs = done.ok ? done.value.waitMs : failed(loop, done.error);
      for (const listener of listeners) listener();
      if (waitMs > 0) await loop.alarm.wait(waitMs);
    }
  }

  return {
    client,

    start() {
      invariant(!running, 'the engine is started once');
      const stopping = new AbortController();
      const ended = Promise.all([run(up, stepUp, stopping.signal), run(down, stepDown, stopping.signal)]);
      running = { stopping, ended };
    },

    async stop() {
      if (!running) return;
      running.stopping.abort();
      up.alarm.ring();
      down.alarm.ring();
      await running.ended;
      running = undefined;
      online = false;
    },

    nudge(why) {
      if (why === 'new-entry') {
        const sinceMs = up.failed ? clock.monoMs() - up.failed.atMonoMs : Infinity;
        if (sinceMs >= NEW_ENTRY_AFTER_MS && !up.isAskedToWait) up.alarm.ring();
        return;
      }
      if (why === 'network-up') {
        endOwnWait(up);
        endOwnWait(down);
        return;
      }
      uplink.forgetWaits();
      releasesAskedAtMs = undefined;
      endWait(up);
      endWait(down);
    },

    takeRescueAnswers(file) {
      const taken = rescued.take(file);
      for (const listener of listeners) listener();
      return taken;
    },

    status() {
      const { failed: last, backoff } = up.failed ? up : down;
      return {
        running: running !== undefined,
        online,
        lastContactMs: session.lastContactMs(),
        nextTryMs: last ? Math.round(time.nowMs() + last.nextMonoMs - clock.monoMs()) : null,
        failures: backoff.failures(),
        trouble: last?.code ?? null,
        timeTrusted: time.trusted(),
        access,
        owed: countOwed(),
      };
    },

    onStatus(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** What one of the two loops remembers between its steps. */
interface Loop {
  readonly alarm: Alarm;
  readonly backoff: Backoff;
  /** The last failure, until the next success. */
  failed: { readonly code: string; readonly atMonoMs: number; readonly nextMonoMs: number } | undefined;
  /** Whether the platform itself asked for the wait after it: only that time, its own word or a person ends such a pause. */
  isAskedToWait: boolean;
}

/** What a step did. */
type Step = Result<
  {
    /** Whether the platform's word was heard. */
    readonly contacted: boolean;
    /** Whether earlier failures are over. */
    readonly progressed: boolean;
    /** How long to wait before the next. */
    readonly waitMs: number;
  },
  StepTrouble
>;

const PROGRESS = { contacted: true, progressed: true, waitMs: 0 } as const;

function createLoop(clock: Clock, random: Random, waits: typeof BACKOFF): Loop {
  return {
    alarm: createAlarm(clock),
    backoff: createBackoff(random, waits),
    failed: undefined,
    isAskedToWait: false,
  };
}

function forgetFailures(loop: Loop): void {
  loop.backoff.reset();
  loop.failed = undefined;
  loop.isAskedToWait = false;
}

/** Ends a wait of our own choosing; a pause that the platform asked for is waited out. */
function endOwnWait(loop: Loop): void {
  if (!loop.isAskedToWait) endWait(loop);
}

function endWait(loop: Loop): void {
  loop.backoff.reset();
  loop.alarm.ring();
}
