import { keepBeating, tellHost, tellShell } from '../browser/beats.ts';
import { browserClock } from '../browser/clock.ts';
import { handedPorts, webSocketPorts } from '../browser/ports.ts';
import { browserRandom, newId } from '../browser/random.ts';
import { createScreenLink, type ScreenLink } from './screen-link.ts';

/** Whether a host serves this page; else the kiosk shell does. */
function isServed(): boolean {
  return location.protocol === 'http:' || location.protocol === 'https:';
}

/** The link of this page: over WebSocket where a host serves it, over handed ports in the kiosk shell. */
export function connectScreen(): ScreenLink {
  const seams = { clock: browserClock, random: browserRandom };
  const ports = isServed() ? webSocketPorts(seams) : handedPorts();
  return createScreenLink({ ports, clock: browserClock, newId });
}

/** Pages on which nobody stands before the machine. */
const VACANT: ReadonlySet<string> = new Set(['attract', 'out-of-service']);

/** Tells whoever watches this page that it lives, and whether anybody stands there. */
export function tellAlive(link: Pick<ScreenLink, 'onView'>): void {
  let isVacant = true;
  link.onView(({ page }) => {
    isVacant = VACANT.has(page.kind);
  });
  keepBeating({ clock: browserClock, isVacant: () => isVacant, tell: isServed() ? tellHost : tellShell });
}
