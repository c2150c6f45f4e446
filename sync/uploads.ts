import { equalBytes } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { err, ok, type Result } from '../base/result.ts';
import { mayBeItsFault } from './client.ts';
import type { SyncEvent } from './events.ts';
import type { EntryFiles, JournalPort, ListedFile, OfferBasis } from './ports.ts';
import { callTrouble, nameOf, type StepTrouble, stepTrouble } from './session.ts';
import type { SetAside } from './set-aside.ts';
import { MAX_PIECE_BYTES, type Tus, type TusTrouble } from './tus.ts';

/** Brings the files of entries to the platform, so that the entries can be offered. */
export interface Uploads {
  /** The names of the entries that wait for a file of theirs. */
  waiting(basis: OfferBasis): ReadonlySet<string>;
  /** One request for the first of them that is not set aside; `false` when there is none. */
  step(basis: OfferBasis, signal: AbortSignal): Promise<Result<boolean, StepTrouble>>;
  /** Forgets which files of this entry are there. */
  forget(entryId: Uint8Array): void;
  clear(): void;
}

/** What uploads are made of. */
export interface UploadSeams {
  readonly journal: JournalPort;
  readonly tus: Tus;
  readonly clock: Clock;
  readonly aside: SetAside;
  readonly report: (event: SyncEvent) => void;
}

/** A piece grows while pieces are quick, so that a fast line is used, and shrinks when one does not get through. */
const PIECE = { leastBytes: 16 * 1024, firstBytes: 64 * 1024, quickMs: 2_000 } as const;
/** The platform may throw an upload away and begin again; what does not move after that is tried later. */
const CONFLICTS = 2;

/** The file that is under way. Not needed after a restart: the platform says how far it is. */
interface Current {
  readonly entryId: Uint8Array;
  readonly file: ListedFile;
  /** What the platform said last; undefined when it must be asked. */
  offset: number | undefined;
  /** The encrypted file, once a piece of it is needed. */
  sealed: Uint8Array | undefined;
  /** Answers in a row that did not move it. */
  conflicts: number;
}

