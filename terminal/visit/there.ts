/** A person's cases of other machines, as their pages tell them: what is asked for there can be supplied here. */
import { equalBytes } from '../../base/bytes.ts';
import { findCardMark } from '../../sync/card-mark.ts';
import type { CaseThere } from '../../sync/cases-there.ts';
import type { Page, Stage } from '../api.ts';
import { actsOn } from '../cases/case-acts.ts';
import type { RememberedCase } from '../keeper.ts';
import type { NamedCase, ThereWanted } from '../queries/cases-there.ts';
import { askPart, canBeTakenBack } from './after-filing.ts';
import type { Desk } from './desk.ts';
import { historyOf, listedName } from './my-cases.ts';
import { findCardHolder, type Person } from './person.ts';
import type { OpenAsk } from './supplement.ts';
import type { Visit } from './visit.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** What the platform is asked, and kept for: whoever's card lies here, while their visit lasts. */
export function thereWanted({ spot, person }: Visit, desk: Desk): ThereWanted | null {
  const holder = findCardHolder(person);
  if (holder?.memory == null) return null;
  const cardMark = findCardMark(desk.crypto, holder.card);
  return cardMark === undefined ? null : { cardMark, asks: spot.at === 'my-cases' };
}

/** The cases of other machines; what this machine remembers itself, and what is private here, is none of them. */
export function casesThere(person: Person, desk: Desk): readonly NamedCase[] {
  const { matters } = desk.catalog();
  return desk.casesThere.cases().filter(({ told }) => {
    const isOwn = person.cases.some(({ caseId }) => equalBytes(caseId, told.caseId));
    return !isOwn && matters.find(({ id }) => id === told.matterId)?.private !== true;
  });
}

/** The case of a name of this visit. */
export function findThere(person: Person, ref: string, desk: Desk): NamedCase | undefined {
  return casesThere(person, desk).find((one) => one.ref === ref);
}

/** It as one that could be remembered here: there is no key, since nothing comes down for it. */
export function asRemembered({
  caseId,
  matterId,
  localNumber,
  slipCode,
  submittedMs,
}: CaseThere): RememberedCase {
  const nothing = { replyKeyPrivate: new Uint8Array(32), entryId: new Uint8Array(16) };
  return { matterId, localNumber, slipCode, keptAtMs: submittedMs, caseId, ...nothing };
}

/** What is asked for of it, while nothing was done about that here. */
export function findAskThere({ caseId, asked }: CaseThere, person: Person): OpenAsk | undefined {
  const isDone = actsOn({ caseId }, person.acts).some(
    ({ deed }) => deed.did === 'withdraw' || (deed.did === 'supplement' && deed.askedMs === asked?.askedMs),
  );
  return asked === null || isDone ? undefined : asked;
}

/** Whether it can be taken back, as far as was told. */
export function mayWithdrawThere(told: CaseThere, person: Person, desk: Desk): boolean {
  return canBeTakenBack(told.matterId, stageThere(told, person, desk), desk);
}

const STAGE_OF: Readonly<Record<CaseThere['status'], Stage>> = {
  received: 'delivered',
  accepted: 'accepted',
  supplement: 'supplement',
  supplemented: 'supplemented',
};

function stageThere({ caseId, status, asked }: CaseThere, person: Person, desk: Desk): Stage {
  const acts = actsOn({ caseId }, person.acts);
  if (acts.some(({ deed }) => deed.did === 'withdraw')) return 'withdrawing';
  const answer =
    asked && acts.find(({ deed }) => deed.did === 'supplement' && deed.askedMs === asked.askedMs);
  if (!answer) return STAGE_OF[status];
  return desk.keeper.entryState(answer.entryId) === 'delivered' ? 'supplemented' : 'answered';
}

function lineThere({ ref, told }: NamedCase, person: Person, desk: Desk): PageOf<'case'>['line'] {
  const stage = stageThere(told, person, desk);
  return { ref, ...listedName(told.matterId, desk), keptAtMs: told.submittedMs, stage, slipOwed: false };
}

/** The part of the list of cases that is of other machines; null where no such case could be asked for. */
export function therePart(visit: Visit, person: Person, desk: Desk): PageOf<'my-cases'>['there'] {
  if (thereWanted(visit, desk) === null) return null;
  const items = casesThere(person, desk).map((one) => ({
    ...lineThere(one, person, desk),
    place: one.told.place,
  }));
  return { state: desk.casesThere.state(), items };
}

/** The page of one. */
export function findTherePage(ref: string, person: Person, desk: Desk): PageOf<'case'> | undefined {
  const named = findThere(person, ref, desk);
  if (named === undefined) return undefined;
  const { told } = named;
  const { localNumber, slipCode, place, matterId } = told;
  const open = findAskThere(told, person);
  return {
    ...{ kind: 'case', line: lineThere(named, person, desk), localNumber, slipCode, place },
    ask: open === undefined ? null : askPart(open, matterId, desk),
    canWithdraw: mayWithdrawThere(told, person, desk),
    history: historyThere(told, person),
    slip: slipThere(told, person, desk),
    asOfMs: desk.casesThere.asOfMs(),
    ...{ provinceNumber: null, crossed: null, result: null, remedy: null },
    ...{ duplicateOf: null, picture: null, callBack: null },
  };
}

/** Before it is taken back. */
export function findWithdrawalThere(ref: string, person: Person, desk: Desk): PageOf<'withdraw'> | undefined {
  const named = findThere(person, ref, desk);
  if (named === undefined) return undefined;
  const matter = desk.catalog().matters.find(({ id }) => id === named.told.matterId);
  return { kind: 'withdraw', line: lineThere(named, person, desk), books: matter?.kind === 'book' };
}

function historyThere({ caseId, status, submittedMs, asked }: CaseThere, person: Person) {
  const acts = actsOn({ caseId }, person.acts);
  const atMs = asked?.askedMs ?? null;
  const told = status === 'received' ? [] : [{ stage: STAGE_OF[status], atMs, words: null }];
  return [...historyOf(submittedMs, 'delivered', []), ...told, ...historyOf(null, 'kept', [], acts).slice(1)];
}

/** The slip of what was supplied here, until it surely came out. */
function slipThere({ caseId }: CaseThere, person: Person, desk: Desk): PageOf<'case'>['slip'] {
  const supplied = actsOn({ caseId }, person.acts).findLast(({ deed }) => deed.did === 'supplement');
  const state = supplied ? desk.slips.findState(supplied.entryId) : null;
  return state === 'printed' ? null : state;
}
