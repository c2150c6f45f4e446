/** Filing: from a checked case to what the journal keeps. Returns only after it is committed. */
import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import { findCardMark } from '../../sync/card-mark.ts';
import type { Place } from '../../sync/contents.ts';
import type { Language, Refusal } from '../api.ts';
import type {
  ContentMap,
  Keeper,
  KeepTrouble,
  KeepWish,
  Kept,
  PersonMemory,
  RememberedCase,
} from '../keeper.ts';
import { rowOfDeed } from './case-acts.ts';
import {
  type CheckedCase,
  type Circumstances,
  caseContent,
  cashReturnContent,
  collectionContent,
  freezeContent,
  ratingContent,
  supplementContent,
  withdrawalContent,
} from './content.ts';
import { filesAnswered } from './held-files.ts';
import type { CaseIds } from './ids.ts';

/** What filing needs. */
export interface FilingTools {
  readonly keeper: Pick<Keeper, 'keep'>;
  readonly crypto: Pick<Crypto, 'openingKey' | 'sha256'>;
  readonly nowMs: number;
  readonly lang: Language;
  readonly place: Place;
  /** Where the case is remembered for its person; null where nobody is. */
  readonly memory: PersonMemory | null;
}

/** A case as it was kept: the first time, also when it is filed again. */
export interface FiledCase {
  readonly entryId: Uint8Array;
  readonly keptAtMs: number;
  readonly caseId: Uint8Array;
  readonly localNumber: string;
  readonly slipCode: string;
}

/** Entry classes of journal.md part 1. */
const CLASS = { urgent: 0, case: 1, audit: 2 } as const;

/** Keeps a case, with its row for the person and its slip; without one where it stands on that of another. */
export function fileCase(
  checked: CheckedCase,
  ids: CaseIds,
  tools: FilingTools,
  { slip }: { readonly slip: boolean } = { slip: true },
): Result<FiledCase, Refusal['code']> {
  const content = withCardMark(caseContent(checked, ids, circumstances(ids, tools)), checked, tools);
  const attachments = filesAnswered(checked).map(({ mediaType, bytes }) => ({ mediaType, bytes }));
  const { id: matterId } = checked.matter;
  const cash = checked.cash && { did: 'taken' as const, cash: checked.cash.taken };
  return keep({ content, attachments, matterId, entryClass: CLASS.case, slip, cash }, ids, tools);
}

/** The case, with the mark of the card that was laid for it. */
function withCardMark(content: ContentMap, { submitter }: CheckedCase, { crypto }: FilingTools): ContentMap {
  const cardMark = submitter === null ? undefined : findCardMark(crypto, submitter);
  return cardMark === undefined ? content : { ...content, cardMark };
}

function withMark(content: ContentMap, { cardMark }: { readonly cardMark?: Uint8Array }): ContentMap {
  return cardMark === undefined ? content : { ...content, cardMark };
}

/** Keeps that cash went back; a repeat of its `submissionId` is the same. */
export function fileCashReturn(
  back: Parameters<typeof cashReturnContent>[0],
  { keeper }: Pick<FilingTools, 'keeper'>,
): Result<void, Refusal['code']> {
  const kept = keeper.keep({
    submissionId: back.submissionId,
    entryClass: CLASS.case,
    content: cashReturnContent(back),
    attachments: [],
    remember: null,
    slip: false,
    cash: { did: 'returned', caseId: back.caseId },
  });
  return kept.ok ? ok(undefined) : err(refusalOfKeep(kept.error));
}

/**
 * Keeps a "not me", which freezes the cases it names as soon as the county has it. `rowName` stands as its
 * matter among the person's cases.
 */
export function fileFreeze(
  what: {
    readonly submitter: IdentityRead;
    readonly frozenCaseIds: readonly Uint8Array[];
    readonly lastUseMs: number | null;
    readonly rowName: string;
  },
  ids: CaseIds,
  tools: FilingTools,
): Result<FiledCase, Refusal['code']> {
  const content = freezeContent(what, ids, circumstances(ids, tools));
  const { rowName: matterId } = what;
  return keep({ content, attachments: [], matterId, entryClass: CLASS.urgent, slip: true }, ids, tools);
}

/** Keeps what was asked for after filing, with its row for the person and its slip. The answers are of what was asked alone. */
export function fileSupplement(
  checked: CheckedCase,
  what: {
    readonly remembered: RememberedCase;
    readonly person: PersonMemory;
    readonly submissionId: Uint8Array;
    readonly askedMs: number;
    /** Of a case that was filed at another machine: what proves whose it is. */
    readonly cardMark?: Uint8Array;
  },
  { keeper, nowMs }: Pick<FilingTools, 'keeper' | 'nowMs'>,
): Result<Kept, Refusal['code']> {
  const { remembered, person, submissionId, askedMs } = what;
  const { caseId } = remembered;
  const kept = keeper.keep({
    submissionId,
    entryClass: CLASS.case,
    content: withMark(supplementContent(checked, { caseId, submissionId, askedMs }), what),
    attachments: filesOf(checked),
    remember: { person, row: rowOfDeed(remembered, { did: 'supplement', askedMs }, nowMs) },
    slip: true,
  });
  return kept.ok ? kept : err(refusalOfKeep(kept.error));
}

