/**
 * What this village says to emergency notices: that the machine shows one, that its agent has read it, how things stand.
 * All of it is urgent and goes up before whatever else waits; what the agent says is signed by their own key.
 */
import { concat, findHex, label } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { invariant, ok, type Result } from '../../base/result.ts';
import { ENTRY_CLASS } from '../../sync/formats/entry.ts';
import type { Language } from '../api.ts';
import { type CheckedCase, contentAnswers } from '../cases/content.ts';
import { filesAnswered } from '../cases/held-files.ts';
import type { ContentMap, EntryState, Keeper, KeepTrouble, KeepWish, Kept } from '../keeper.ts';
import type { Notice } from '../visit/desk.ts';
import type { NoticeMark, NoticeMarks } from './marks.ts';

/** How far the village has come with one. */
export interface NoticeStanding {
  readonly acknowledged: boolean;
  /** When it was answered last, and how far that answer has come; null where it was not. */
  readonly answered: { readonly atMs: number; readonly state: EntryState } | null;
}

/** Emergency notices at this machine. */
export interface EmergencyDesk {
  standingOf(noticeId: string): NoticeStanding;
  /** The agent who is signed in has read it. Once is enough: again changes nothing. */
  acknowledge(noticeId: string): Result<void, KeepTrouble>;
  /** How things stand, by the agent who is signed in; `submissionId` makes a repeat the same answer. */
  answer(
    noticeId: string,
    checked: CheckedCase,
    said: { readonly submissionId: Uint8Array; readonly lang: Language },
  ): Result<void, KeepTrouble>;
  /** Says of each emergency among them, once, that this machine shows it. */
  shows(notices: readonly Notice[]): void;
}

/** What it is made of. `keeper` is the one that knows who acts. */
export interface EmergencyParts {
  readonly keeper: Pick<Keeper, 'keep' | 'entryState'>;
  readonly crypto: Pick<Crypto, 'sha256'>;
  readonly marks: NoticeMarks;
  readonly nowMs: () => number;
}

/** A notice stands for a year at most; then its marks are let go of. */
const MARKS_KEPT_MS = 400 * 86_400_000;

const ONCE = label('yizhan/notice-reply/1');

/** What one word holds besides its kind and notice. */
type Said = Pick<KeepWish, 'submissionId' | 'attachments'> & { readonly more: ContentMap };

/** Opens the desk. */
export function createEmergencyDesk({ keeper, crypto, marks, nowMs }: EmergencyParts): EmergencyDesk {
  /** The same for the same notice and word: said once, however often the disk forgot that it was. */
  const onceId = (noticeId: string, mark: NoticeMark) =>
    crypto.sha256(concat(ONCE, bytesOf(noticeId), label(mark))).subarray(0, 16);

  function keepUrgent(mark: NoticeMark, noticeId: string, wish: Said): Result<Kept, KeepTrouble> {
    const { submissionId, attachments, more } = wish;
    return keeper.keep({
      ...{ submissionId, attachments, entryClass: ENTRY_CLASS.urgent, remember: null, slip: false },
      content: { schema: 1, kind: `notice.${mark}`, noticeId: bytesOf(noticeId), submissionId, ...more },
    });
  }

  function say(noticeId: string, mark: NoticeMark, wish: Said): Result<void, KeepTrouble> {
    const kept = keepUrgent(mark, noticeId, wish);
    if (!kept.ok) return kept;
    const atMs = nowMs();
    marks.forgetBefore(atMs - MARKS_KEPT_MS);
    marks.put(noticeId, mark, { entryId: kept.value.entryId, atMs });
    return ok(undefined);
  }

  function sayOnce(noticeId: string, mark: NoticeMark, more: ContentMap): Result<void, KeepTrouble> {
    if (marks.find(noticeId, mark) !== undefined) return ok(undefined);
    return say(noticeId, mark, { submissionId: onceId(noticeId, mark), attachments: [], more });
  }

  return {
    standingOf(noticeId) {
      const answered = marks.find(noticeId, 'answered');
      return {
        acknowledged: marks.find(noticeId, 'acknowledged') !== undefined,
        answered: answered ? { atMs: answered.atMs, state: keeper.entryState(answered.entryId) } : null,
      };
    },
    acknowledge: (noticeId) => sayOnce(noticeId, 'acknowledged', { actors: [] }),
    answer(noticeId, checked, { submissionId: replyId, lang }) {
      const { matter, matterHash } = checked;
      const attachments = filesAnswered(checked).map(({ mediaType, bytes }) => ({ mediaType, bytes }));
      const form = [matter.id, matter.version, matterHash];
      const around = { replyId, form, attachments: [], actors: [], lang };
      const whole = { ...around, answers: contentAnswers(checked) };
      if (attachments.length === 0)
        return say(noticeId, 'answered', { submissionId: replyId, attachments, more: whole });
      // A picture takes minutes on a slow line: what was said goes ahead of it.
      const words = { ...around, answers: contentAnswers(withoutFiles(checked)) };
      const ahead = crypto.sha256(concat(ONCE, replyId)).subarray(0, 16);
      const said = say(noticeId, 'answered', { submissionId: ahead, attachments: [], more: words });
      if (!said.ok) return said;
      const pictured = keepUrgent('answered', noticeId, { submissionId: replyId, attachments, more: whole });
      return pictured.ok ? ok(undefined) : pictured;
    },
    shows(notices) {
      // What cannot be kept now is tried at the next change.
      for (const { id, danger } of notices) if (danger) void sayOnce(id, 'shown', {});
    },
  };
}

/** What was answered in words and choices alone. */
function withoutFiles(checked: CheckedCase): CheckedCase {
  const files = new Set(filesAnswered(checked).map(({ questionId }) => questionId));
  const answers = Object.fromEntries(Object.entries(checked.answers).filter(([id]) => !files.has(id)));
  return { ...checked, answers, files: [] };
}

function bytesOf(noticeId: string): Uint8Array {
  const bytes = findHex(noticeId);
  invariant(bytes !== undefined, 'a notice is named by hex digits');
  return bytes;
}
