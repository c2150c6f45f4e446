/** One stay of somebody who looks after the machine, as data: who they are and which page they are on. */
import type { DeviceName } from '../../drivers/api.ts';
import type { Language } from '../api.ts';
import type { Role } from './api.ts';
import type { Fix } from './machine-api.ts';

/** A page of upkeep, without its content. */
export type Spot =
  | { readonly at: 'sign-in' }
  | {
      readonly at:
        | 'caretaker'
        | 'paper'
        | 'cleaning'
        | 'devices'
        | 'queue'
        | 'away'
        | 'readiness'
        | 'rescue'
        | 'catalog'
        | ('machine' | 'machine-log' | 'fixes' | 'diagnostics' | 'software');
    }
  | { readonly at: 'fix'; readonly fix: Fix }
  | { readonly at: 'device'; readonly device: DeviceName }
  | { readonly at: 'report'; readonly number: number };

/** A stay. Replaced as a whole by each step. */
export interface Session {
  readonly language: Language;
  /** Null until signed in. */
  readonly role: Role | null;
  /** Whose PIN is asked for. */
  readonly asked: Role | null;
  /** Whether the last PIN was wrong. */
  readonly wrong: boolean;
  readonly spot: Spot;
  /** The pages "back" leads to, oldest first. */
  readonly trail: readonly Spot[];
  /** Restarted from here, and not heard of since. */
  readonly restarting: DeviceName | null;
  /** Devices that a repair was asked for. */
  readonly repairs: ReadonlySet<DeviceName>;
  /** What a readiness report leaves out. */
  readonly leftOut: ReadonlySet<DeviceName>;
  /** How the printing of the report shown went. */
  readonly printing: 'no' | 'now' | 'printed' | 'not-printed';
}

/** A stay at its first page. */
export function beginSession(language: Language): Session {
  return {
    language,
    role: null,
    asked: null,
    wrong: false,
    spot: { at: 'sign-in' },
    trail: [],
    restarting: null,
    repairs: new Set(),
    leftOut: new Set(),
    printing: 'no',
  };
}

/** Where a role begins and where "home" leads. */
export function firstSpot(role: Role): Spot {
  return { at: role === 'caretaker' ? 'caretaker' : 'devices' };
}

/** The stay one page further; "back" leads to the page left. */
export function goTo(session: Session, spot: Spot): Session {
  return { ...session, spot, trail: [...session.trail, session.spot], printing: 'no' };
}

/** The stay one page back. */
export function goBack(session: Session): Session {
  const spot = session.trail.at(-1);
  if (spot === undefined) return session;
  return { ...session, spot, trail: session.trail.slice(0, -1), printing: 'no' };
}

/** The stay at its role's first page, with nothing to go back to. */
export function goHome(session: Session, role: Role): Session {
  return { ...session, spot: firstSpot(role), trail: [], printing: 'no' };
}

/** The stay with a device chosen for the readiness report, or left out of it. */
export function choose(session: Session, device: DeviceName, chosen: boolean): Session {
  const leftOut = new Set(session.leftOut);
  if (chosen) leftOut.delete(device);
  else leftOut.add(device);
  return { ...session, leftOut };
}
