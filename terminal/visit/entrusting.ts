/**
 * Entrusting an agent as a matter that asks for it, so that every page, check and file of an ordinary matter works for it;
 * and what was entrusted, as the one who did so sees it.
 */
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { isEntrustable } from '../../catalog/entrust.ts';
import { CAMERAS_FOR } from '../../catalog/photo.ts';
import type { Matter, Text } from '../../catalog/schema.ts';
import { same } from '../../catalog/text.ts';
import type { Page } from '../api.ts';
import type { GivenAuthority } from '../cases/authority-rows.ts';
import type { Desk } from './desk.ts';
import {
  ASK_MATTERS,
  ASK_PHOTO,
  ASK_SIGNATURE,
  ASK_UNTIL,
  DECLARE,
  ENTRUST_GETS,
  ENTRUST_NAME,
} from './entrust-words.ts';
import type { Person } from './person.ts';

/** Stands as matter on the slip of an authority; belongs to no matter file. */
export const ENTRUST_MATTER_ID = 'entrust-agent';

/** As many as a question has room for. */
const MOST_MATTERS = 12;

/** The matters that may be entrusted here, as the county lists them. */
export function entrustableMatters(desk: Desk): readonly (Matter & { entrust: { perMonth: number } })[] {
  return desk
    .catalog()
    .matters.filter(isEntrustable)
    .sort((a, b) => a.no - b.no)
    .slice(0, MOST_MATTERS);
}

/** Whether somebody can entrust anything here now: there is something, and a camera to show that they did so themself. */
export function canEntrust(desk: Desk): boolean {
  const { cameras } = desk.devices();
  return entrustableMatters(desk).length > 1 && CAMERAS_FOR.scene.some((camera) => cameras.has(camera));
}

/** The matter that asks what is entrusted, for how long, for signature and photograph. */
export function entrustMatter(desk: Desk): Matter {
  const choices = entrustableMatters(desk).map(({ id, name }) => ({ value: id, label: name.short }));
  return {
    ...{ id: ENTRUST_MATTER_ID, no: 1, version: 1, status: 'sample' },
    name: { short: ENTRUST_NAME, official: ENTRUST_NAME },
    ...{ find: [], department: '', category: '', kind: 'apply', private: false, icon: 'people' },
    ...{ offline: 'queue', assurance: 'card', gets: ENTRUST_GETS, plain: [], guide: [] },
    bases: [{ basis: 'self', label: ENTRUST_NAME, evidence: [] }],
    ...{ eligibility: [], route: [{ level: 'town' }], devices: [], cardFacts: ['name'] },
    questions: [{ ...ASK_MATTERS, choices }, ASK_UNTIL, ASK_SIGNATURE, ASK_PHOTO, DECLARE],
    ...{ materials: [], shared: [], bundle: [] },
  };
}

type GivenLine = Extract<Page, { kind: 'kept-of-me' }>['entrusted'][number];

/** What a person entrusted here and what became of it, the last first. */
export function entrustedLines(person: Person, desk: Desk): readonly GivenLine[] {
  return [...person.given].reverse().map(({ authorityId, agentName, matterIds, untilMs, takenBack }) => ({
    ref: toHex(authorityId),
    agent: same(agentName),
    matters: matterIds.map((matterId) => nameOf(matterId, desk)),
    untilDay: isoDate(untilMs - 1),
    state: takenBack
      ? 'taken-back'
      : desk.agents.authorities.isEnded(authorityId)
        ? 'ended'
        : desk.time.nowMs() >= untilMs
          ? 'over'
          : 'stands',
  }));
}

/** The one of that name on the page, where it can still be taken back. */
export function findStanding({ given }: Person, ref: string, desk: Desk): GivenAuthority | undefined {
  return given.find(
    ({ authorityId, takenBack }) =>
      toHex(authorityId) === ref && !takenBack && !desk.agents.authorities.isEnded(authorityId),
  );
}

function nameOf(matterId: string, desk: Desk): Text {
  const matter = desk.catalog().matters.find(({ id }) => id === matterId);
  return matter?.name.short ?? same(matterId);
}
