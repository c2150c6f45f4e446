/** The contents this terminal files, as plain maps (journal.md "Content"; shapes in `sync/contents.ts`). */

import type { TypedSubject } from '../../catalog/form.ts';
import type {
  Answers,
  AnswerValue,
  Assurance,
  Basis,
  CardFact,
  Matter,
  Question,
} from '../../catalog/schema.ts';
import { findSpoken } from '../../catalog/spoken.ts';
import type { IdentityRead, ProofMethod } from '../../drivers/api.ts';
import type { Person as ContentPerson, Place } from '../../sync/contents.ts';
import type { Language } from '../api.ts';
import type { CashTaken } from '../cash/ledger.ts';
import type { ContentMap } from '../keeper.ts';
import type { PhoneEvidence } from '../phone/phone-desk.ts';
import { filesAnswered, findFileRef, type HeldFile } from './held-files.ts';
import type { CaseIds } from './ids.ts';

/** Whom a case concerns: by a card that was laid, or without one by name and number. */
export type CaseSubject = IdentityRead | TypedSubject;

/** What was fetched of the state on one consent, by the questions it answered. */
export interface SharedEvidence {
  readonly dataSet: string;
  /** The entry of the consent. */
  readonly consentId: Uint8Array;
  /** Questions whose answer stands as it was fetched. */
  readonly questions: readonly string[];
  /** Questions whose fetched answer the person called wrong, and then answered. */
  readonly disputed: readonly string[];
}

/** A case that passed every check, not kept yet. */
export interface CheckedCase {
  readonly matter: Matter;
  readonly matterHash: Uint8Array;
  readonly basis: Basis;
  readonly assurance: Assurance | 'phone';
  /** How the submitter was proved; null where the matter does not need it. */
  readonly proof: ProofMethod | null;
  /** The code from their phone that the submitter showed; null where a card was laid, or the matter is open. */
  readonly phone: PhoneEvidence | null;
  /** Null where the matter is open. */
  readonly submitter: IdentityRead | null;
  readonly subject: CaseSubject | null;
  /** The recorded authority it rests on; null where whoever submits it laid a card of their own for themself or theirs. */
  readonly authorityId: Uint8Array | null;
  /** Of questions that are asked, and of these alone. */
  readonly answers: Answers;
  /** Cards of others, by the `readId` that stands as answer. */
  readonly cards: readonly IdentityRead[];
  readonly files: readonly HeldFile[];
  readonly shared: readonly SharedEvidence[];
  /** What is to be paid, of a matter that is paid. */
  readonly bill?: { readonly reference: string; readonly amountFen: number };
  /** The cash it is paid with, where an agent took some. */
  readonly cash?: CashOfCase;
}

/** Cash that an agent took, and whose it was. */
export interface CashOfCase {
  readonly payer: IdentityRead;
  readonly taken: CashTaken;
}

/** What every content of a visit says of its circumstances. */
export interface Circumstances {
  readonly lang: Language;
  readonly place: Place;
  /** 32 bytes, or null where nothing is remembered. */
  readonly caseReplyKey: Uint8Array | null;
}

/** `case.submitted`: a whole case. */
export function caseContent(checked: CheckedCase, ids: CaseIds, around: Circumstances): ContentMap {
  const { matter, submitter, subject } = checked;
  const isSelf = submitter !== null && subject === submitter;
  return {
    schema: 1,
    kind: 'case.submitted',
    matter: [matter.id, matter.version, checked.matterHash],
    ...numbersOf(ids),
    submitter: submitter && { ...personContent(submitter, isSelf ? matter.cardFacts : ['number']) },
    subject: subject && subjectContent(subject, checked),
    basis: checked.basis,
    assurance: checked.assurance,
    evidence: evidenceOf(checked),
    answers: contentAnswers(checked),
    actors: submitter === null ? [] : [{ role: 'submitter' }],
    attachments: [],
    caseReplyKey: around.caseReplyKey,
    ...(checked.bill && { bill: checked.bill }),
    ...(checked.cash && { cash: cashMap(checked.cash.taken.amountFen, checked.cash.payer) }),
    lang: around.lang,
    place: placeMap(around.place),
  };
}

/** `case.supplemented`: what was asked for, and nothing else; `checked` is of the questions that were asked. */
export function supplementContent(
  checked: CheckedCase,
  what: { readonly caseId: Uint8Array; readonly submissionId: Uint8Array; readonly askedMs: number },
): ContentMap {
  return {
    ...{ schema: 1, kind: 'case.supplemented', ...what, words: null },
    answers: contentAnswers(checked),
    attachments: [],
  };
}

/** `case.withdrawn`: the submitter takes the case back. */
export function withdrawalContent(caseId: Uint8Array, submissionId: Uint8Array): ContentMap {
  return { schema: 1, kind: 'case.withdrawn', caseId, submissionId, words: null };
}

/** `case.collected`: the submitter has the result; they laid their card again to say so, and signed where it was handed over. */
export function collectionContent(
  caseId: Uint8Array,
  submissionId: Uint8Array,
  signed: CheckedCase | undefined,
): ContentMap {
  const common = { schema: 1, kind: 'case.collected', caseId, submissionId };
  if (signed === undefined) return { ...common, how: 'card' };
  return { ...common, how: 'card+signature', answers: contentAnswers(signed), attachments: [] };
}

