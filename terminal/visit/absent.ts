/** Somebody who is not here, for whom an agent acts on their recorded word: what a visit knows of them. */
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { Matter } from '../../catalog/schema.ts';
import { same } from '../../catalog/text.ts';
import type { Authority } from '../agents/authorities.ts';
import type { Page } from '../api.ts';
import type { AuthoritiesWanted } from '../queries/authorities-there.ts';
import type { Desk } from './desk.ts';
import { maskName } from './mask.ts';
import type { Person } from './person.ts';
import { opensByPhone, tileOf } from './tiles.ts';
import type { Visit } from './visit.ts';

/** Whom the agent of a visit acts for, and on which authority. */
export interface Absent {
  readonly authorityId: Uint8Array;
  /** As far as their authority tells them. Nothing is remembered of them, and no photograph is known. */
  readonly person: Person;
}

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** Whoever gave an authority, as one whose card lay here: but for what only the card itself holds. */
export function absentOf({ authorityId, holder }: Authority): Absent {
  const card = {
    ...holder,
    ...{ readId: toHex(authorityId), nameLatin: null, nation: null, numberValid: true, issuer: '' },
    ...{ validFrom: null, validTo: null, photo: new Uint8Array(0), notes: [] },
  };
  const nothing = {
    memory: null,
    phone: null,
    cases: [],
    acts: [],
    given: [],
    casesBefore: 0,
    lastUseMs: null,
  };
  return {
    authorityId,
    person: { card, masked: maskName(holder.name), validity: 'valid', ...nothing },
  };
}

/** Whom this visit is about: whoever laid their card, or the one who is not here. */
export function personMeant({ person, absent }: Pick<Visit, 'person' | 'absent'>): Person | null {
  return person ?? absent?.person ?? null;
}

/** The authority a visit's agent acts on, while it counts. */
export function findLive({ absent }: Pick<Visit, 'absent'>, desk: Desk): Authority | undefined {
  if (absent === null) return undefined;
  const name = toHex(absent.authorityId);
  return desk.agents.authorities.live().find(({ authorityId }) => toHex(authorityId) === name);
}

/** Who is signed in as an agent, and whether their own page stands: there the platform is asked for whom they may act. */
export function agentAsking(visit: Visit | null): AuthoritiesWanted | null {
  if (visit?.agent == null) return null;
  const { agentId, signKeyId } = visit.agent;
  return { agentId, signKeyId, asks: visit.spot.at === 'agent-desk' };
}

/** Those an agent may act for. The whole name is only on the page of the one who was chosen: others may be standing here. */
export function absentListPage(desk: Desk): PageOf<'absent-list'> {
  return {
    kind: 'absent-list',
    there: desk.authoritiesThere.state(),
    people: desk.agents.authorities.live().map(({ authorityId, holder, untilMs }) => ({
      ref: toHex(authorityId),
      name: same(maskName(holder.name)),
      numberEnd: holder.number.slice(-4),
      untilDay: lastDay(untilMs),
    })),
  };
}

/** The one an agent acts for: the whole name, so that it is not somebody else's, and what may be done for them. */
export function findAbsentPage(visit: Visit, desk: Desk): PageOf<'absent'> | undefined {
  const authority = findLive(visit, desk);
  if (authority === undefined || visit.absent === null) return undefined;
  const { person } = visit.absent;
  const { holder, matters, givenMs, untilMs } = authority;
  const catalog = desk.catalog().matters;
  return {
    kind: 'absent',
    name: same(holder.name),
    numberEnd: holder.number.slice(-4),
    givenMs,
    untilDay: lastDay(untilMs),
    matters: matters.flatMap(({ id }) => {
      const matter = catalog.find((one) => one.id === id);
      if (matter?.entrust === undefined) return [];
      const left = desk.agents.authorities.left(authority, id);
      return [{ tile: tileOf(matter, person, desk), left }];
    }),
  };
}

/** On what bases a matter is offered: for one who is not here on that of their authority alone. */
export function basesOffered(
  matter: Matter,
  { absent, person }: Pick<Visit, 'absent' | 'person'>,
): PageOf<'matter'>['bases'] {
  const byPhone = opensByPhone(matter, person);
  const bases = matter.bases.filter(({ basis }) => !byPhone || basis === 'self');
  if (absent === null) return bases.map(({ basis, label }) => ({ basis, label }));
  return [{ basis: 'agent', label: FOR_THEM }];
}

const FOR_THEM = { zh: '受委托替他办', en: 'Do it for them' };

/** The last day on which it counts, an ISO date. */
export function lastDay(untilMs: number): string {
  return isoDate(untilMs - 1);
}
