/** The real durable half in memory, with what tests of visits look at and set. */
import { invariant } from '../../../base/result.ts';
import { SqlFailure } from '../../../base/sql.ts';
import { decodeContent, encodeContent } from '../../../sync/content-coding.ts';
import { type CaseContent, caseContentSchema } from '../../../sync/contents.ts';
import { type Act, openBody } from '../../../sync/formats/body.ts';
import { parseEntry } from '../../../sync/formats/entry.ts';
import { FEED_KIND, sealCaseItem } from '../../../sync/formats/feed.ts';
import type { AgentVault } from '../../agents/agent-vault.ts';
import type { AuthorityStore } from '../../agents/authorities.ts';
import type { DayBook } from '../../agents/day-book.ts';
import type { CashLedger } from '../../cash/ledger.ts';
import type { AttachmentWish, Keeper, Progress } from '../../keeper.ts';
import type { RescueSource } from '../../rescue/source.ts';
import {
  crypto,
  type HandClock,
  handClock,
  type MemoryParts,
  memoryParts,
  offered,
  openEnrolled,
  receipt,
  world,
} from '../../testing/keeper-world.ts';
import type { PhoneTriesStore } from '../../upkeep/phone-sign-in.ts';
import type { UpkeepStore } from '../../upkeep/store.ts';
import type { UpkeepCards } from '../../upkeep/upkeep-cards.ts';
import { START_MS } from './site.ts';

/** What one entry holds, as the platform reads it. */
type KeptContent = Readonly<Record<string, unknown>> & { readonly kind: string };

/** What an agent signed. */
export interface SignedContent {
  readonly kind: string;
  readonly entryId: Uint8Array;
  readonly content: Uint8Array;
  readonly acts: readonly Act[];
}

/** A keeper under watch. */
export interface WatchedKeeper extends Keeper {
  readonly upkeep: UpkeepStore;
  readonly rescue: RescueSource;
  readonly phoneTries: PhoneTriesStore;
  readonly upkeepCards: UpkeepCards;
  readonly agents: AgentVault;
  readonly dayBook: DayBook;
  readonly cash: CashLedger;
  readonly authorities: AuthorityStore;
  /** Of each entry that agents signed: its content as bytes, its id and the signatures. */
  signed(): readonly SignedContent[];
  readonly clock: HandClock;
  /** Contents of the entries not receipted yet, opened with the platform's key, oldest first. */
  contents(): readonly KeptContent[];
  /** The files handed in with all that was to be kept, as they were then. */
  attached(): readonly AttachmentWish[];
  /** The first case among them. */
  firstCase(): CaseContent;
  /** A receipt for everything kept so far; `outcome` as journal.md "Receipt" numbers it, held unless said. */
  deliverAll(outcome?: number): void;
  /** Brings down progress for a case, sealed to its reply key. */
  bring(toCase: CaseContent, progress: Progress): void;
  /** Makes the disk full, or well again. */
  fill(isFull: boolean): void;
  /** Throws `killed` at the commit of this number from now on: before it happens. */
  dieAtCommit(point: number): void;
  /** From now on a draft that is to be dropped stays: as when the process dies before. */
  loseDraftDrops(): void;
  /** Memories that were opened and not closed. */
  openMemories(): number;
  /** Ends the process without warning and opens everything again. */
  crash(): WatchedKeeper;
}

