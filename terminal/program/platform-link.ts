import type { Cancel } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Fetch } from '../../base/fetch.ts';
import type { Log } from '../../base/log.ts';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import { err, invariant } from '../../base/result.ts';
import { createBackoff } from '../../sync/backoff.ts';
import type { Client } from '../../sync/client.ts';
import { createSyncEngine, type SyncEngine } from '../../sync/engine.ts';
import { enrol } from '../../sync/enrol.ts';
import type { SyncEvent } from '../../sync/events.ts';
import { OUTCOME } from '../../sync/formats/answers.ts';
import { createSlipLookUp, type SlipLookUp } from '../../sync/lookup.ts';
import { JournalUnavailable } from '../../sync/ports.ts';
import { createQueries, type Queries } from '../../sync/queries.ts';
import type { TrustState } from '../../sync/trust.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import type { TakeAnswers } from '../rescue/answers.ts';
import type { Source } from '../terminal.ts';
import type { TriedEntry, UpkeepQueue } from '../upkeep/queue.ts';
import type { ServiceState } from '../visit/desk.ts';
import { identityOf } from './identity.ts';
import { createKeyRenewal } from './new-key.ts';
import { watched } from './source.ts';

/** The terminal's line to its platform, from the first start on. */
export interface PlatformLink {
  readonly online: Source<boolean>;
  readonly service: Source<ServiceState>;
  /** Whether the platform told this terminal that it is revoked, in this run or before. */
  readonly revoked: Source<boolean>;
  /** Calls the platform; before enrolment nobody can be asked. */
  readonly client: Client;
  /** Looks slips up; before enrolment nobody can be asked. */
  readonly lookUp: SlipLookUp;
  /** Asks what the state keeps; before enrolment nobody can be asked. */
  readonly queries: Queries;
  /** Takes the platform's answers from a stick; before enrolment there can be none. */
  readonly takeAnswers: TakeAnswers;
  /** What is owed, and how the line stands. */
  readonly queue: UpkeepQueue;
  /** Entries that are still to be offered; 0 before enrolment. */
  countWaiting(): number;
  stop(): Promise<void>;
}

/** Enrols, when that was not done, for as long as it takes; then runs the engine. */
export function startPlatformLink(parts: {
  readonly opened: OpenedKeeper;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly enrolment: string | undefined;
  /** No wait after a failure is longer; what `sync` has unless said. */
  readonly longestWaitMs: number | undefined;
  /** A new key signs from the next start on. */
  readonly onNewKey: () => void;
  /** The platform was not reached, or did not serve this terminal; a code. */
  readonly onTrouble: (code: string) => void;
}): PlatformLink {
  const { opened, crypto, log } = parts;
  const online = watched(false);
  const service = watched<ServiceState>('starting');
  const revoked = watched(opened.access.find() === 'revoked');
  const stopping = new AbortController();
  let engine: SyncEngine | undefined;
  let cancel: Cancel = () => {};
  // While the clock is untrusted, date errors of a certificate are tolerated, and nothing else (law 9).
  const fetch = createNodeFetch({ tolerateDateErrors: () => !opened.time.trusted() });

  const noteStatus = (status: ReturnType<SyncEngine['status']>) => {
    online.set(status.online);
    // Before the first answer of a run nothing was said yet; the word of the last run stands.
    if (status.access !== 'served' || status.online) opened.access.save(status.access);
    revoked.set(opened.access.find() === 'revoked');
  };
  const run = () => {
    engine = startEngine({ ...parts, fetch });
    engine.onStatus(() => {
      if (engine !== undefined) noteStatus(engine.status());
    });
    service.set('up');
  };
  if (opened.findEnrolment() !== undefined) run();
  else {
    service.set('not-enrolled');
    if (parts.enrolment !== undefined)
      cancel = keepEnrolling({ ...parts, fetch, code: parts.enrolment, onEnrolled: run });
  }
  const client: Client = (call) => engine?.client(call) ?? Promise.resolve(err({ code: 'unreachable' }));
  const trust = () => trustOf(opened);
  const newKey = createKeyRenewal({
    ...{ client, crypto, trust, log, keys: opened.keys, onPromoted: parts.onNewKey },
  });
  return {
    online,
    service,
    revoked,
    client,
    queue: {
      entries: (limit) => triedEntries(opened, limit),
      status: () => engine?.status() ?? null,
      tryNow: () => engine?.nudge('by-hand'),
      offerAgain: (entryId) => opened.port.offerAgain(entryId),
      newKey: () => (engine ? newKey.state() : null),
      renewKey: () => engine !== undefined && newKey.begin(),
    },
    lookUp: createSlipLookUp({
      ...{ client, crypto, trust },
      onIgnored: (code) => log('sync.ignored', { what: 'lookup', code }),
    }),
    queries: createQueries({
      ...{ client, crypto, trust },
      onIgnored: (code) => log('sync.ignored', { what: 'query', code }),
    }),
    countWaiting: () => engine?.status().owed.waiting ?? 0,
    takeAnswers: (file) =>
      engine?.takeRescueAnswers(file) ?? err({ code: 'malformed', at: 'answers before enrolment' }),
    async stop() {
      stopping.abort();
      cancel();
      await engine?.stop();
    },
  };
}