/** `cash.returned`: the agent gave the cash back. */
export function cashReturnContent(back: {
  readonly caseId: Uint8Array;
  readonly localNumber: string;
  readonly submissionId: Uint8Array;
  readonly amountFen: number;
  readonly payer: IdentityRead;
}): ContentMap {
  const { caseId, localNumber, submissionId, amountFen, payer } = back;
  return {
    ...{ schema: 1, kind: 'cash.returned', caseId, localNumber, submissionId },
    ...cashMap(amountFen, payer),
    actors: [],
  };
}

function cashMap(amountFen: number, payer: IdentityRead) {
  return { amountFen, payer: { ...personContent(payer, ['number']) } };
}

/** `case.frozen`: "not me" was said of a card's last use. */
export function freezeContent(
  what: {
    readonly submitter: IdentityRead;
    readonly frozenCaseIds: readonly Uint8Array[];
    readonly lastUseMs: number | null;
  },
  ids: CaseIds,
  around: Circumstances,
): ContentMap {
  return {
    schema: 1,
    kind: 'case.frozen',
    ...numbersOf(ids),
    submitter: { ...personContent(what.submitter, ['number']) },
    frozenCaseIds: what.frozenCaseIds,
    lastUseMs: what.lastUseMs,
    caseReplyKey: around.caseReplyKey,
    lang: around.lang,
    place: placeMap(around.place),
  };
}

/** `rating`: one of the national five grades for a case, without words. */
export function ratingContent(caseId: Uint8Array, submissionId: Uint8Array, grade: number): ContentMap {
  return { schema: 1, kind: 'rating', caseId, submissionId, grade, words: null };
}

/** GB/T 2261.1 (domain.md A.8). */
const SEX_CODE = { unknown: '0', male: '1', female: '2', 'not-stated': '9' } as const;

/** A card's holder as contents hold them: the name, and of the rest only `facts`. */
export function personContent(card: IdentityRead, facts: readonly CardFact[]): ContentPerson & ContentMap {
  const has = (fact: CardFact) => facts.includes(fact);
  return {
    name: card.name,
    number: has('number') ? card.number : null,
    kind: has('number') ? card.kind : null,
    birth: has('birth') ? card.birth : null,
    sex: has('sex') ? SEX_CODE[card.sex] : null,
    address: (has('address') && card.address) || null,
  };
}

/** Of a card only what the matter needs; who has none to lay is told by name, number and the birth date in it. */
function subjectContent(subject: CaseSubject, { matter, authorityId }: CheckedCase): ContentMap {
  // Whoever is not here is known by the number that stands in their authority.
  const facts = authorityId === null ? matter.cardFacts : [...matter.cardFacts, 'number' as const];
  if ('readId' in subject) return { ...personContent(subject, facts) };
  const { name, number, birth } = subject;
  return { name, number, kind: null, birth, sex: null, address: null };
}

function numbersOf(ids: CaseIds) {
  return {
    caseId: ids.caseId,
    localNumber: ids.localNumber,
    slipCode: ids.slipCode,
    submissionId: ids.submissionId,
  };
}

/** What was laid before the terminal as proof of the basis, in answer to which question; and how the person was proved. */
function evidenceOf(checked: CheckedCase): ContentMap[] {
  const { matter, basis, answers, proof, phone, shared, authorityId } = checked;
  const offered = matter.bases.find((one) => one.basis === basis)?.evidence ?? [];
  const given = offered.filter(({ question }) => Object.hasOwn(answers, question));
  return [
    ...given,
    ...(proof === null ? [] : [{ type: 'person-proof', method: proof }]),
    ...(phone === null ? [] : [{ type: 'phone-code', ...phone }]),
    ...shared.map((one) => ({ type: 'shared', ...one })),
    ...(authorityId === null ? [] : [{ type: 'authority', authorityId }]),
  ];
}

/** The answers; a card read becomes the person on that card, a file its place among the case's files, said or shown. */
export function contentAnswers(checked: CheckedCase): ContentMap {
  const { matter, answers, cards } = checked;
  const files = filesAnswered(checked).map(({ ref }) => ref);
  const told = (questionId: string, value: AnswerValue) => {
    const question = matter.questions.find(({ id }) => id === questionId);
    const ref = question && findFileRef(question, value);
    if (question !== undefined && ref !== undefined) return placed(question, value, files.indexOf(ref));
    const card = cards.find(({ readId }) => readId === value);
    return question?.type === 'person-card' && card !== undefined
      ? personContent(card, matter.cardFacts)
      : value;
  };
  return Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, told(id, value)]));
}

/** An answer that is a file, by the place of that file. */
function placed({ type }: Question, value: AnswerValue, place: number): number | ContentMap {
  return type === 'text' ? { spoken: place, seconds: findSpoken(value)?.seconds ?? 0 } : place;
}

/** A place as contents hold it. */
export function placeMap(place: Place): ContentMap {
  const area = ({ code, name }: Place['county']) => ({ code, name });
  return { county: area(place.county), town: area(place.town), village: area(place.village) };
}
