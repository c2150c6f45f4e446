import type { Matter } from '../../catalog/schema.ts';
import type { Language } from '../api.ts';
import type { ScreenSettings } from '../screen-settings.ts';
import type { Desk } from './desk.ts';
import { findCase, listedName } from './my-cases.ts';
import { pageOf } from './pages.ts';
import type { Pace, Stay } from './presence.ts';
import type { Visit } from './visit.ts';

/** Whoever listens hears so many characters of Chinese in a second, at the slower speed too few of them to be left alone. */
const HEARD_PER_SECOND = { normal: 4, slow: 2.5 } as const;
/** English takes more letters for the same. */
const ENGLISH_LETTERS = 3;
/** However much stands on a page, it is asked at last whether somebody is there. */
const MOST_READING_MS = 180_000;

/**
 * How long the page of a visit may stand untouched. A slow hand has as long again; whoever is read to has, on top, the
 * time it takes to say what stands there. Nobody is hurried by the page being private: it asks, and goes on.
 */
export function stayOf(visit: Visit, settings: ScreenSettings, desk: Desk): Stay {
  const pace = paceOf(visit, desk);
  const slowHandMs = settings.touch === 'steady' ? desk.timeouts.idleMs : 0;
  // A headphone that is in is read to without being asked.
  const isRead = settings.voice === 'on' || desk.devices().audioJack === true;
  return { pace, extraMs: slowHandMs + (isRead ? saidMs(visit, settings, desk) : 0) };
}

/** How long it takes to say the words of the page shown. */
function saidMs(visit: Visit, { voiceSpeed }: ScreenSettings, desk: Desk): number {
  const letters = countLetters(pageOf(visit, desk), visit.language);
  const perSecond = HEARD_PER_SECOND[voiceSpeed] * (visit.language === 'en' ? ENGLISH_LETTERS : 1);
  return Math.min(MOST_READING_MS, Math.ceil((letters / perSecond) * 1_000));
}

/** The letters of every text in a page, in one language, wherever it stands. */
function countLetters(part: unknown, language: Language): number {
  if (typeof part !== 'object' || part === null) return 0;
  const said = language in part && 'zh' in part ? Reflect.get(part, language) : undefined;
  if (typeof said === 'string') return said.length;
  return Object.values(part).reduce<number>((sum, inner) => sum + countLetters(inner, language), 0);
}

/** The pace of a page: shorter where it says what others should not read. */
function paceOf(visit: Visit, desk: Desk): Pace {
  const { spot, person } = visit;
  switch (spot.at) {
    case 'agent-list':
    case 'agent-item':
      return 'private';
    case 'cash':
    case 'payment':
      return 'paying';
    case 'kept':
      return visit.filed !== null && isPrivate(visit.filed.matter, visit.filed.bundle, desk)
        ? 'private'
        : 'kept';
    case 'records':
      return isOfSomebody(visit) ? 'private' : 'open';
    case 'question':
    case 'bundle':
    case 'check': {
      const wished = visit.filling?.bundle.filter(({ chosen }) => chosen === true) ?? [];
      return visit.filling !== null && isPrivate(visit.filling.matter, wished, desk) ? 'private' : 'open';
    }
    case 'matter':
      return listedName(spot.matterId, desk).private ? 'private' : 'open';
    case 'bill':
    case 'consent':
    case 'fetched':
    case 'print':
    case 'kept-of-me':
    case 'absent-list':
    case 'absent':
    case 'prove-again':
    case 'prove-person':
    case 'last-use':
    case 'slip-lookup':
    case 'slip-answer':
      return 'private';
    case 'withdraw':
    case 'collect':
    case 'rate-case':
    case 'case': {
      const remembered = person === null ? undefined : findCase(person, spot.ref);
      return remembered !== undefined && listedName(remembered.matterId, desk).private ? 'private' : 'open';
    }
    default:
      return 'open';
  }
}

/** Whether a matter, or one that is filed with it, is nobody else's to read. */
function isPrivate(matter: Matter, bundle: readonly { readonly matterId: string }[], desk: Desk): boolean {
  return matter.private || bundle.some(({ matterId }) => listedName(matterId, desk).private);
}

/** Whether what is read is kept of a person. */
function isOfSomebody({ filling }: Visit): boolean {
  const source = filling?.matter.source;
  return filling?.matter.private === true || (typeof source === 'object' && 'shared' in source);
}
