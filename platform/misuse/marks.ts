/**
 * What of a case is compared with other cases: a telephone, an account, a person, an agent. Nothing of it is kept in
 * clear. A mark holds keyed digests (HMAC-SHA256 under a key that lies with the platform's other keys): of what is
 * compared (`about`), and of what is counted (`other`), the latter bound to the former, so that a person cannot be
 * followed from one telephone to another. Telephone numbers and ID numbers are few enough to be tried one by one: it is
 * the key alone that hides them. Whoever has the key and the marks can ask of any number whether it is among them.
 */
import { concat, label, toHex, utf8 } from '../../base/bytes.ts';
import { civilTime } from '../../base/calendar.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { findBankNumber } from '../../catalog/bank-account.ts';
import { findPhone } from '../../catalog/phone.ts';
import type { Matter } from '../../catalog/schema.ts';
import { agentActorSchema } from '../../sync/agent-contents.ts';
import { findAuthorityNamed } from '../../sync/authority-contents.ts';
import type { Place } from '../../sync/contents.ts';
import { isForAbsent } from '../authorities/take.ts';
import type { CaseFacts, ConsentFacts } from '../cases/reading.ts';
import type { NewMisuseMark } from '../store/misuse-tables.ts';
import { NIGHT, type PatternName, URGENT } from './patterns.ts';

/** A case that was filed. */
export interface MarkedCase {
  readonly entryId: Uint8Array;
  readonly terminalId: Uint8Array;
  readonly submittedMs: number;
  /** When it came here. */
  readonly nowMs: number;
  readonly facts: CaseFacts;
  /** Whether it is for the county alone. */
  readonly countyOnly: boolean;
  readonly place: Place;
  /** The version that was on the screen, or today's; `undefined` where it is not known here. */
  readonly matter: Matter | undefined;
}

/** What is compared and counted, before it is digested. */
interface Trace {
  readonly pattern: PatternName;
  readonly about: string;
  readonly other: string;
}

const LABEL = label('yizhan/misuse/1');
const DIGEST_BYTES = 16;

/** The marks of one case; none where no card was laid. */
export function marksOf(
  crypto: Pick<Crypto, 'hmacSha256'>,
  key: Uint8Array,
  what: MarkedCase,
): readonly NewMisuseMark[] {
  return digested(crypto, key, tracesOf(what), { ...what, caseId: what.facts.caseId });
}

/** A consent that was filed: somebody looks something up with a card. */
export interface MarkedConsent extends Omit<MarkedCase, 'facts' | 'matter'> {
  readonly facts: ConsentFacts;
}

/** The marks of one consent. */
export function marksOfConsent(
  crypto: Pick<Crypto, 'hmacSha256'>,
  key: Uint8Array,
  what: MarkedConsent,
): readonly NewMisuseMark[] {
  const machine = toHex(what.terminalId);
  const person = what.facts.number.toUpperCase();
  const found: Trace[] = [];
  if (agentsOf(what.facts.actors).length === 0)
    found.push({ pattern: 'many-cards', about: machine, other: person });
  if (isNight(what.submittedMs)) found.push({ pattern: 'looks-at-night', about: machine, other: person });
  return digested(crypto, key, found, { ...what, caseId: null });
}

function digested(
  crypto: Pick<Crypto, 'hmacSha256'>,
  key: Uint8Array,
  traces: readonly Trace[],
  what: Omit<MarkedConsent, 'facts'> & { readonly caseId: Uint8Array | null },
): readonly NewMisuseMark[] {
  const { entryId, caseId, submittedMs: atMs, nowMs: markedMs, countyOnly, place } = what;
  return traces.map(({ pattern, about, other }) => ({
    ...{ entryId, pattern, caseId, atMs, markedMs, countyOnly: countyOnly ? 1 : 0 },
    ...{ townCode: place.town.code, villageName: place.village.name },
    about: misuseDigest(crypto, key, [pattern, about]),
    other: misuseDigest(crypto, key, [pattern, about, other]),
  }));
}

/** What was done to a case afterwards with its person's card: supplied, taken back, fetched. `facts` are the case's own. */
export interface MarkedAct extends MarkedCase {
  readonly actors: readonly unknown[];
  /** What a supplement brings. */
  readonly answers: CaseFacts['answers'];
}

