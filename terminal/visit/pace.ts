import type { Matter } from '../../catalog/schema.ts';
import type { Desk } from './desk.ts';
import { findCase, listedName } from './my-cases.ts';
import type { Pace } from './presence.ts';
import type { Visit } from './visit.ts';

/** How long the page of a visit may stand untouched: shorter where it says what others should not read. */
export function paceOf(visit: Visit, desk: Desk): Pace {
  const { spot, person } = visit;
  switch (spot.at) {
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
    case 'prove-again':
    case 'prove-person':
    case 'last-use':
    case 'slip-lookup':
    case 'slip-answer':
      return 'private';
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
