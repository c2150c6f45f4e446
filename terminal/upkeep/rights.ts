/** Who may do what, and on which page: one table. What stands here in no row is refused. */
import type { Role, UpkeepCommand } from './api.ts';
import type { Session, Spot } from './session.ts';

interface Right {
  readonly roles: readonly Role[];
  readonly on: readonly Spot['at'][];
}

const BOTH: readonly Role[] = ['caretaker', 'maintainer'];
const MAINTAINER: readonly Role[] = ['maintainer'];

const MAINTAINERS_PAGES: ReadonlySet<Spot['at']> = new Set(['readiness', 'rescue', 'catalog']);

/** What is asked for by whoever is not signed in yet. */
type AtTheDoor = 'choose-role' | 'sign-in' | 'by-phone' | 'sign-in-by-phone';
const AT_THE_DOOR: ReadonlySet<string> = new Set<AtTheDoor>([
  'choose-role',
  'sign-in',
  'by-phone',
  'sign-in-by-phone',
]);

/** What needs somebody signed in. */
const RIGHTS: Readonly<Record<Exclude<UpkeepCommand['do'], 'open' | AtTheDoor>, Right>> = {
  go: { roles: BOTH, on: ['caretaker', 'devices'] },
  'open-device': { roles: BOTH, on: ['caretaker', 'devices'] },
  'agent-away': { roles: BOTH, on: ['away'] },
  clean: { roles: BOTH, on: ['caretaker', 'devices'] },
  restart: { roles: BOTH, on: ['device'] },
  'order-repair': { roles: BOTH, on: ['device'] },
  'roll-changed': { roles: BOTH, on: ['paper'] },
  'self-test': { roles: BOTH, on: ['paper', 'device'] },
  stop: { roles: BOTH, on: ['paper', 'device', 'readiness'] },
  'choose-test': { roles: MAINTAINER, on: ['readiness'] },
  'run-readiness': { roles: MAINTAINER, on: ['readiness'] },
  'open-report': { roles: MAINTAINER, on: ['readiness'] },
  'print-report': { roles: MAINTAINER, on: ['report'] },
  'try-now': { roles: BOTH, on: ['queue'] },
  'offer-again': { roles: MAINTAINER, on: ['queue'] },
  'renew-key': { roles: MAINTAINER, on: ['queue'] },
  'export-to': { roles: MAINTAINER, on: ['rescue'] },
  'read-answers': { roles: MAINTAINER, on: ['rescue'] },
  'look-for-catalog': { roles: MAINTAINER, on: ['catalog'] },
  'catalog-back': { roles: MAINTAINER, on: ['catalog'] },
  'look-at': { roles: MAINTAINER, on: ['devices', 'machine'] },
  'open-fix': { roles: MAINTAINER, on: ['fixes'] },
  'try-fix': { roles: MAINTAINER, on: ['fix'] },
  'write-diagnostics': { roles: MAINTAINER, on: ['diagnostics'] },
  'add-card': { roles: MAINTAINER, on: ['machine'] },
  'drop-cards': { roles: MAINTAINER, on: ['machine'] },
  'look-for-software': { roles: MAINTAINER, on: ['software'] },
  'change-software': { roles: MAINTAINER, on: ['software'] },
  'cancel-software': { roles: MAINTAINER, on: ['software'] },
};

/** Whether this stay may do it where it is now. */
export function mayDo({ role, spot }: Session, command: UpkeepCommand): boolean {
  if (command.do === 'open') return false;
  if (isAtTheDoor(command)) return role === null && spot.at === 'sign-in';
  const { roles, on } = RIGHTS[command.do];
  if (role === null || !roles.includes(role) || !on.includes(spot.at)) return false;
  // A caretaker prints a test slip; tests that say more are the maintainer's, as the readiness report is.
  if (command.do === 'self-test') return role === 'maintainer' || spot.at === 'paper';
  return !(command.do === 'go' && MAINTAINERS_PAGES.has(command.to)) || role === 'maintainer';
}

function isAtTheDoor(command: UpkeepCommand): command is Extract<UpkeepCommand, { do: AtTheDoor }> {
  return AT_THE_DOOR.has(command.do);
}
