/** The durable half of a terminal without disk or sealing, so that tests can look at what was kept. */
import { toHex } from '../../../base/bytes.ts';
import type { Clock } from '../../../base/clock.ts';
import { err, ok } from '../../../base/result.ts';
import type {
  ContentMap,
  EntryState,
  Keeper,
  KeepTrouble,
  Kept,
  PersonMemory,
  Progress,
  RememberedCase,
  SlipJobState,
} from '../../keeper.ts';

interface Shelf {
  readonly cases: RememberedCase[];
  draft: Uint8Array | undefined;
  lastUseMs: number | undefined;
}

/** A keeper, with what tests want to see and set. */
export interface MemoryKeeper extends Keeper {
  readonly contents: ContentMap[];
  /** Every later `keep` and `saveDraft` fails like this. */
  failWith(trouble: KeepTrouble['code'] | null): void;
  deliver(entryId: Uint8Array): void;
  addProgress(caseId: Uint8Array, progress: Progress): void;
  /** Memories that were opened and not closed. */
  openMemories(): number;
}

/** An empty one. */
export function createMemoryKeeper(clock: Clock): MemoryKeeper {
  const contents: ContentMap[] = [];
  const kept = new Map<string, Kept>();
  const states = new Map<string, EntryState>();
  const jobs = new Map<string, { jobId: string; state: SlipJobState }>();
  const shelves = new Map<string, Shelf>();
  const progress = new Map<string, Progress[]>();
  const memories = new Map<PersonMemory, Shelf>();
  const listeners = new Set<() => void>();
  let trouble: KeepTrouble['code'] | null = null;
  let made = 0;
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const newJob = (entryId: Uint8Array) => {
    const job = { jobId: `job-${++made}`, state: 'wanted' as SlipJobState };
    jobs.set(toHex(entryId), job);
    return job;
  };

  function memoryOf(shelf: Shelf): PersonMemory {
    let closed = false;
    const open = <T>(value: T): T => {
      if (closed) throw new Error('broken invariant: the memory is closed');
      return value;
    };
    const memory: PersonMemory = {
      cases: () => open(shelf.cases).map((one) => ({ ...one, replyKeyPrivate: one.replyKeyPrivate.slice() })),
      progressOf: ({ caseId }) => open(progress.get(toHex(caseId)) ?? []),
      findDraft: () => open(shelf.draft?.slice()),
      saveDraft(plain) {
        if (trouble !== null) return err({ code: trouble, detail: 'on order' });
        open(shelf).draft = plain.slice();
        return ok(undefined);
      },
      dropDraft() {
        open(shelf).draft = undefined;
      },
      findLastUse: () => (open(shelf.lastUseMs) === undefined ? undefined : { atMs: shelf.lastUseMs ?? 0 }),
      noteUse(atMs) {
        open(shelf).lastUseMs = atMs;
      },
      close() {
        closed = true;
        memories.delete(memory);
      },
    };
    memories.set(memory, shelf);
    return memory;
  }

  return {
    contents,
    failWith: (next) => {
      trouble = next;
    },
    deliver(entryId) {
      states.set(toHex(entryId), 'delivered');
      changed();
    },
    addProgress(caseId, step) {
      progress.set(toHex(caseId), [...(progress.get(toHex(caseId)) ?? []), step]);
      changed();
    },
    openMemories: () => memories.size,
    keep(wish) {
      const key = toHex(wish.submissionId);
      const before = kept.get(key);
      if (before !== undefined) return ok({ ...before, repeated: true });
      if (trouble !== null) return err({ code: trouble, detail: 'on order' });
      const entryId = Uint8Array.from({ length: 16 }, (_, index) => (index === 15 ? contents.length : 7));
      contents.push(wish.content);
      const { remember } = wish;
      const shelf = remember === null ? undefined : memories.get(remember.person);
      if (remember !== null && shelf === undefined) throw new Error('broken invariant: an unknown memory');
      if (remember !== null)
        shelf?.cases.push({
          ...remember.row,
          replyKeyPrivate: remember.row.replyKeyPrivate.slice(),
          entryId,
        });
      const slipJobId = wish.slip ? newJob(entryId).jobId : null;
      const answer: Kept = {
        repeated: false,
        entryId,
        entryHash: new Uint8Array(32),
        keptAtMs: clock.wallMs(),
        slipJobId,
      };
      kept.set(key, answer);
      return ok(answer);
    },
    openMemory({ number, photo }) {
      if (new Set(photo).size < 64) return err('photo-unfit');
      const key = `${number}/${toHex(photo)}`;
      const shelf = shelves.get(key) ?? { cases: [], draft: undefined, lastUseMs: undefined };
      shelves.set(key, shelf);
      return ok(memoryOf(shelf));
    },
    entryState: (entryId) => states.get(toHex(entryId)) ?? 'kept',
    findSlip: (entryId) => jobs.get(toHex(entryId)),
    wantSlipCopy: (entryId) => newJob(entryId),
    noteSlip(jobId, state) {
      for (const job of jobs.values()) if (job.jobId === jobId) job.state = state;
    },
    slipQr: (_entryId, localNumber, slipCode) => `qr:${localNumber}:${slipCode}`,
    lastContactMs: () => null,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