/** What this terminal believes of its platform now, as the engine stored it. */
export function trustOf(opened: OpenedKeeper): TrustState {
  const enrolment = opened.findEnrolment();
  invariant(enrolment !== undefined, 'the platform is asked once enrolled');
  const { epoch, formerEpochs } = opened.port.loadTrust();
  const { keySet, cert } = enrolment;
  return { platformId: keySet.value.platformId, terminalId: cert.terminalId, keySet, epoch, formerEpochs };
}

/** Owed entries, each with what is noted of its tries; none while the store cannot be read. */
function triedEntries({ port }: OpenedKeeper, limit: number): readonly TriedEntry[] {
  try {
    return port.readQueue(limit).map((entry) => {
      const { tries = 0, lastWallMs = null, trouble = null } = port.findTry(entry.entryId) ?? {};
      return { ...entry, tries, lastTryMs: lastWallMs, trouble };
    });
  } catch (error) {
    if (error instanceof JournalUnavailable) return [];
    throw error;
  }
}

/** Tries until it is enrolled; the code is one-time, but the same key may use it again after a lost answer. */
function keepEnrolling(parts: {
  readonly opened: OpenedKeeper;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly fetch: Fetch;
  readonly code: string;
  readonly onEnrolled: () => void;
}): Cancel {
  const { opened, crypto, log, fetch } = parts;
  const backoff = createBackoff(systemRandom);
  let stopped = false;
  let cancel: Cancel = () => {};
  const attempt = async () => {
    const enrolled = await enrol({ fetch, crypto }, opened.key, parts.code);
    if (stopped) return;
    if (enrolled.ok && opened.enrol(enrolled.value).ok) return parts.onEnrolled();
    log('sync.enrol-failed', { code: enrolled.ok ? 'store' : enrolled.error.code });
    cancel = systemClock.after(backoff.fail(), () => void attempt());
  };
  void attempt();
  return () => {
    stopped = true;
    cancel();
  };
}

function startEngine(parts: {
  readonly opened: OpenedKeeper;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly fetch: Fetch;
  readonly longestWaitMs: number | undefined;
  readonly onTrouble: (code: string) => void;
}): SyncEngine {
  const { opened, crypto, log, fetch, longestWaitMs } = parts;
  const engine = createSyncEngine({
    journal: opened.port,
    time: opened.time,
    identity: () => identityOf(opened),
    clock: systemClock,
    random: systemRandom,
    fetch,
    crypto,
    longestWaitMs,
    report(event) {
      logEvent(log, event);
      if (event.kind === 'trouble') parts.onTrouble(event.code);
    },
    formerKey: () => opened.keys.findFormer(),
  });
  opened.onKept(() => engine.nudge('new-entry'));
  engine.start();
  return engine;
}

function logEvent(log: Log, event: SyncEvent): void {
  switch (event.kind) {
    case 'trouble':
      log('sync.trouble', { loop: event.loop, code: event.code, waitMs: event.waitMs });
      break;
    case 'ignored':
      log('sync.ignored', { what: event.what, code: event.code });
      break;
    case 'foreign':
      log('sync.ignored', { what: event.what, code: 'foreign' });
      break;
    case 'answered':
      log('sync.answered', countOutcomes(event.outcomes));
      break;
    case 'file-trouble':
      log('store.file-trouble', { code: event.code });
      break;
    case 'made-known':
      log('sync.new-key', { code: event.code });
      break;
    case 'epoch':
      log('sync.epoch', { first: event.isFirst });
      break;
    default:
      break;
  }
}

function countOutcomes(outcomes: Readonly<Record<number, number>>): { held: number; refused: number } {
  const held = outcomes[OUTCOME.held] ?? 0;
  return { held, refused: Object.values(outcomes).reduce((sum, count) => sum + count, 0) - held };
}
