import { toHex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { err, invariant, ok, type Result } from '../base/result.ts';
import { type CallTrouble, type Client, type TerminalIdentity, troubleCode } from './client.ts';
import type { SyncEvent } from './events.ts';
import { helloFormat } from './formats/answers.ts';
import { type KeySet, keySetBytes, parseKeySet } from './formats/key-set.ts';
import { makeHelloRequest, parseKeySetsAnswer } from './formats/messages.ts';
import type { JournalPort, OfferBasis } from './ports.ts';
import type { TimeKeeper } from './time.ts';
import { afterHello, type TrustState, type TrustTrouble, verifyHello, verifyLaterKeySets } from './trust.ts';

/** Why one step of the engine brought nothing: a code, and what the platform asked to wait. */
export interface StepTrouble {
  readonly code: string;
  /** Whether the network, and not the platform, is to blame. */
  readonly offline: boolean;
  readonly retryAfterMs: number;
  /** What the platform says of this terminal, when it serves it no more. */
  readonly refusedAs?: 'unknown' | 'revoked';
}

/** A step's trouble from a call's. */
export function callTrouble(trouble: CallTrouble): StepTrouble {
  const code = troubleCode(trouble);
  if (trouble.code !== 'http') return { code, offline: trouble.code !== 'too-large', retryAfterMs: 0 };
  const { problem, retryAfterMs } = trouble;
  const refusedAs =
    problem === 'unknown-terminal' ? 'unknown' : problem === 'revoked' ? 'revoked' : undefined;
  return { code, offline: false, retryAfterMs, ...(refusedAs && { refusedAs }) };
}

/** A step's trouble that is no call's: an answer that does not count. */
export function stepTrouble(code: string): StepTrouble {
  return { code, offline: false, retryAfterMs: 0 };
}

/** The trust between this terminal and its platform while the program runs. */
export interface Session {
  trust(): TrustState;
  /** Null before the first hello ever. */
  basis(): OfferBasis | null;
  /** Whether a hello is due: none since this start, one asked for, or the last one old. */
  helloDueInMs(): number;
  /** Whether this start has had its hello, and none is asked for. */
  settled(): boolean;
  /** Notes why an answer did not count, and asks for what would help: a hello, or newer key sets. */
  doubt(trouble: TrustTrouble): void;
  /** Notes a verified answer: raises the floor, remembers the contact. */
  heard(issuedAtMs: number): void;
  /** Says hello; fetches newer key sets when there are any. */
  hello(signal: AbortSignal): Promise<Result<void, StepTrouble>>;
  /** Fetches newer key sets when an answer gave reason to. */
  refreshKeySets(signal: AbortSignal): Promise<Result<void, StepTrouble>>;
  /** Takes the sets that follow the newest one, verified; whoever brought them. */
  takeKeySets(sets: readonly KeySet[]): Result<void, StepTrouble>;
  /** Notes a verified answer that was not heard but carried here, nobody knows how long: raises the floor alone. */
  carried(issuedAtMs: number): void;
  /** Whether newer key sets are still to be asked for. */
  wantsKeySets(): boolean;
  /** Stores what `heard` noted, if anything. */
  save(): void;
  lastContactMs(): number | null;
}

/** A hello is said again after this long: it brings key sets, says heads, and lets lost releases be said again. */
const HELLO_EVERY_MS = 3_600_000;
/** Sooner while the time is not learned: the last one may have been too slow. */
const HELLO_UNTRUSTED_EVERY_MS = 600_000;
const CALL_TIMEOUT_MS = 20_000;
/** The floor and the last contact are worth a write this often. */
const SAVE_EVERY_MS = 60_000;

/** What a session is made of. */
export interface SessionSeams {
  readonly journal: JournalPort;
  readonly client: Client;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly time: TimeKeeper;
  readonly identity: () => TerminalIdentity;
  readonly report: (event: SyncEvent) => void;
}

/** The session of one start of the program, from what the journal remembers. */
export function createSession(seams: SessionSeams): Session {
  const { journal, client, crypto, clock, time, identity, report } = seams;
  const stored = journal.loadTrust();
  const storedKeySet = parseKeySet(stored.keySet);
  invariant(storedKeySet.ok, 'the stored key set was verified before');
  const { platformId, terminalId } = identity();

  let trust: TrustState = {
    platformId,
    terminalId,
    keySet: storedKeySet.value,
    epoch: stored.epoch,
    formerEpochs: stored.formerEpochs,
  };
  let lastContactMs = stored.lastContactMs;
  let saidHelloAtMs: number | undefined;
  let keySetsWanted = false;
  let saved = { floorMs: stored.floorMs, contactMs: stored.lastContactMs ?? 0 };

  /** Trust changes only once the journal has it: else a new epoch would be acted on, and forgotten by a crash. */
  function store(next: TrustState): void {
    const floorMs = time.floorMs();
    journal.saveTrust({
      keySet: keySetBytes(next.keySet),
      epoch: next.epoch,
      formerEpochs: next.formerEpochs,
      floorMs,
      lastContactMs,
    });
    trust = next;
    saved = { floorMs, contactMs: lastContactMs ?? 0 };
  }

  async function fetchKeySets(signal: AbortSignal): Promise<Result<void, StepTrouble>> {
    const called = await client({
      endpoint: 'keySets',
      query: `?after=${trust.keySet.value.number}`,
      timeoutMs: CALL_TIMEOUT_MS,
      signal,
    });
    if (!called.ok) return err(callTrouble(called.error));
    const sets = parseKeySetsAnswer(called.value);
    const taken = sets.ok ? takeKeySets(sets.value) : err(stepTrouble('key-sets-malformed'));
    // A set that does not verify is not asked for again and again: the next reason to do so will come.
    keySetsWanted = false;
    return taken;
  }

  function takeKeySets(sets: readonly KeySet[]): Result<void, StepTrouble> {
    const newest = verifyLaterKeySets(crypto, trust.keySet, sets);
    if (!newest.ok) {
      report({ kind: 'ignored', what: 'key-set', code: newest.error.code });
      return err(stepTrouble(`key-set-${newest.error.code}`));
    }
    if (newest.value.value.number > trust.keySet.value.number) {
      store({ ...trust, keySet: newest.value });
      report({ kind: 'key-set', number: newest.value.value.number });
    }
    return ok(undefined);
  }

  async function hello(signal: AbortSignal): Promise<Result<void, StepTrouble>> {
    const nonce = crypto.randomBytes(16);
    const sentMonoMs = clock.monoMs();
    const content = makeHelloRequest({ nonce, heads: journal.owedHeads() });
    const called = await client({ endpoint: 'hello', content, timeoutMs: CALL_TIMEOUT_MS, signal });
    const receivedMonoMs = clock.monoMs();
    if (!called.ok) return err(callTrouble(called.error));
    const signed = helloFormat.parse(called.value);
    if (!signed.ok) return err(stepTrouble('hello-malformed'));
    const verified = verifyHello(crypto, trust, signed.value, nonce);
    if (!verified.ok) {
      doubt(verified.error);
      report({ kind: 'ignored', what: 'hello', code: verified.error.code });
      return err(stepTrouble(`hello-${verified.error.code}`));
    }
    const { issuedAt, keySet } = verified.value;
    if (time.learn({ issuedAtMs: issuedAt, sentMonoMs, receivedMonoMs })) report({ kind: 'time-learned' });
    const before = trust.epoch;
    heard(issuedAt);
    store(afterHello(trust, verified.value));
    saidHelloAtMs = clock.monoMs();
    if (before !== trust.epoch) report({ kind: 'epoch', isFirst: before === null });
    if (keySet > trust.keySet.value.number) keySetsWanted = true;
    return ok(undefined);
  }

  function heard(issuedAtMs: number): void {
    time.raiseFloor(issuedAtMs);
    lastContactMs = Math.max(lastContactMs ?? 0, time.nowMs());
  }

  function doubt(trouble: TrustTrouble): void {
    if (trouble.code === 'wrong-epoch') saidHelloAtMs = undefined;
    if (trouble.code === 'unknown-key' || trouble.code === 'wrong-use') keySetsWanted = true;
  }

  return {
    trust: () => trust,
    basis: () => trust.epoch && { epoch: trust.epoch, keySetNumber: trust.keySet.value.number },
    helloDueInMs() {
      if (saidHelloAtMs === undefined) return 0;
      const everyMs = time.trusted() ? HELLO_EVERY_MS : HELLO_UNTRUSTED_EVERY_MS;
      return Math.max(0, saidHelloAtMs + everyMs - clock.monoMs());
    },
    settled: () => saidHelloAtMs !== undefined && trust.epoch !== null,
    doubt,
    heard,
    hello,
    takeKeySets,
    carried: (issuedAtMs) => time.raiseFloor(issuedAtMs),
    refreshKeySets: (signal) => (keySetsWanted ? fetchKeySets(signal) : Promise.resolve(ok(undefined))),
    wantsKeySets: () => keySetsWanted,
    save() {
      const isOld = (lastContactMs ?? 0) - saved.contactMs >= SAVE_EVERY_MS;
      if (isOld || time.floorMs() - saved.floorMs >= SAVE_EVERY_MS) store(trust);
    },
    lastContactMs: () => lastContactMs,
  };
}

/** A name of an id for tables in memory. */
export function nameOf(id: Uint8Array): string {
  return toHex(id);
}
