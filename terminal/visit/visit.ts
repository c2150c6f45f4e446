/** One visit, as data: who is here, which page they are on, and what they have in hand. Never on disk. */
import type { Answers, AnswerValue, Basis, Matter } from '../../catalog/schema.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import type { CertificateWords } from '../../sync/formats/certificate.ts';
import type { ScannedSlip } from '../../sync/lookup.ts';
import type { AgentHere } from '../agents/agent-desk.ts';
import type { Language, Problem } from '../api.ts';
import { type HeldFile, wipeFiles } from '../cases/held-files.ts';
import type { CaseIds } from '../cases/ids.ts';
import type { PhoneCodeTrouble } from '../phone/phone-desk.ts';
import type { Absent } from './absent.ts';
import type { AgentSignIn, VisitAgent } from './agent-here.ts';
import type { BundledCase, BundledChoice } from './bundle.ts';
import type { Draft } from './draft.ts';
import type { Paying } from './paying.ts';
import { forgetPerson, type Person, wipeCard } from './person.ts';
import { NOTHING_PROVED, type Proving } from './proving.ts';
import type { Sharing } from './sharing.ts';
import type { SlipSubject } from './slip-of.ts';
import type { Supplementing } from './supplement.ts';

/** A page of a visit, without its content. */
export type Spot =
  | { readonly at: 'home' }
  | { readonly at: 'categories' }
  | { readonly at: 'category'; readonly categoryId: string }
  | { readonly at: 'matter'; readonly matterId: string }
  | { readonly at: 'question'; readonly questionId: string }
  /** Who stands here is proved before `next`. */
  | { readonly at: 'prove-person'; readonly next: Spot }
  /** What a matter would fetch from the state, and on which words. */
  | { readonly at: 'consent'; readonly dataSet: string }
  /** What came of that, before it stands as answers. */
  | { readonly at: 'fetched'; readonly dataSet: string }
  /** The answer of a matter that is read; its pages count from 0. */
  | { readonly at: 'records'; readonly page: number }
  /** The paper of a matter that prints one. */
  | { readonly at: 'print' }
  | { readonly at: 'kept-of-me' }
  /** What the same answers open as well, before the check page. */
  | { readonly at: 'bundle' }
  /** Whose bill it is that is to be paid. */
  | { readonly at: 'bill' }
  /** Cash for the one of the bills found that stands at `index`. */
  | { readonly at: 'cash'; readonly index: number }
  | { readonly at: 'payment' }
  | { readonly at: 'check' }
  | { readonly at: 'kept' }
  | { readonly at: 'my-cases' }
  | { readonly at: 'prove-again'; readonly ref: string; readonly next: 'case' | 'collect' }
  | { readonly at: 'case'; readonly ref: string }
  /** Whether a case is really to be taken back. */
  | { readonly at: 'withdraw'; readonly ref: string }
  /** Its result is in hand; the card was laid again. */
  | { readonly at: 'collect'; readonly ref: string }
  /** How content they were with a case that has ended; `given` once they said. */
  | { readonly at: 'rate-case'; readonly ref: string; readonly given: number | null }
  | { readonly at: 'last-use' }
  | { readonly at: 'guide'; readonly guideId: string }
  /** The guides of a category, or of a matter that is nothing but guides. */
  | { readonly at: 'guide-list'; readonly of: 'category' | 'matter'; readonly id: string }
  | { readonly at: 'find'; readonly words: string }
  | { readonly at: 'slip-lookup'; readonly step: 'scan' | 'number' | 'code' }
  | { readonly at: 'slip-answer' }
  | { readonly at: 'agent-sign-in' }
  /** An emergency notice, before `next`. */
  | { readonly at: 'notice'; readonly noticeId: string; readonly next: Spot }
  /** An agent alone, who waits for a resident's card. */
  | { readonly at: 'agent-desk' }
  /** The agent's own: what is to be done, one thing of it, and what today came to. */
  | { readonly at: 'agent-list'; readonly page: number }
  | { readonly at: 'agent-item'; readonly ref: string; readonly localNumber: string | null }
  | { readonly at: 'agent-day' }
  | { readonly at: 'agent-repair' }
  /** Those who are not here, and the one whom the agent acts for. */
  | { readonly at: 'absent-list' | 'absent' }
  | { readonly at: 'no-card' | 'card-not-valid' | 'guides' | 'emergency' | 'lost-card' | 'agent' }
  | { readonly at: 'phone-code' };

