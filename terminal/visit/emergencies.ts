/** Emergency notices in a visit: between two pages, never over one that is being filled in, until they were read. */

import type { Page } from '../api.ts';
import type { NoticeStanding } from '../notices/emergency-desk.ts';
import { isAgentAlone } from './agent-here.ts';
import type { Desk, Notice } from './desk.ts';
import type { Spot, Visit } from './visit.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** Pages nothing is filled in on: one that comes while they stand takes their place at once. */
const CALM: ReadonlySet<Spot['at']> = new Set(['home', 'no-card', 'card-not-valid', 'agent-desk']);

/** Pages that one may stand before. Help, proofs, papers, money, slips and what is typed letter by letter are not held up. */
const MAY_WAIT: ReadonlySet<Spot['at']> = new Set([
  ...CALM,
  ...(['categories', 'category', 'matter', 'question', 'bundle', 'check', 'consent'] as const),
  ...(['my-cases', 'case', 'guides', 'guide-list', 'guide'] as const),
]);

/** The emergencies in force. */
export function emergenciesNow(desk: Pick<Desk, 'notices'>): readonly Notice[] {
  return desk.notices().filter(({ danger }) => danger);
}

/** The one that takes the first page: nobody of the village has said yet that they have it. */
export function findAlarm(desk: Pick<Desk, 'notices' | 'emergencies'>): Notice | undefined {
  return emergenciesNow(desk).find(({ id }) => !desk.emergencies.standingOf(id).acknowledged);
}

/**
 * The visit with an emergency before its page, where one was not read in it and the page is another than `before`, or a
 * calm one; a notice that ended leads on by itself.
 */
export function withEmergency(visit: Visit, before: object | null, desk: Desk): Visit {
  const { spot } = visit;
  if (spot.at === 'notice')
    return findNotice(spot.noticeId, desk) === undefined ? { ...visit, spot: spot.next } : visit;
  if (!MAY_WAIT.has(spot.at) || (spot === before && !CALM.has(spot.at))) return visit;
  const unread = emergenciesNow(desk).find(({ id }) => isUnread(id, visit, desk));
  return unread === undefined ? visit : { ...visit, spot: { at: 'notice', noticeId: unread.id, next: spot } };
}

/** Whoever comes reads it once; an agent until the village acknowledged it, whatever the resident read. */
function isUnread(id: string, visit: Visit, desk: Desk): boolean {
  if (visit.noticesRead.includes(readMark(id, visit))) return false;
  return visit.agent === null || !desk.emergencies.standingOf(id).acknowledged;
}

/** By what a visit knows that a notice was read: by its resident, or by the agent of this sign-in. */
export function readMark(id: string, { agent }: Pick<Visit, 'agent'>): string {
  return agent === null ? id : `${id}/${agent.sessionId}`;
}

/** The notice of this id, while it is in force. */
export function findNotice(noticeId: string, desk: Pick<Desk, 'notices'>): Notice | undefined {
  return emergenciesNow(desk).find(({ id }) => id === noticeId);
}

/** What the page of a notice asks of whoever is here. */
export function asksOf(visit: Visit, standing: NoticeStanding): PageOf<'urgent-notice'>['asks'] {
  if (visit.agent === null) return 'read';
  if (!standing.acknowledged) return 'acknowledge';
  return isAgentAlone(visit) && visit.filling === null ? 'answer' : 'read';
}

/** The page of an emergency; nothing once it ended. */
export function findNoticePage(
  visit: Visit,
  noticeId: string,
  desk: Desk,
): PageOf<'urgent-notice'> | undefined {
  const notice = findNotice(noticeId, desk);
  if (notice === undefined) return undefined;
  const { title, body, byline, danger } = notice;
  const standing = desk.emergencies.standingOf(noticeId);
  const { answered } = standing;
  return {
    kind: 'urgent-notice',
    notice: { title, body, byline, danger },
    asks: asksOf(visit, standing),
    answered: answered && { atMs: answered.atMs, delivered: answered.state === 'delivered' },
  };
}

/** The emergencies as an agent's own page lists them. */
export function agentNotices(desk: Desk): PageOf<'agent-desk'>['notices'] {
  return emergenciesNow(desk).map(({ id, title }) => ({
    noticeId: id,
    title,
    answered: desk.emergencies.standingOf(id).answered !== null,
  }));
}