/** Uploads of which nothing is known yet. */
export function createUploads({ journal, tus, clock, aside, report }: UploadSeams): Uploads {
  /** Files known to be at the platform, by entry. */
  const present = new Map<string, Set<string>>();
  let current: Current | undefined;
  let pieceBytes: number = PIECE.firstBytes;

  function isPresent({ entryId }: EntryFiles, file: ListedFile): boolean {
    return present.get(nameOf(entryId))?.has(nameOf(file.hash)) ?? false;
  }

  function missing(entry: EntryFiles): readonly ListedFile[] {
    return entry.files.filter((file) => !isPresent(entry, file));
  }

  /** The file to go on with: whatever is under way gives way to an entry that comes before it. */
  function findNext(basis: OfferBasis): { readonly entry: EntryFiles; readonly at: Current } | undefined {
    for (const entry of journal.entriesWithFiles(basis)) {
      const [file] = aside.isSetAside(entry.entryId) ? [] : missing(entry);
      if (!file) continue;
      if (!current || !equalBytes(current.file.hash, file.hash)) {
        current = { entryId: entry.entryId, file, offset: undefined, sealed: undefined, conflicts: 0 };
      }
      return { entry, at: current };
    }
    current = undefined;
    return undefined;
  }

  async function step(basis: OfferBasis, signal: AbortSignal): Promise<Result<boolean, StepTrouble>> {
    const next = findNext(basis);
    if (!next) return ok(false);
    const { entry, at } = next;
    const moved = at.offset === undefined ? await ask(at, signal) : await send(at, at.offset, signal);
    if (!moved.ok) return moved;
    if (at.offset === at.file.bytes) arrived(entry, at);
    return ok(true);
  }

  /** Learns how far the platform is; begins the upload where it has nothing. */
  async function ask(at: Current, signal: AbortSignal): Promise<Result<void, StepTrouble>> {
    const { hash, bytes } = at.file;
    const asked = await tus.ask(hash, signal);
    if (!asked.ok) return failed(at, asked.error);
    if (asked.value !== 'none') {
      at.offset = asked.value.offset;
      return ok(undefined);
    }
    // What is lost here is not begun there.
    if (!findSealed(at)) return ok(undefined);
    const created = await tus.create(hash, bytes, signal);
    if (!created.ok) return failed(at, created.error);
    at.offset = 0;
    return ok(undefined);
  }

  async function send(at: Current, offset: number, signal: AbortSignal): Promise<Result<void, StepTrouble>> {
    const sealed = findSealed(at);
    if (!sealed) return ok(undefined);
    const content = sealed.subarray(offset, offset + pieceBytes);
    // Until the answer comes it is not known how far the platform is.
    at.offset = undefined;
    const sentMonoMs = clock.monoMs();
    const sent = await tus.send({ hash: at.file.hash, offset, content }, signal);
    if (!sent.ok) return failed(at, sent.error);
    if (sent.value === 'conflict') return stuck(at);
    at.conflicts = 0;
    at.offset = sent.value.offset;
    aside.forget(at.entryId);
    if (clock.monoMs() - sentMonoMs < PIECE.quickMs) pieceBytes = Math.min(MAX_PIECE_BYTES, pieceBytes * 2);
    return ok(undefined);
  }

  /** The file as the platform will get it; nothing when it is lost, which is for a person: others go on. */
  function findSealed(at: Current): Uint8Array | undefined {
    if (at.sealed) return at.sealed;
    const read = journal.readFile(at.file.hash);
    if (!read.ok) {
      report({ kind: 'file-trouble', code: read.error });
      giveWay(at, `file-${read.error}`);
      return undefined;
    }
    at.sealed = read.value;
    return at.sealed;
  }

  function arrived(entry: EntryFiles, at: Current): void {
    const name = nameOf(entry.entryId);
    present.set(name, (present.get(name) ?? new Set()).add(nameOf(at.file.hash)));
    current = undefined;
    if (missing(entry).length === 0) report({ kind: 'uploaded', files: entry.files.length });
  }

  function stuck(at: Current): Result<void, StepTrouble> {
    at.conflicts += 1;
    if (at.conflicts < CONFLICTS) return ok(undefined);
    giveWay(at, 'upload-stuck');
    return err(stepTrouble('upload-stuck'));
  }

  function failed(at: Current, trouble: TusTrouble): Result<never, StepTrouble> {
    const step = trouble.code === 'misfit' ? stepTrouble('upload-misfit') : callTrouble(trouble);
    at.offset = undefined;
    if (isTooMuch(trouble)) pieceBytes = Math.max(PIECE.leastBytes, Math.floor(pieceBytes / 2));
    if (trouble.code === 'misfit' || mayBeItsFault(trouble)) giveWay(at, step.code);
    else note(at, step.code);
    return err(step);
  }

  /** Lets every other entry go first for a while. */
  function giveWay(at: Current, code: string): void {
    note(at, code);
    aside.again(at.entryId);
    current = undefined;
  }

  function note({ entryId }: Current, trouble: string): void {
    journal.noteTry({ entryIds: [entryId], atWallMs: clock.wallMs(), trouble });
  }

  return {
    step,
    waiting(basis) {
      const waits = journal.entriesWithFiles(basis).filter((entry) => missing(entry).length > 0);
      return new Set(waits.map(({ entryId }) => nameOf(entryId)));
    },
    forget: (entryId) => void present.delete(nameOf(entryId)),
    clear() {
      present.clear();
      current = undefined;
    },
  };
}

/** Whether a smaller piece may get through where this did not. */
function isTooMuch(trouble: TusTrouble): boolean {
  return trouble.code === 'timeout' || (trouble.code === 'http' && trouble.status === 413);
}