/** How the card a page waits for is doing. */
export type CardMoment = 'waiting' | 'reading' | 'trouble' | 'other-card';

/** How the code a question waits for is doing; `read` is one from the scanner, not judged with the rest yet. */
export type CodeMoment = 'waiting' | 'read' | 'unreadable';

/** A slip being looked up. */
export interface LookUp {
  readonly localNumber: string | null;
  readonly slipCode: string | null;
  /** Null where number and code were typed. */
  readonly scanned: ScannedSlip | null;
  /** A printed certificate that was scanned instead of a slip. */
  readonly certificate: CertificateWords | null;
  /** The question put to the platform. */
  readonly askId: number | null;
  readonly problem: Problem | null;
}

/** A code from the phone being looked at. */
export interface PhoneLook {
  /** The check that runs; null while a code is waited for. */
  readonly checkId: number | null;
  /** What was wrong with the last one; `other-person` than the card that was laid. */
  readonly trouble: PhoneCodeTrouble | 'other-person' | 'unreadable' | null;
}

/** A matter being filled in. */
export interface Filling {
  readonly matter: Matter;
  readonly basis: Basis;
  readonly ids: CaseIds;
  readonly answers: Answers;
  /** What is being typed, not judged yet. */
  readonly typing: { readonly questionId: string; readonly value: AnswerValue } | null;
  /** Cards of other people read for this matter, by the `readId` that is the answer. */
  readonly cards: readonly IdentityRead[];
  /** Photographs, signatures and recordings made for this matter, one a question. */
  readonly files: readonly HeldFile[];
  readonly problem: Problem | null;
  /** Whether the check page was reached: an answer changed from there leads back to it. */
  readonly checking: boolean;
  /** What was asked of the state for this matter. */
  readonly sharing: Sharing;
  /** The look-up of the bills that these answers name; null where it was not made yet. */
  readonly billsAskId: number | null;
  /** The print that was asked for, by its number at the print desk, and whether its sheets were taken. */
  readonly printing: { readonly printId: number; readonly taken: boolean } | null;
  /** What the same answers open as well. */
  readonly bundle: readonly BundledChoice[];
  /** Questions that were done with when a draft was left: while their answers stand, nobody is led past them again. */
  readonly passed: ReadonlySet<string>;
  /** Set where this is no case of its own: what was asked for after one was filed. `matter` then asks that alone. */
  readonly supplement: Supplementing | null;
  /** Set where an agent is entrusted by it, or does it on an authority; `whole` is the matter as the catalog has it. */
  readonly authority: { readonly for: 'giving' } | { readonly for: 'using'; readonly whole: Matter } | null;
  /** Set where this is no case at all: what the village says to this emergency notice. */
  readonly notice: string | null;
  /** Set where its result is handed over: the case it is of. `matter` then asks for the person's signature alone. */
  readonly collects: Uint8Array | null;
}

/** A case kept in this visit, for its page and its slip. */
export interface Filed extends SlipSubject {
  readonly matter: Matter;
  readonly caseId: Uint8Array;
  /** Masked name of the one it was for; null where nobody is known. */
  readonly forWhom: string | null;
  /** What was filed with it. */
  readonly bundle: readonly BundledCase[];
  readonly ratingId: Uint8Array;
  readonly rating: number | null;
}

/** A visit. Replaced as a whole by each step; {@link wipeVisit} overwrites what it held. */
export interface Visit {
  readonly language: Language;
  /** Null while nobody's card was laid. */
  readonly person: Person | null;
  readonly spot: Spot;
  /** The pages "back" leads to, oldest first. */
  readonly trail: readonly Spot[];
  readonly cardMoment: CardMoment;
  readonly codeMoment: CodeMoment;
  /** What was proved of the person, and how proving goes. */
  readonly proving: Proving;
  readonly filling: Filling | null;
  readonly filed: Filed | null;
  /** The agent who acts; null where nobody does. */
  readonly agent: VisitAgent | null;
  /** Whom the agent acts for who is not here; null where nobody is meant, or somebody laid their card. */
  readonly absent: Absent | null;
  /** Only while its page stands. */
  readonly agentSignIn: AgentSignIn | null;
  /** The entry of the agent's day that was printed from its page. */
  readonly daySlip: Uint8Array | null;
  /** Parts of the machine that an agent asked a repair for. */
  readonly repairs: readonly string[];
  /** The call an agent promised about a case in this visit; `day` is an ISO date. */
  readonly promised: { readonly ref: string; readonly day: string } | null;
  /** Agents who helped in this visit and handed it back. */
  readonly helpers: readonly AgentHere[];
  /** Only while its page stands. */
  readonly paying: Paying | null;
  /** Only while one of its pages is shown. */
  readonly lookUp: LookUp | null;
  /** Only while a code from the phone is waited for. */
  readonly phone: PhoneLook | null;
  /** The emergency notices read in this visit. */
  readonly noticesRead: readonly string[];
  /** The "not me" said in this visit. */
  readonly frozen: SlipSubject | null;
  /** What was left unfinished at an earlier visit, or set down in this one. */
  readonly draft: Draft | null;
  /** The entries whose slips were asked for: the person is reminded to take them. */
  readonly slipsOf: readonly Uint8Array[];
  /** How many copies were asked for: nobody empties the roll. */
  readonly copiesAsked: number;
}

