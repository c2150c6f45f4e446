/**
 * Asking the village's agent to call: a matter that says so of itself (`callBack`), offered on the page of who helps while
 * no agent is here. One at a time for a person; of people without a card a machine takes few within an hour.
 */
import type { Clock } from '../../base/clock.ts';
import type { Matter, Text } from '../../catalog/schema.ts';
import type { Page, View } from '../api.ts';
import type { Desk } from './desk.ts';
import { findCase } from './my-cases.ts';
import { findValidPerson } from './person.ts';
import { availabilityOf, opensByPhone } from './tiles.ts';
import { findUnderWay } from './under-way.ts';
import type { Visit } from './visit.ts';

const HOUR_MS = 3_600_000;
/** So many wishes without a card are taken within an hour: more is play, or somebody who leaves the numbers of others. */
export const MOST_WITHOUT_CARD = 3;

/** Counts wishes without a card, in memory, by time that passed; after a restart it begins anew. */
export interface CallPace {
  isFull(): boolean;
  noted(): void;
}

/** A count at nothing. */
export function createCallPace(clock: Pick<Clock, 'monoMs'>): CallPace {
  let takenMs: readonly number[] = [];
  const recent = () => takenMs.filter((atMs) => clock.monoMs() - atMs < HOUR_MS);
  return {
    isFull: () => recent().length >= MOST_WITHOUT_CARD,
    noted() {
      takenMs = [...recent(), clock.monoMs()];
    },
  };
}

/** What the page of who helps offers; null where an agent is here, or nobody can be called for now. */
export function callPart(visit: Visit, desk: Desk): Extract<Page, { kind: 'agent' }>['call'] {
  if (visit.agent !== null) return null;
  const matter = findCallMatter(visit, desk);
  if (matter === undefined) return null;
  const before = findUnderWay(matter, visit.person, desk);
  if (before === null) return { matterId: matter.id, before: null, said: null };
  const remembered = visit.person === null ? undefined : findCase(visit.person, before.ref);
  const told = remembered && visit.person?.memory?.progressOf(remembered).at(-1);
  return { matterId: matter.id, before, said: told?.words ?? null };
}

/** The wish that whoever is here can make: with their card, or without one. */
function findCallMatter({ person }: Visit, desk: Desk): Matter | undefined {
  const isTheirs = (matter: Matter) =>
    findValidPerson(person) === null
      ? matter.assurance === 'open'
      : matter.assurance !== 'open' && (person?.phone == null || opensByPhone(matter, person));
  return desk
    .catalog()
    .matters.find(
      (matter) =>
        matter.callBack === true && isTheirs(matter) && availabilityOf(matter, person, desk) === 'open',
    );
}

/** Whether a wish can be made from the page of who helps. */
export function isCallMatter(matterId: string, desk: Desk): boolean {
  return desk.catalog().matters.some(({ id, callBack }) => id === matterId && callBack === true);
}

/** Why this wish is not taken, in words; undefined where it is, and for any other matter. */
export function findCallTrouble(matter: Matter, { person }: Visit, desk: Desk): Text | undefined {
  if (matter.callBack !== true) return undefined;
  if (findUnderWay(matter, person, desk) !== null) return CALL_NOTED_BEFORE;
  if (matter.assurance !== 'open' || !desk.callPace.isFull()) return undefined;
  return callsEnough(desk.site.support);
}

const CALL_NOTED_BEFORE: Text = {
  zh: '已经记下了，会打给您，不用再留',
  en: 'It is noted already: you will be called',
};

function callsEnough({ townPhone }: View['support']): Text {
  return {
    zh: `这会儿留电话的太多了。请放身份证再留，或打镇便民中心 ${townPhone}`,
    en: `Too many were left just now. Lay your ID card, or call the town service centre, ${townPhone}`,
  };
}
