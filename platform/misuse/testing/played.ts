/** Histories of each pattern, and like ones with a good reason, as a test terminal sends them. */
import { findDateStartMs } from '../../../base/calendar.ts';
import { invariant } from '../../../base/result.ts';
import { bankCheckDigit } from '../../../catalog/bank-account.ts';
import { idCheckCharacter } from '../../../catalog/id-number.ts';
import type { Place } from '../../../sync/contents.ts';
import { filedCase, newId } from '../../testing/test-terminal.ts';
import type { PatternName } from '../patterns.ts';

/** One act of a history: a case, unless it says otherwise. */
export interface PlayedCase {
  /** Whose card, by number; 1 unless given. */
  readonly who?: number;
  /** Whose house; each person has their own unless given. */
  readonly house?: number;
  readonly phone?: string;
  readonly account?: string;
  /** Minutes after the morning it begins, 9:00 in China. */
  readonly minute: number;
  /** Which agent stood by. */
  readonly agent?: Uint8Array;
  /** Which authority it was done on, for somebody who was not there. */
  readonly authority?: Uint8Array;
  readonly matter?: string;
  /** Nothing is filed: this is done to what the same person filed two days before. */
  readonly later?: 'supplement' | 'withdraw' | 'collect';
  /** Nothing is filed: something is looked up on a consent. */
  readonly looksUp?: true;
}

/** A history, and how many of its cases are flagged as what. */
export interface PlayedHistory {
  readonly name: string;
  readonly pattern: PatternName;
  readonly cases: readonly PlayedCase[];
  /** None where it has a good reason. */
  readonly flagged: number;
}

const HOUR = 60;
const DAY = 24 * HOUR;
/** 2:00 of the night after. */
const NIGHT = 17 * HOUR;
/** Takes a telephone and an account. */
export const PLAYED_MATTER = 'claim-resident-pension';

const times = (count: number, one: (index: number) => PlayedCase) =>
  Array.from({ length: count }, (_, i) => one(i));

/** A telephone that occurs nowhere else. */
export function newPhone(): string {
  return `139${digits(8)}`;
}

/** An account that occurs nowhere else. */
export function newAccount(): string {
  const front = `621700${digits(12)}`;
  return `${front}${bankCheckDigit(front)}`;
}

function digits(count: number): string {
  return [...newId()]
    .map((byte) => byte % 10)
    .join('')
    .slice(0, count);
}

