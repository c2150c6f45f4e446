/** What an entry's content says, as far as filing it goes. Pure, so that it runs on any thread, once an entry. */
import type { z } from 'zod';
import { type AgentKeyContent, agentKeyContentSchema } from '../../sync/agent-contents.ts';
import {
  agentDayContentSchema,
  callBackDoneSchema,
  callBackPromisedSchema,
  repairContentSchema,
} from '../../sync/agent-work-contents.ts';
import { authorityContentSchema, authorityEndContentSchema } from '../../sync/authority-contents.ts';
import { decodeContent, fitContent } from '../../sync/content-coding.ts';
import {
  type CaseContent,
  type ConsentContent,
  caseContentSchema,
  cashReturnContentSchema,
  certificateVoidedContentSchema,
  collectionContentSchema,
  consentContentSchema,
  consentWithdrawalContentSchema,
  copyHealedContentSchema,
  type FreezeContent,
  freezeContentSchema,
  journalOpenedContentSchema,
  ratingContentSchema,
  type SupplementContent,
  supplementContentSchema,
  withdrawalContentSchema,
} from '../../sync/contents.ts';
import { machineOrderAnswerSchema } from '../../sync/machine-orders.ts';
import {
  noticeAcknowledgedContentSchema,
  noticeAnsweredContentSchema,
  noticeShownContentSchema,
} from '../../sync/notice-contents.ts';
import { upkeepSignInSchema } from '../../sync/upkeep-contents.ts';
import type { CallBackWord } from '../agents/call-backs.ts';
import type { RepairOrder } from '../agents/repairs.ts';
import type { AuthorityEndFacts, AuthorityFacts } from '../authorities/take.ts';
import type { OrderAnswerFacts } from '../feed/order-answers.ts';
import type { SignInFacts } from '../upkeep/sign-ins.ts';

/** The parts of a case that filing looks at. */
export type CaseFacts = Pick<
  CaseContent,
  | ('caseId' | 'localNumber' | 'caseReplyKey' | 'matter' | 'basis' | 'answers' | 'bill' | 'cash')
  | ('actors' | 'submitter' | 'subject' | 'evidence' | 'cardMark')
>;
/** The parts of a "not me" that filing looks at. */
export type FreezeFacts = Pick<FreezeContent, 'caseId' | 'localNumber' | 'caseReplyKey' | 'frozenCaseIds'>;

/** The parts of an agent's new key that are looked at; `number` is that of the card it was made with. */
export type AgentKeyFacts = Pick<AgentKeyContent, 'agentId' | 'signKey' | 'openKey'> & {
  readonly number: string;
};

/** The parts of a consent that are looked at: whose card was laid, what for, and who stood by. */
export interface ConsentFacts extends Pick<ConsentContent, 'matter'> {
  readonly number: string;
  readonly actors: readonly unknown[];
}

type ActFacts = Pick<Extract<Reading, { as: 'act' }>, 'caseId' | 'cardMark' | 'actors'>;

/** What an entry brings. */
export type Reading =
  | { readonly as: 'case'; readonly kind: string; readonly facts: CaseFacts }
  | { readonly as: 'freeze'; readonly kind: string; readonly facts: FreezeFacts }
  /** Something that happens to a case. */
  | {
      readonly as: 'act';
      readonly kind: string;
      readonly action: 'supplement' | 'withdraw' | 'collect';
      readonly caseId: Uint8Array;
      /** The time of the ask that a supplement answers; null where it says none, and of other acts. */
      readonly askedMs: number | null;
      /** The mark of the card that was laid for it; null where it says none. */
      readonly cardMark: Uint8Array | null;
      readonly actors: readonly unknown[];
      /** What a supplement brings; empty of other acts. */
      readonly answers: CaseContent['answers'];
    }
  /** A consent counts no more. */
  | { readonly as: 'withdrawal'; readonly kind: string; readonly consentId: Uint8Array }
  /** Papers that count no more. */
  | {
      readonly as: 'voided';
      readonly kind: string;
      readonly numbers: readonly string[];
      readonly reason: string;
    }
  /** A grade that somebody gave; what they wrote with it stays sealed. */
  | {
      readonly as: 'rating';
      readonly kind: string;
      readonly caseId: Uint8Array | null;
      readonly grade: number;
    }
  /** What a village says to an emergency notice; how things stand there stays sealed. */
  | {
      readonly as: 'notice-reply';
      readonly kind: string;
      readonly noticeId: Uint8Array;
      readonly said: 'shown' | 'acknowledged' | 'answered';
    }
  /** Cash that an agent took went back. */
  | {
      readonly as: 'cash-returned';
      readonly kind: string;
      readonly caseId: Uint8Array;
      readonly actors: readonly unknown[];
    }
  /** A resident entrusts an agent, or takes it back. */
  | { readonly as: 'authority'; readonly kind: string; readonly facts: AuthorityFacts }
  | { readonly as: 'authority-end'; readonly kind: string; readonly facts: AuthorityEndFacts }
  /** A call that an agent promised about a case, or made. */
  | {
      readonly as: 'call-back';
      readonly kind: string;
      readonly submissionId: Uint8Array;
      readonly word: CallBackWord;
    }
  /** A machine's disk lost part of one copy by itself, and was given it back. */
  | { readonly as: 'healed'; readonly kind: string; readonly pieces: number }
  /** A repair that a machine needs. */
  | {
      readonly as: 'repair';
      readonly kind: string;
      readonly order: Pick<RepairOrder, 'repairId' | 'part' | 'fault' | 'agentId'>;
    }
  /** Kept, and nothing more; an agent's new key, or what became of an order, is taken beside it. */
  | {
      readonly as: 'record';
      readonly kind: string;
      readonly agentKey?: AgentKeyFacts;
      readonly orderAnswer?: OrderAnswerFacts;
      readonly signIn?: SignInFacts;
      readonly consent?: ConsentFacts;
    }
  /** Nobody can read it; `oddity` names fields, not what stood in them. */
  | { readonly as: 'misfit'; readonly kind: string | null; readonly oddity: string };