/**
 * The marks of one act: a card was laid, as for a case, and what is supplied is compared with what others handed in. It is
 * the case's own again, so nobody is counted twice who files and supplies.
 */
export function marksOfAct(
  crypto: Pick<Crypto, 'hmacSha256'>,
  key: Uint8Array,
  what: MarkedAct,
): readonly NewMisuseMark[] {
  // Whoever is no agent there is passed over.
  const actors = [...what.actors] as CaseFacts['actors'];
  const traces = tracesOf({ ...what, facts: { ...what.facts, actors, answers: what.answers, evidence: [] } });
  return digested(crypto, key, traces, { ...what, caseId: what.facts.caseId });
}

/** 16 bytes that say nothing without the key. */
export function misuseDigest(
  crypto: Pick<Crypto, 'hmacSha256'>,
  key: Uint8Array,
  parts: readonly string[],
): Uint8Array {
  return crypto.hmacSha256(key, concat(LABEL, utf8(JSON.stringify(parts)))).slice(0, DIGEST_BYTES);
}

function tracesOf({ terminalId, submittedMs, facts, matter }: MarkedCase): readonly Trace[] {
  const { caseId, actors } = facts;
  // Under an entrustment the card that was laid is the agent's: the resident is meant.
  const resident = isForAbsent(facts) ? facts.subject : facts.submitter;
  if (!resident?.number) return [];
  const person = resident.number.toUpperCase();
  const household = resident.address?.normalize('NFKC').replaceAll(/\s/g, '') || person;
  const machine = toHex(terminalId);
  const ownCase = toHex(caseId);
  const agents = agentsOf(actors);
  const found: Trace[] = agents.flatMap((agent) => [
    { pattern: 'agent-many', about: agent, other: person },
    { pattern: 'agent-again', about: `${agent}/${person}`, other: ownCase },
  ]);
  const authority = findAuthorityNamed(facts.evidence);
  if (authority) found.push({ pattern: 'authority-again', about: toHex(authority), other: ownCase });
  if (agents.length === 0) found.push({ pattern: 'many-cards', about: machine, other: person });
  if (isNight(submittedMs) && !isUrgent(matter))
    found.push({ pattern: 'at-night', about: machine, other: ownCase });
  for (const phone of phonesIn(facts, matter))
    found.push({ pattern: 'one-phone', about: phone, other: household });
  for (const account of accountsIn(facts, matter))
    found.push({ pattern: 'one-account', about: account, other: household });
  return found;
}

/** Agents who stood by under their own name, whatever they did. */
function agentsOf(actors: readonly unknown[]): readonly string[] {
  const named = actors.flatMap((actor) => {
    const read = agentActorSchema.safeParse(actor);
    return read.success ? [toHex(read.data.agentId)] : [];
  });
  return [...new Set(named)];
}

function isNight(atMs: number): boolean {
  const { hour } = civilTime(atMs);
  return hour >= NIGHT.fromHour || hour < NIGHT.untilHour;
}

function isUrgent(matter: Matter | undefined): boolean {
  if (matter === undefined) return false;
  const { kinds, categories } = URGENT;
  return (
    matter.deadline !== undefined ||
    kinds.some((kind) => kind === matter.kind) ||
    categories.some((category) => category === matter.category)
  );
}

/** Own telephones; whom a report speaks of is another's. */
function phonesIn({ answers }: CaseFacts, matter: Matter | undefined): readonly string[] {
  if (matter === undefined || matter.kind === 'report') return [];
  const found = matter.questions
    .filter(({ type }) => type === 'phone')
    .flatMap(({ id }) => {
      const typed = answers[id];
      return typeof typed === 'string' ? (findPhone(typed) ?? []) : [];
    });
  return [...new Set(found)];
}

function accountsIn({ answers }: CaseFacts, matter: Matter | undefined): readonly string[] {
  const found = (matter?.questions ?? [])
    .filter(({ type }) => type === 'bank-account')
    .flatMap(({ id }) => {
      const typed = (answers[id] as { readonly number?: unknown } | null | undefined)?.number;
      return typeof typed === 'string' ? (findBankNumber(typed) ?? []) : [];
    });
  return [...new Set(found)];
}