/** Every pattern played, and histories like it that are harmless; telephones, accounts and agents are new each time. */
export function histories(): readonly PlayedHistory[] {
  const phone = newPhone();
  const [shared, spread, own, late] = [newPhone(), newPhone(), newPhone(), newPhone()];
  const [account, familys, yearly] = [newAccount(), newAccount(), newAccount()];
  const [agent, sitting, helper, busy, hamlet] = [newId(), newId(), newId(), newId(), newId()];
  const [supplied, mixed, mine, swapped, supplier] = [
    newPhone(),
    newPhone(),
    newPhone(),
    newAccount(),
    newId(),
  ];
  const [away, weekly, monthly, other] = [newId(), newId(), newId(), newId()];
  return [
    {
      ...{ name: 'six cards in a quarter of an hour', pattern: 'many-cards', flagged: 6 },
      cases: times(6, (i) => ({ who: i, minute: i * 2.9 })),
    },
    {
      ...{ name: 'a queue on market day', pattern: 'many-cards', flagged: 0 },
      cases: times(20, (i) => ({ who: i, minute: i * 4 })),
    },
    {
      ...{ name: 'one person with six matters', pattern: 'many-cards', flagged: 0 },
      cases: times(6, (i) => ({ minute: i * 2 })),
    },
    {
      ...{ name: 'a hamlet in one sitting with its agent', pattern: 'many-cards', flagged: 0 },
      cases: times(12, (i) => ({ who: i, minute: i, agent: sitting })),
    },
    {
      ...{ name: 'one telephone of four houses', pattern: 'one-phone', flagged: 4 },
      // However it is written, and whatever else is filed.
      cases: times(4, (i) => ({
        ...{ who: i, minute: i * 5 * DAY },
        phone: i === 2 ? `+86 ${phone.slice(0, 3)}-${phone.slice(3)}` : phone,
      })),
    },
    {
      ...{ name: 'the daughter’s telephone for the whole house', pattern: 'one-phone', flagged: 0 },
      cases: times(6, (i) => ({ who: i, house: 1, minute: i * DAY, phone: shared })),
    },
    {
      ...{ name: 'a telephone that went to others in a year', pattern: 'one-phone', flagged: 0 },
      cases: times(4, (i) => ({ who: i, minute: i * 20 * DAY, phone: spread })),
    },
    {
      ...{ name: 'one’s own telephone again and again', pattern: 'one-phone', flagged: 0 },
      cases: times(8, (i) => ({ minute: i * DAY, phone: own })),
    },
    {
      ...{ name: 'a telephone of four houses in reports', pattern: 'one-phone', flagged: 0 },
      cases: times(4, (i) => ({ who: i, minute: i * DAY, phone: late, matter: 'danger-report' })),
    },
    {
      ...{ name: 'one account of three houses', pattern: 'one-account', flagged: 3 },
      cases: times(3, (i) => ({ who: i, minute: i * 20 * DAY, account })),
    },
    {
      ...{ name: 'one account of a couple', pattern: 'one-account', flagged: 0 },
      cases: times(4, (i) => ({ who: i % 2, house: 1, minute: i * DAY, account: familys })),
    },
    {
      ...{ name: 'an account that was handed on over the years', pattern: 'one-account', flagged: 0 },
      cases: times(3, (i) => ({ who: i, minute: i * 60 * DAY, account: yearly })),
    },
    {
      ...{ name: 'three matters at two in the night', pattern: 'at-night', flagged: 3 },
      cases: times(3, (i) => ({ who: i % 2, minute: NIGHT + i * 30 })),
    },
    {
      ...{ name: 'two before dawn', pattern: 'at-night', flagged: 0 },
      cases: times(2, (i) => ({ minute: NIGHT + i * 30 })),
    },
    {
      ...{ name: 'a night of floods', pattern: 'at-night', flagged: 0 },
      cases: times(6, (i) => ({ who: i, minute: NIGHT + i * 20, matter: 'danger-report' })),
    },
    {
      ...{ name: 'five in the morning on the way to the fields', pattern: 'at-night', flagged: 0 },
      cases: times(5, (i) => ({ who: i % 2, minute: NIGHT + 3 * HOUR + i })),
    },
    {
      ...{ name: 'a machine that is used each night', pattern: 'at-night', flagged: 0 },
      cases: [
        ...times(28, (i) => ({ minute: NIGHT + i * DAY })),
        ...times(4, (i) => ({ minute: NIGHT + 28 * DAY + i * 20 })),
      ],
    },
    {
      ...{ name: 'six cards that look something up', pattern: 'many-cards', flagged: 6 },
      cases: times(6, (i) => ({ who: i, minute: i * 2, looksUp: true })),
    },
    {
      ...{ name: 'six people who look something up beside their agent', pattern: 'many-cards', flagged: 0 },
      cases: times(6, (i) => ({ who: i, minute: i * 2, looksUp: true, agent: sitting })),
    },
    {
      ...{
        name: 'three cards that look something up at two in the night',
        pattern: 'looks-at-night',
        flagged: 3,
      },
      cases: times(3, (i) => ({ who: i, minute: NIGHT + i * 30, looksUp: true })),
    },
    {
      ...{ name: 'one’s own pension five times at night', pattern: 'looks-at-night', flagged: 0 },
      cases: times(5, (i) => ({ minute: NIGHT + i * 10, looksUp: true })),
    },
    {
      ...{
        name: 'a telephone that comes with the supplements of four houses',
        pattern: 'one-phone',
        flagged: 4,
      },
      cases: times(4, (i) => ({ who: i, minute: i * DAY, phone: supplied, later: 'supplement' })),
    },
    {
      ...{ name: 'a telephone filed by two houses and supplied by two', pattern: 'one-phone', flagged: 4 },
      cases: times(4, (i) => ({
        ...{ who: i, minute: i * DAY, phone: mixed },
        ...(i > 1 && { later: 'supplement' as const }),
      })),
    },
    {
      ...{ name: 'one’s own telephone, filed and then supplied', pattern: 'one-phone', flagged: 0 },
      cases: times(6, (i) => ({
        ...{ house: 1, minute: i * DAY, phone: mine },
        ...(i % 2 && { later: 'supplement' as const }),
      })),
    },
    {
      ...{ name: 'an account that comes with supplements', pattern: 'one-account', flagged: 3 },
      cases: times(3, (i) => ({ who: i, minute: i * DAY, account: swapped, later: 'supplement' })),
    },
    {
      ...{ name: 'six cards that take something back', pattern: 'many-cards', flagged: 6 },
      cases: times(6, (i) => ({ who: i, minute: i * 2, later: 'withdraw' })),
    },
    {
      ...{ name: 'six people who supply something beside their agent', pattern: 'many-cards', flagged: 0 },
      cases: times(6, (i) => ({ who: i, minute: i * 2, later: 'supplement', agent: supplier })),
    },
    {
      ...{ name: 'three cases changed at two in the night', pattern: 'at-night', flagged: 3 },
      cases: times(3, (i) => ({ who: i, minute: NIGHT + i * 30, later: 'supplement' })),
    },
    {
      ...{ name: 'five matters of one resident by one agent', pattern: 'agent-again', flagged: 5 },
      cases: times(5, (i) => ({ minute: i * 90, agent })),
    },
    {
      ...{ name: 'four matters of one resident, and others of others', pattern: 'agent-again', flagged: 0 },
      cases: times(8, (i) => ({ who: i % 2, minute: i * 30, agent: helper })),
    },
    {
      ...{ name: 'one authority five times in a week', pattern: 'authority-again', flagged: 5 },
      cases: times(5, (i) => ({ minute: i * 1.5 * DAY, agent: away, authority: weekly })),
    },
    {
      ...{
        name: 'one authority month after month, and others beside it',
        pattern: 'authority-again',
        flagged: 0,
      },
      cases: times(8, (i) => ({
        ...{ who: i % 2, minute: i * 2 * DAY, agent: away },
        authority: i % 2 ? monthly : other,
      })),
    },
    {
      ...{ name: 'forty-one residents by one agent in a day', pattern: 'agent-many', flagged: 41 },
      cases: times(41, (i) => ({ who: i, minute: i * 14, agent: busy })),
    },
    {
      ...{ name: 'forty in one sitting', pattern: 'agent-many', flagged: 0 },
      cases: times(40, (i) => ({ who: i, minute: i * 10, agent: hamlet })),
    },
  ];
}

