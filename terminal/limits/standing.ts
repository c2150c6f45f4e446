/** What this machine takes in now: its limits, the matters taken out, and whether the platform still serves it. */
import type { Matter, Text } from '../../catalog/schema.ts';
import type { View } from '../api.ts';
import type { LimitCode } from './limits.ts';
import { CLOCK_WORDS, LIMIT_WORDS, REVOKED_WORDS } from './words.ts';

/** How the machine stands. */
export interface Standing {
  /** The platform has revoked this terminal. */
  readonly revoked: boolean;
  readonly stops: ReadonlySet<LimitCode>;
  /** For the maintainer, before anything stops. */
  readonly warns: ReadonlySet<LimitCode>;
  /** The reason, by matter. */
  readonly takenOut: ReadonlyMap<string, Text>;
  /** Why the platform has locked this machine; left out while it has not. */
  readonly locked?: Text | undefined;
}

/** A machine that takes everything in. */
export const ALL_OPEN: Standing = {
  revoked: false,
  stops: new Set(),
  warns: new Set(),
  takenOut: new Map(),
};

/** Why a matter cannot be started on this machine now, in words for the villager. */
export interface Stop {
  readonly code: 'taken-out' | 'stopped';
  readonly words: Text;
}

/** What stops everything that is kept, most urgent first; `clock` stops only where days count. */
const STOPS_ALL = ['disk', 'journal', 'contact', 'release'] as const satisfies readonly LimitCode[];

/** Why nothing new is taken in at all; undefined while something is. */
export function findWholeStop(standing: Standing, support: View['support']): Text | undefined {
  if (standing.revoked) return REVOKED_WORDS(support);
  const code = STOPS_ALL.find((limit) => standing.stops.has(limit));
  return code && LIMIT_WORDS[code](support);
}

/** What keeps nothing here goes on whatever is short. */
const KEEPS_NOTHING: ReadonlySet<Matter['kind']> = new Set(['guide', 'query']);

/** What stops this matter. */
export function findStop(matter: Matter, standing: Standing, support: View['support']): Stop | undefined {
  const reason = standing.takenOut.get(matter.id);
  if (reason !== undefined) return { code: 'taken-out', words: reason };
  if (KEEPS_NOTHING.has(matter.kind)) return undefined;
  const whole = findWholeStop(standing, support);
  if (whole !== undefined) return { code: 'stopped', words: whole };
  if (matter.deadline === undefined || !standing.stops.has('clock')) return undefined;
  return { code: 'stopped', words: CLOCK_WORDS(matter.deadline.phone) };
}
