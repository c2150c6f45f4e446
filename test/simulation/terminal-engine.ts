/** What a run of the simulated terminal does once it is open: it enrols, runs its engine, and changes its key. */
import { toHex } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import { createBackoff } from '../../sync/backoff.ts';
import { createSyncEngine, type SyncEngine } from '../../sync/engine.ts';
import { enrol } from '../../sync/enrol.ts';
import type { SyncEvent } from '../../sync/events.ts';
import { type JournalPort, JournalUnavailable } from '../../sync/ports.ts';
import { renewKey } from '../../terminal/keys/renew.ts';
import { awaitKilled } from './death.ts';
import type { TerminalParts, TerminalRun } from './terminal.ts';

/** Tries until it is enrolled, as the program does. */
export function keepEnrolling(run: TerminalRun, parts: TerminalParts, onEnrolled: () => void): void {
  const { life, opened, crypto } = run;
  const backoff = createBackoff(parts.chance.stream('enrolling'));
  const fetch = parts.network.fetchFor(life);
  const attempt = async (): Promise<void> => {
    const enrolled = await enrol({ fetch, crypto }, opened.key, parts.enrolmentCode);
    if (!life.alive()) return;
    if (enrolled.ok && opened.enrol(enrolled.value).ok) return onEnrolled();
    parts.note(`terminal: not enrolled: ${enrolled.ok ? 'store' : enrolled.error.code}`);
    parts.timeline.after(backoff.fail(), () => void awaitKilled(attempt()));
  };
  void awaitKilled(attempt());
}

/** The engine of an enrolled run. */
export function startEngine(run: TerminalRun, parts: TerminalParts, bent: Map<string, unknown>): SyncEngine {
  const { life, opened, crypto } = run;
  const { chance, network, bends } = parts;
  const enrolment = opened.findEnrolment();
  invariant(enrolment, 'the engine runs once enrolled');
  const guarded = guard(opened.port, run, parts);
  const engine = createSyncEngine({
    journal: bends?.port?.(guarded, bent) ?? guarded,
    time: bends?.time?.(opened.time, run) ?? opened.time,
    identity: () => ({
      origin: enrolment.origin,
      platformId: enrolment.keySet.value.platformId,
      terminalId: enrolment.cert.terminalId,
      ...{ key: opened.key, bootId: opened.bootId },
    }),
    clock: run.clock,
    random: chance.stream(`engine ${toHex(opened.bootId)}`),
    fetch: network.fetchFor(life),
    crypto,
    report: (event) => parts.note(`sync: ${eventWords(event)}`),
    formerKey: () => opened.keys.findFormer(),
  });
  opened.onKept(() => engine.nudge('new-entry'));
  engine.start();
  return engine;
}

/** A port that throws while the program lives is a bug that ends the program. */
function guard(port: JournalPort, { life }: TerminalRun, { onFault }: TerminalParts): JournalPort {
  const guarded = <A extends readonly unknown[], R>(call: (...given: A) => R) => {
    return (...given: A): R => {
      life.check();
      try {
        return call(...given);
      } catch (error) {
        // Trouble of the store is waited for.
        if (life.alive() && !(error instanceof JournalUnavailable)) {
          onFault(`the journal threw ${String(error)}`);
          life.die('by a bug');
        }
        throw error;
      }
    };
  };
  return {
    loadTrust: guarded(port.loadTrust),
    saveTrust: guarded(port.saveTrust),
    owedHeads: guarded(port.owedHeads),
    nextBatch: guarded(port.nextBatch),
    entriesWithFiles: guarded(port.entriesWithFiles),
    readFile: guarded(port.readFile),
    applyReceipt: guarded(port.applyReceipt),
    applyRelease: guarded(port.applyRelease),
    feedCursor: guarded(port.feedCursor),
    applyPage: guarded(port.applyPage),
    countOwed: guarded(port.countOwed),
    noteTry: guarded(port.noteTry),
  };
}

function eventWords(event: SyncEvent): string {
  return JSON.stringify(event);
}

/** A maintainer asks for a new key; once it is promoted the program ends, to start anew with it. */
export function changeKey({ life, opened, engine, crypto }: TerminalRun, parts: TerminalParts): void {
  const enrolment = opened.findEnrolment();
  if (!engine || !enrolment) return;
  const { epoch, formerEpochs } = opened.port.loadTrust();
  const { keySet, cert } = enrolment;
  const { terminalId } = cert;
  const { platformId } = keySet.value;
  const trust = { platformId, terminalId, keySet, epoch, formerEpochs };
  const renewing = renewKey({ keys: opened.keys, client: engine.client, crypto, trust });
  void awaitKilled(
    renewing.then((renewed) => {
      if (!life.alive()) return;
      parts.note(`terminal: new key ${renewed.ok ? 'promoted' : JSON.stringify(renewed.error)}`);
      if (renewed.ok) life.die('to take its new key');
    }),
  );
}