const START_MS = findDateStartMs('2026-03-10')! + 9 * HOUR * 60_000;

/** The content of one case, and when it was submitted. */
export function playedContent(place: Place, one: PlayedCase) {
  const { who = 1, house = who, agent, matter = PLAYED_MATTER } = one;
  const actor = agent && {
    ...{
      role: 'agent',
      agentId: agent,
      agentKeyId: new Uint8Array(16),
      by: one.authority ? 'entrustment' : 'card',
    },
    roster: { version: 1, stale: false },
  };
  const made = filedCase(place, {
    matter: [matter, 1, new Uint8Array(32)],
    submitter: one.authority ? { ...playedPerson(899, 899), name: '代办人' } : playedPerson(who, house),
    subject: playedPerson(who, house),
    ...(one.authority && { basis: 'agent', evidence: [{ type: 'authority', authorityId: one.authority }] }),
    answers: {
      ...(one.phone && { phone: one.phone }),
      ...(one.account && { 'pay-to': { number: one.account } }),
    },
    actors: actor ? [actor] : [],
  });
  const wallMs = START_MS + Math.round(one.minute * 60_000);
  if (!one.looksUp) return { ...made, wallMs };
  const consent = {
    ...{ schema: 1, kind: 'consent', submissionId: newId(), person: playedPerson(who, house), matter: null },
    ...{ dataSets: [{ id: 'pension-benefit', from: '社保' }], purpose: '看一看', words: '我同意' },
    ...{ lang: 'zh', place, actors: actor ? [actor] : [] },
  };
  return { ...made, content: consent, wallMs };
}

/** The entries of one act, oldest first: what is done later to a case comes after that case, of a day of its own. */
export function playedContents(place: Place, one: PlayedCase) {
  if (one.later === undefined) return [playedContent(place, one)];
  const { who = 1, house = who } = one;
  const filed = playedContent(place, { who, house, minute: -(2 + who) * DAY });
  const { content, wallMs } = playedContent(place, one);
  const { answers, actors } = content as { answers: object; actors: readonly unknown[] };
  const act = { schema: 1, caseId: filed.caseId, submissionId: newId(), words: null, actors };
  const done = {
    supplement: { ...act, kind: 'case.supplemented', answers, attachments: [] },
    withdraw: { ...act, kind: 'case.withdrawn' },
    collect: { ...act, kind: 'case.collected', how: 'card' },
  }[one.later];
  return [filed, { ...filed, content: done, wallMs }];
}

/** A made-up person of area 330699. */
export function playedPerson(who: number, house: number) {
  invariant(who < 900, 'there are numbers enough');
  const front = `33069919550312${String(who + 100)}`;
  return {
    ...{ name: '试用人', number: `${front}${idCheckCharacter(front)}`, kind: 'citizen', birth: '1955-03-12' },
    ...{ sex: '2', address: `浙江省示例县示例镇示例村 ${house} 号` },
  };
}