function filesOf(checked: CheckedCase): KeepWish['attachments'] {
  return filesAnswered(checked).map(({ mediaType, bytes }) => ({ mediaType, bytes }));
}

/** Keeps that a person takes a case back, or has its result, with its row for them. */
export function fileDeed(
  did: 'withdraw' | 'collect',
  what: {
    readonly remembered: RememberedCase;
    readonly person: PersonMemory;
    readonly submissionId: Uint8Array;
    /** What whoever took a result signed for it. */
    readonly signed?: CheckedCase | undefined;
    /** Of a case that was filed at another machine: what proves whose it is. */
    readonly cardMark?: Uint8Array;
  },
  { keeper, nowMs }: Pick<FilingTools, 'keeper' | 'nowMs'>,
): Result<Kept, Refusal['code']> {
  const { remembered, person, submissionId, signed } = what;
  const { caseId } = remembered;
  const kept = keeper.keep({
    submissionId,
    entryClass: CLASS.case,
    content: withMark(
      did === 'withdraw'
        ? withdrawalContent(caseId, submissionId)
        : collectionContent(caseId, submissionId, signed),
      what,
    ),
    attachments: signed === undefined ? [] : filesOf(signed),
    remember: { person, row: rowOfDeed(remembered, { did }, nowMs) },
    slip: false,
  });
  return kept.ok ? kept : err(refusalOfKeep(kept.error));
}

/**
 * Keeps a rating of a case, with its row where its person is remembered: it is not asked again. `ratingId` makes a repeat
 * the same rating.
 */
export function fileRating(
  rating: {
    readonly caseId: Uint8Array;
    readonly ratingId: Uint8Array;
    readonly grade: number;
    readonly of: { readonly remembered: RememberedCase; readonly person: PersonMemory } | null;
  },
  { keeper, nowMs }: Pick<FilingTools, 'keeper' | 'nowMs'>,
): Result<void, Refusal['code']> {
  const { of } = rating;
  const kept = keeper.keep({
    submissionId: rating.ratingId,
    entryClass: CLASS.case,
    content: ratingContent(rating.caseId, rating.ratingId, rating.grade),
    attachments: [],
    remember: of && { person: of.person, row: rowOfDeed(of.remembered, { did: 'rate' }, nowMs) },
    slip: false,
  });
  return kept.ok ? ok(undefined) : err(refusalOfKeep(kept.error));
}

function circumstances(ids: CaseIds, { crypto, lang, place, memory }: FilingTools): Circumstances {
  const caseReplyKey = memory === null ? null : crypto.openingKey(ids.replyKeyPrivate).publicKey;
  return { lang, place, caseReplyKey };
}

function keep(
  wish: Pick<KeepWish, 'content' | 'attachments' | 'entryClass' | 'slip' | 'cash'> & {
    readonly matterId: string;
  },
  ids: CaseIds,
  { keeper, memory, nowMs }: FilingTools,
): Result<FiledCase, Refusal['code']> {
  const { matterId, content, attachments, entryClass, slip, cash } = wish;
  const { localNumber, slipCode, caseId, replyKeyPrivate } = ids;
  const row = { matterId, localNumber, slipCode, keptAtMs: nowMs, caseId, replyKeyPrivate };
  const kept = keeper.keep({
    submissionId: ids.submissionId,
    entryClass,
    content,
    attachments,
    remember: memory && { person: memory, row },
    slip,
    cash,
  });
  if (!kept.ok) return err(refusalOfKeep(kept.error));
  const { entryId, keptAtMs } = kept.value;
  return ok({ entryId, keptAtMs, ...numbersAsKept(kept.value, ids, memory) });
}

/** The numbers a case was first kept under: on a repeat after a crash the slip code is the remembered one. */
function numbersAsKept(kept: Kept, ids: CaseIds, memory: PersonMemory | null) {
  const row = kept.repeated
    ? memory?.cases().find(({ entryId }) => equalBytes(entryId, kept.entryId))
    : undefined;
  const { caseId, localNumber, slipCode } = row ?? ids;
  return { caseId, localNumber, slipCode };
}

/** What a person is told when nothing could be kept. */
export function refusalOfKeep(trouble: KeepTrouble): Refusal['code'] {
  if (trouble.code === 'no-evidence') return 'evidence-missing';
  return trouble.code === 'full' ? 'store-full' : 'out-of-service';
}
