/** Whether a case may be kept, judged from the matter's own file; the screen is never trusted. */
import { isoDate } from '../../base/calendar.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { KnownCard, KnownRecording, KnownSlot } from '../../catalog/answers.ts';
import { findDeadlineProblem } from '../../catalog/deadline.ts';
import { isEntrustable } from '../../catalog/entrust.ts';
import { checkAnswers, type FormContext, findSubjectReadId, findTypedSubject } from '../../catalog/form.ts';
import { canonicalBytes } from '../../catalog/matter-bytes.ts';
import type { Answers, Assurance, Basis, Matter, Text } from '../../catalog/schema.ts';
import type { IdentityRead, ProofMethod } from '../../drivers/api.ts';
import type { Refusal } from '../api.ts';
import type { TrustedTime } from '../keeper.ts';
import type { PhoneEvidence } from '../phone/phone-desk.ts';
import { GUARDIAN_WORDS, mayDoAlone, youngOf } from './children.ts';
import type { CaseSubject, CheckedCase, SharedEvidence } from './content.ts';
import type { HeldFile } from './held-files.ts';
import { earliestMs, knownDay } from './sure-time.ts';

/** A case somebody wants to file. */
export interface CaseWish {
  readonly matter: Matter;
  readonly basis: Basis;
  readonly answers: Answers;
  /** Whoever laid the card this visit rests on; null when nobody did, or the card is not valid. */
  readonly submitter: IdentityRead | null;
  /** How the submitter was proved in this visit; null where they were not. */
  readonly proof: ProofMethod | null;
  /** Cards of others laid for this matter. */
  readonly cards: readonly IdentityRead[];
  /** Photographs, signatures and recordings made for this matter. */
  readonly files: readonly HeldFile[];
  /** The times offered to this visit, by the platform's id. */
  readonly slots: ReadonlyMap<string, KnownSlot>;
  /** What of the answers was fetched with consent. */
  readonly shared: readonly SharedEvidence[];
  /** The code from their phone that stands in the place of the submitter's card; null where a card was laid. */
  readonly phone?: PhoneEvidence | null;
  /** On the basis `agent` alone: the recorded authority of the one who is not here, and who then stands as `submitter`. */
  readonly authority?: CaseAuthority | null;
}

/** What a case for somebody who is not here rests on. */
export interface CaseAuthority {
  readonly authorityId: Uint8Array;
  /** The card of the agent, who submits it. */
  readonly agentCard: IdentityRead;
  /** The matter as the catalog has it; that of the wish is it as entrusted. */
  readonly whole: Matter;
}

/** What a wish is judged against. */
export interface CheckContext {
  readonly crypto: Pick<Crypto, 'sha256'>;
  readonly time: TrustedTime;
  readonly online: boolean;
}

/** Why a case may not be kept. */
export interface CaseProblem {
  readonly code: Refusal['code'];
  readonly questionId: string | null;
  /** Words of the matter's own; null where the usual ones of the code do. */
  readonly words: Text | null;
}

/**
 * The case with only what belongs to it, or the first thing that speaks against it: assurance, basis, the age of
 * whoever submits, the answers one by one, evidence, eligibility of the subject, and whether it can arrive in time.
 */
export function checkCase(wish: CaseWish, context: CheckContext): Result<CheckedCase, CaseProblem> {
  const { matter, basis, authority = null } = wish;
  if ((basis === 'agent') !== (authority !== null)) return problem('evidence-missing');
  // No more is said of anybody than the matter needs.
  const proof = matter.assurance === 'card+proof' ? wish.proof : null;
  const phone = basis === 'open' ? null : (wish.phone ?? null);
  const assurance = assuranceOf(basis, proof);
  if (phone !== null) {
    if (matter.phoneCode !== true || basis !== 'self') return problem('matter-not-available');
  } else if (authority === null ? !suffices(assurance, matter.assurance) : !isEntrustable(authority.whole))
    return problem(matter.assurance === 'card+proof' ? 'needs-proof' : 'matter-not-available');
  if (basis !== 'open' && wish.submitter === null) return problem('basis-not-allowed');
  const young = youngOf(wish.submitter?.birth ?? null, knownDay(context.time));
  if (young !== null && !mayDoAlone(young, matter, basis))
    return problem('matter-not-available', GUARDIAN_WORDS[young]);

  const settled = checkAnswers(matter, basis, wish.answers, formContext(wish, context.time));
  if (!settled.ok) return err({ ...settled.error });
  const late = findDeadlineProblem(matter, settled.value, {
    nowMs: earliestMs(context.time),
    online: context.online,
  });
  if (late !== undefined) return problem('too-late', late.words, matter.deadline?.question);

  const holder = basis === 'open' ? null : wish.submitter;
  return ok({
    matter,
    matterHash: context.crypto.sha256(canonicalBytes(authority?.whole ?? matter)),
    basis,
    assurance: phone === null ? assurance : 'phone',
    proof,
    phone,
    submitter: authority?.agentCard ?? holder,
    subject: subjectOf(wish, settled.value, holder),
    authorityId: authority?.authorityId ?? null,
    answers: settled.value,
    cards: wish.cards,
    files: wish.files,
    shared: wish.shared.map((one) => ({
      ...one,
      questions: one.questions.filter((id) => Object.hasOwn(settled.value, id)),
    })),
  });
}

/** What answers of this wish are judged against. */
export function formContext(
  wish: Pick<CaseWish, 'submitter' | 'cards' | 'files' | 'slots'>,
  time: TrustedTime,
): FormContext {
  const known = ({ birth, number }: IdentityRead): KnownCard => ({
    birth,
    own: number === wish.submitter?.number,
  });
  return {
    todayIso: isoDate(time.nowMs()),
    day: knownDay(time),
    knownCards: new Map(wish.cards.map((card) => [card.readId, known(card)])),
    knownPhotos: picturesOf(wish.files),
    knownRecordings: recordingsOf(wish.files),
    knownSlots: wish.slots,
    submitterBirth: wish.submitter?.birth ?? null,
    submitterCard: wish.submitter,
  };
}

function picturesOf(files: readonly HeldFile[]): ReadonlySet<string> {
  return new Set(files.filter(({ mediaType }) => mediaType === 'image/jpeg').map(({ ref }) => ref));
}

function recordingsOf(files: readonly HeldFile[]): ReadonlyMap<string, KnownRecording> {
  return new Map(
    files.flatMap(({ ref, seconds }) => (seconds === null ? [] : [[ref, { seconds }] as const])),
  );
}

function assuranceOf(basis: Basis, proof: ProofMethod | null): Assurance {
  if (basis === 'open') return 'open';
  return proof === null ? 'card' : 'card+proof';
}

/** Whether what this visit has shown is enough. */
function suffices(has: Assurance, needs: Assurance): boolean {
  return needs === 'open' || has === needs;
}

/** Whom the case concerns: the submitter, the one whose card was laid for it, or the one whose number was typed. */
function subjectOf(wish: CaseWish, answers: Answers, submitter: IdentityRead | null): CaseSubject | null {
  const { matter, basis } = wish;
  if (basis === 'self' || basis === 'agent') return submitter;
  const readId = findSubjectReadId(matter, basis, answers);
  const laid = wish.cards.find((card) => card.readId === readId);
  return laid ?? findTypedSubject(matter, basis, answers) ?? null;
}

function problem(code: Refusal['code'], words?: Text, questionId?: string) {
  return err<CaseProblem>({ code, words: words ?? null, questionId: questionId ?? null });
}
