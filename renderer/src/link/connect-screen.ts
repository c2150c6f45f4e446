import { browserClock } from '../browser/clock.ts';
import { handedPorts, webSocketPorts } from '../browser/ports.ts';
import { browserRandom, newId } from '../browser/random.ts';
import { createScreenLink, type ScreenLink } from './screen-link.ts';

/** The link of this page: over WebSocket where a host serves it, over handed ports in the kiosk shell. */
export function connectScreen(): ScreenLink {
  const isServed = location.protocol === 'http:' || location.protocol === 'https:';
  const seams = { clock: browserClock, random: browserRandom };
  const ports = isServed ? webSocketPorts(seams) : handedPorts();
  return createScreenLink({ ports, clock: browserClock, newId });
}