/** A new visit at its first page. */
export function beginVisit(language: Language, person: Person | null, draft: Draft | null): Visit {
  return {
    language,
    person,
    spot: firstSpot(person),
    trail: [],
    cardMoment: 'waiting',
    codeMoment: 'waiting',
    proving: NOTHING_PROVED,
    filling: null,
    filed: null,
    agent: null,
    absent: null,
    agentSignIn: null,
    helpers: [],
    daySlip: null,
    repairs: [],
    promised: null,
    paying: null,
    lookUp: null,
    phone: null,
    noticesRead: [],
    frozen: null,
    draft,
    slipsOf: [],
    copiesAsked: 0,
  };
}

/** Where "home" leads in a visit: for an agent alone, back to waiting for a resident. */
export function homeSpot({ agent, person }: Visit): Spot {
  return agent !== null && person === null ? { at: 'agent-desk' } : firstSpot(person);
}

/** Where a visit begins. */
export function firstSpot(person: Person | null): Spot {
  if (person === null) return { at: 'no-card' };
  return { at: person.validity === 'valid' ? 'home' : 'card-not-valid' };
}

/**
 * The visit on another page: what the page before waited for is waited for no more, a look-up or a
 * proof under way ends with its pages.
 */
export function atSpot(visit: Visit, spot: Spot): Visit {
  const lookUp = lookUpAt(visit.lookUp, spot);
  const proving = spot.at === 'prove-person' ? visit.proving : { ...visit.proving, run: null };
  const agentSignIn = spot.at === 'agent-sign-in' ? visit.agentSignIn : wipeSignIn(visit);
  const phone = spot.at === 'phone-code' ? visit.phone : null;
  const absent = LEAVES_ABSENT.has(spot.at) ? null : visit.absent;
  const kept = { ...visit, lookUp, phone, proving, agentSignIn, absent };
  return { ...kept, spot, cardMoment: 'waiting', codeMoment: 'waiting' };
}

/** Pages on which an agent acts for nobody. */
const LEAVES_ABSENT: ReadonlySet<Spot['at']> = new Set(['agent-desk', 'absent-list']);

function lookUpAt(lookUp: LookUp | null, { at }: Spot): LookUp | null {
  if (lookUp === null || at === 'slip-answer') return lookUp;
  return at === 'slip-lookup' ? { ...lookUp, askId: null, problem: null } : null;
}

function wipeSignIn({ agentSignIn }: Visit): null {
  if (agentSignIn?.card) wipeCard(agentSignIn.card);
  return null;
}

/** The visit one page further; "back" leads to the page left. */
export function goTo(visit: Visit, spot: Spot): Visit {
  return { ...atSpot(visit, spot), trail: [...visit.trail, visit.spot] };
}

/** Overwrites what a filling holds of people: cards of others, files, the private halves of reply keys. */
export function wipeFilling(filling: Filling): void {
  for (const card of filling.cards) wipeCard(card);
  wipeFiles(filling.files);
  for (const { ids } of [filling, ...filling.bundle]) ids.replyKeyPrivate.fill(0);
}

/** Whether something is filled in, kept or printed in this visit. */
export function hasInHand(visit: Visit): boolean {
  return visit.filling !== null || visit.filed !== null || visit.slipsOf.length > 0;
}

/** Overwrites what the visit holds of people. The visit must not be used afterwards. */
export function wipeVisit(visit: Visit): void {
  if (visit.person !== null) forgetPerson(visit.person);
  if (visit.filling !== null) wipeFilling(visit.filling);
  if (visit.agent !== null) wipeCard(visit.agent.card);
  wipeSignIn(visit);
}