/** Reads one content. */
export function readEntry(content: Uint8Array): Reading {
  const decoded = decodeContent(content);
  const plain = decoded.ok ? decoded.value : undefined;
  const kind = findKind(plain);
  switch (kind) {
    case undefined:
      return { as: 'misfit', kind: null, oddity: 'no kind' };
    case 'case.submitted':
      return whenFits(kind, caseContentSchema, plain, (whole) => {
        const { caseId, localNumber, caseReplyKey, matter, basis, answers, bill, cash } = whole;
        const { actors, submitter, subject, evidence, cardMark } = whole;
        const known = { caseId, localNumber, caseReplyKey, matter, basis, answers, bill, cash };
        const facts = { ...known, actors, submitter, subject, evidence, cardMark };
        return { as: 'case', kind, facts };
      });
    case 'case.frozen':
      return whenFits(kind, freezeContentSchema, plain, (whole) => {
        const { caseId, localNumber, caseReplyKey, frozenCaseIds } = whole;
        return { as: 'freeze', kind, facts: { caseId, localNumber, caseReplyKey, frozenCaseIds } };
      });
    case 'case.supplemented':
      return whenFits(kind, supplementContentSchema, plain, (whole) => ({
        ...{ as: 'act', kind, action: 'supplement', ...actFacts(whole), askedMs: whole.askedMs ?? null },
        answers: whole.answers,
      }));
    case 'case.withdrawn':
      return whenFits(kind, withdrawalContentSchema, plain, (whole) => ({
        ...{ as: 'act', kind, action: 'withdraw', ...actFacts(whole), askedMs: null, answers: {} },
      }));
    case 'case.collected':
      return whenFits(kind, collectionContentSchema, plain, (whole) => ({
        ...{ as: 'act', kind, action: 'collect', ...actFacts(whole), askedMs: null, answers: {} },
      }));
    case 'cash.returned':
      return whenFits(kind, cashReturnContentSchema, plain, ({ caseId, actors }) => ({
        ...{ as: 'cash-returned', kind, caseId, actors },
      }));
    case 'rating':
      return whenFits(kind, ratingContentSchema, plain, ({ caseId, grade }) => ({
        ...{ as: 'rating', kind, caseId, grade },
      }));
    case 'notice.shown':
      return whenFits(kind, noticeShownContentSchema, plain, ({ noticeId }) => ({
        ...{ as: 'notice-reply', kind, noticeId, said: 'shown' },
      }));
    case 'notice.acknowledged':
      return whenFits(kind, noticeAcknowledgedContentSchema, plain, ({ noticeId }) => ({
        ...{ as: 'notice-reply', kind, noticeId, said: 'acknowledged' },
      }));
    case 'notice.answered':
      return whenFits(kind, noticeAnsweredContentSchema, plain, ({ noticeId }) => ({
        ...{ as: 'notice-reply', kind, noticeId, said: 'answered' },
      }));
    case 'call-back.promised':
      return whenFits(kind, callBackPromisedSchema, plain, ({ submissionId, agentId, caseId, day }) => ({
        ...{ as: 'call-back', kind, submissionId, word: { said: 'promised', agentId, caseId, day } },
      }));
    case 'call-back.done':
      return whenFits(kind, callBackDoneSchema, plain, ({ submissionId, agentId, callBackId }) => ({
        ...{ as: 'call-back', kind, submissionId, word: { said: 'done', agentId, callBackId } },
      }));
    case 'audit.repair':
      return whenFits(kind, repairContentSchema, plain, ({ submissionId, part, fault, agentId }) => ({
        ...{ as: 'repair', kind, order: { repairId: submissionId, part, fault, agentId } },
      }));
    case 'audit.agent-day':
      return whenFits(kind, agentDayContentSchema, plain, () => ({ as: 'record', kind }));
    case 'journal.opened':
      return whenFits(kind, journalOpenedContentSchema, plain, () => ({ as: 'record', kind }));
    case 'consent':
      return whenFits(kind, consentContentSchema, plain, ({ person, submitter, matter, ...whole }) => {
        const { number } = { ...person, ...submitter };
        const actors = Array.isArray(whole.actors) ? whole.actors : [];
        return { as: 'record', kind, consent: { number: number ?? person.number, matter, actors } };
      });
    case 'consent.withdrawn':
      return whenFits(kind, consentWithdrawalContentSchema, plain, ({ consentId }) => ({
        ...{ as: 'withdrawal', kind, consentId },
      }));
    case 'certificate.voided':
      return whenFits(kind, certificateVoidedContentSchema, plain, ({ numbers, reason }) => ({
        ...{ as: 'voided', kind, numbers, reason },
      }));
    case 'authority.given':
      return whenFits(kind, authorityContentSchema, plain, ({ submitter, ...whole }) => {
        const { authorityId, agentId, matters, givenMs, untilMs, actors } = whole;
        const facts = { authorityId, agentId, matters, givenMs, untilMs, actors, number: submitter.number };
        return { as: 'authority', kind, facts };
      });
    case 'authority.ended':
      return whenFits(kind, authorityEndContentSchema, plain, ({ authorityId, submitter }) => ({
        ...{ as: 'authority-end', kind, facts: { authorityId, number: submitter.number } },
      }));
    case 'audit.copy-healed':
      return whenFits(kind, copyHealedContentSchema, plain, ({ pieces }) => ({ as: 'healed', kind, pieces }));
    case 'audit.machine-order':
      return whenFits(kind, machineOrderAnswerSchema, plain, ({ orderId, outcome, why }) => ({
        ...{ as: 'record', kind, orderAnswer: { orderId, outcome, why } },
      }));
    case 'audit.upkeep-sign-in':
      return whenFits(kind, upkeepSignInSchema, plain, ({ role, by, machine, challenge }) => ({
        ...{ as: 'record', kind, signIn: { role, by, machine, challenge } },
      }));
    case 'audit.agent-key':
      return whenFits(kind, agentKeyContentSchema, plain, ({ agentId, signKey, openKey, holder }) => ({
        ...{ as: 'record', kind, agentKey: { agentId, signKey, openKey, number: holder.number } },
      }));
    default:
      if (kind.startsWith('audit.')) return { as: 'record', kind };
      return { as: 'misfit', kind, oddity: 'unknown kind' };
  }
}

/** On what an act rests: the case, whose card lay there, and who stood by. */
function actFacts({
  caseId,
  cardMark,
  actors,
}: Pick<SupplementContent, 'caseId' | 'cardMark' | 'actors'>): ActFacts {
  return { caseId, cardMark: cardMark ?? null, actors: Array.isArray(actors) ? actors : [] };
}

/** The case that filing it would make, if any. */
export function findCaseId(reading: Reading): Uint8Array | undefined {
  return reading.as === 'case' || reading.as === 'freeze' ? reading.facts.caseId : undefined;
}

/** The `kind` of a content, when it has one that can be written down. */
function findKind(plain: unknown): string | undefined {
  const kind = (plain as { kind?: unknown } | null | undefined)?.kind;
  return typeof kind === 'string' && kind.length <= 64 && !kind.includes('\0') ? kind : undefined;
}

function whenFits<T>(
  kind: string,
  schema: z.ZodType<T>,
  plain: unknown,
  say: (content: T) => Reading,
): Reading {
  const read = fitContent(schema, plain);
  if (!read.ok) return { as: 'misfit', kind, oddity: read.error.detail.slice(0, 500) };
  return say(read.value);
}
