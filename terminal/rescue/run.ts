/** What the program does for a terminal that is stopped, or beside one that runs, for a dead machine's folders. */
import { join } from 'node:path';
import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { systemClock } from '../../base/node/clock.ts';
import { readOnlyDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { createSyncEngine, type SyncEngine } from '../../sync/engine.ts';
import { certFormat } from '../../sync/formats/key-set.ts';
import { keyFile } from '../keys/key-file.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import { identityOf } from '../program/identity.ts';
import { DATABASE, isInUse, openStores } from '../program/open-stores.ts';
import { findSecondCopy } from '../store/second-copy.ts';
import { readAnswers } from './answers.ts';
import { exportRescue, type RescueSigner } from './export.ts';
import { type JournalFolders, openFolders } from './open-folders.ts';

/** The folders of the terminal that signs, or that takes the answers. */
export interface Own {
  readonly dataDir: string;
  readonly mirrorDir: string;
}

/** What a run is told to print, and how it ended. */
export interface RunOutcome {
  readonly told: Result<object, { readonly code: string }>;
  readonly came: 'all' | 'notAll' | 'stick' | 'cannot';
}

interface RunParts {
  readonly crypto: Crypto;
  readonly own: Own;
  /** The stick, from its root. */
  readonly stick: Disk;
}

/** Exports `from`, or the own journal, signed by the own key. */
export function runExport(parts: RunParts & { readonly from: JournalFolders | undefined }): RunOutcome {
  const { crypto, own, stick, from } = parts;
  if (!from && isRunning(own)) return cannot('in-use');
  const signer = findSigner(crypto, own);
  if (!signer.ok) return cannot(signer.error);
  const opened = openFolders(crypto, from ?? own, scratchIn(own));
  if (!opened) return cannot('no-journal');
  try {
    const nowMs = () => systemClock.wallMs();
    const exported = lastOf(
      exportRescue({ crypto, stick, nowMs, signer: signer.value, source: opened.source }),
    );
    if (!exported.ok) return { told: err({ code: `stick-${exported.error.code}` }), came: 'stick' };
    const { unreadable, missingFiles, damaged } = exported.value;
    const isAll = unreadable === 0 && missingFiles === 0 && damaged.length === 0;
    return { told: ok({ ...exported.value, database: opened.database }), came: isAll ? 'all' : 'notAll' };
  } finally {
    opened.close();
  }
}

/** Reads the answers on the stick back into the own journal, which is opened and healed as at any start. */
export function runAnswers({ crypto, own, stick }: RunParts): RunOutcome {
  const signer = findSigner(crypto, own);
  if (!signer.ok) return cannot(signer.error);
  const opened = openStores(own, crypto, () => undefined);
  if (!opened.ok) return cannot(isInUse(opened.error) ? 'in-use' : opened.error.code);
  try {
    const engine = restingEngine(crypto, opened.value);
    const report = readAnswers(stick, (file) => engine.takeRescueAnswers(file));
    const { folders, unreadable, ignored, waiting } = report;
    const isAll = folders > 0 && unreadable + ignored + waiting === 0;
    return { told: ok(report), came: isAll ? 'all' : 'notAll' };
  } finally {
    opened.value.close();
  }
}

/** The engine, never started: it knows what counts and reaches nobody. */
function restingEngine(crypto: Crypto, opened: OpenedKeeper): SyncEngine {
  return createSyncEngine({
    ...{ journal: opened.port, time: opened.time, clock: systemClock, random: systemRandom, crypto },
    fetch: async () => err({ code: 'unreachable', detail: 'not asked for' }),
    identity: () => identityOf(opened),
    report: () => undefined,
  });
}

/** Who signs: the key's file and the certificate of the own enrolment. Nothing is made where one is missing. */
function findSigner(crypto: Crypto, own: Own): Result<RescueSigner, 'no-key' | 'not-enrolled'> {
  const disk = readOnlyDisk(own.dataDir);
  const key = keyFile({ disk, random: systemRandom, crypto }).signingKey();
  if (!key.ok) return err('no-key');
  const copy = findSecondCopy(readOnlyDisk(own.mirrorDir), crypto)?.enrolment;
  const cert = copy ? certFormat.parse(copy.certBytes) : undefined;
  if (!cert?.ok || !equalBytes(cert.value.value.publicKey, key.value.publicKey)) return err('not-enrolled');
  return ok({ terminalId: cert.value.value.terminalId, key: key.value });
}

/** Whether the terminal runs: its page at the machine does the same without stopping it. */
function isRunning({ dataDir }: Own): boolean {
  const version = sqliteFile({ path: join(dataDir, DATABASE), busyTimeoutMs: 0 }).findVersion();
  return !version.ok && version.error.code === 'busy';
}

/** A folder of the own for the copy that is read. */
function scratchIn({ dataDir }: Own): string {
  return join(dataDir, 'rescue-scratch');
}

function cannot(code: string): RunOutcome {
  return { told: err({ code }), came: 'cannot' };
}

function lastOf<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