/** An enrolled terminal's keeper; on what `parts` already hold when they are handed in. */
export function watchKeeper(parts: MemoryParts = memoryParts({ clock: handClock(START_MS) })): WatchedKeeper {
  const opened = openEnrolled(parts);
  let memories = 0;
  let dropsAreLost = false;

  const openMemory: Keeper['openMemory'] = (card) => {
    const memory = opened.keeper.openMemory(card);
    if (!memory.ok) return memory;
    const { value } = memory;
    const [close, dropDraft] = [value.close.bind(value), value.dropDraft.bind(value)];
    memories += 1;
    value.close = () => {
      memories -= 1;
      close();
    };
    value.dropDraft = () => {
      if (!dropsAreLost) dropDraft();
    };
    return memory;
  };

  const insides = () =>
    offered(opened).map(({ entryBytes }) => {
      const entry = parseEntry(crypto, entryBytes);
      invariant(entry.ok && entry.value.body !== null, 'an own entry can be read');
      const inside = openBody(world.sealing, entry.value.header, entry.value.body);
      invariant(inside.ok, 'the platform opens it');
      const content = decodeContent(inside.value.content);
      invariant(content.ok, 'it is a content');
      return { ...inside.value, entryId: entry.value.header.entryId, kept: content.value as KeptContent };
    });
  const contents = () => insides().flatMap(({ kept }) => (kept.kind === 'journal.opened' ? [] : [kept]));

  const { keeper } = opened;
  const attached: AttachmentWish[] = [];
  let isDead = false;
  return {
    keep(wish) {
      attached.push(...wish.attachments.map((file) => ({ ...file, bytes: file.bytes.slice() })));
      return keeper.keep(wish);
    },
    attached: () => attached,
    entryState: (entryId) => keeper.entryState(entryId),
    findSlip: (entryId) => keeper.findSlip(entryId),
    wantSlipCopy: (entryId) => keeper.wantSlipCopy(entryId),
    noteSlip(jobId, state) {
      // What a dead process was waiting for is noted by nobody.
      if (!isDead) keeper.noteSlip(jobId, state);
    },
    slipQr: (entryId, localNumber, slipCode) => keeper.slipQr(entryId, localNumber, slipCode),
    certificateQr: (words) => keeper.certificateQr(words),
    holdNumbers: (numbers) => keeper.holdNumbers(numbers),
    freeNumbers: (numbers) => keeper.freeNumbers(numbers),
    heldNumbers: () => keeper.heldNumbers(),
    lastContactMs: () => keeper.lastContactMs(),
    ...{ upkeep: opened.upkeep, rescue: opened.rescue, agents: opened.agents },
    ...{ phoneTries: opened.phoneTries, upkeepCards: opened.upkeepCards },
    dayBook: opened.dayBook,
    authorities: opened.authorities,
    cash: {
      ...opened.cash,
      slips: {
        ...opened.cash.slips,
        noteSlip(jobId, state) {
          if (!isDead) opened.cash.slips.noteSlip(jobId, state);
        },
      },
    },
    onChange: (listener) => keeper.onChange(listener),
    openMemory,
    clock: parts.clock,
    contents,
    signed: () =>
      insides().flatMap(({ kept, entryId, content, acts }) =>
        acts.length === 0 ? [] : [{ kind: kept.kind, entryId, content, acts }],
      ),
    firstCase: () => caseContentSchema.parse(contents().find(({ kind }) => kind === 'case.submitted')),
    deliverAll(outcome = 0) {
      receipt(opened, offered(opened), outcome);
    },
    bring(toCase: CaseContent, progress: Progress) {
      const { caseId, caseReplyKey } = toCase;
      invariant(caseReplyKey !== null, 'the case is remembered');
      const itemId = crypto.randomBytes(16);
      const words = progress.words ?? '';
      const content = sealCaseItem(crypto, {
        caseReplyKey,
        itemId,
        caseId,
        content: encodeContent({ schema: 1, caseId, ...progress, words }),
      });
      const item = { itemId, kind: FEED_KIND.case, expires: null, caseId, content, order: null };
      const after = opened.port.feedCursor();
      const taken = opened.port.applyPage({ after, next: crypto.randomBytes(8), items: [item] });
      invariant(taken, 'the page follows');
    },
    fill(isFull: boolean) {
      const trouble = { code: 'full', detail: 'on order' } as const;
      parts.mirrorDisk.onChange = () => (isFull ? trouble : undefined);
      parts.store.onCommit = (when) => {
        if (isFull && when === 'before') throw new SqlFailure(trouble);
      };
    },
    dieAtCommit(point) {
      let commits = 0;
      parts.store.onCommit = (when) => {
        if (when !== 'before') return;
        commits += 1;
        if (commits === point) throw new Error('killed');
      };
    },
    loseDraftDrops() {
      dropsAreLost = true;
    },
    openMemories: () => memories,
    crash() {
      isDead = true;
      parts.store.crash();
      return watchKeeper(parts);
    },
  };
}
