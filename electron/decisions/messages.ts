import type { Peer } from './links.ts';

/** Between preload script and shell. */
export const CHANNELS = {
  /** Shell to screen: a port, with {@link PortMessage}. */
  port: 'yizhan:port',
  /** Screen to shell: the page is loaded and listens. */
  screenUp: 'yizhan:screen-up',
  /** Screen to shell: the page lives, with a `ScreenBeat`. */
  beat: 'yizhan:beat',
} as const;

/** What the page is told with its port, by `window.postMessage`. */
export const PAGE_PORT_MESSAGE = 'yizhan-port';

/** What the page says to its preload script, again and again: `{ type, beat }`. */
export const PAGE_BEAT_MESSAGE = 'yizhan-beat';

/** What comes with a port, to a program or to the preload script. */
export interface PortMessage {
  readonly type: 'port';
  readonly peer: Peer;
  readonly generation: number;
}

/** A port that closed, told by the one who held it. */
export interface LostPort {
  readonly peer: Peer;
  readonly generation: number;
}

const PEERS: readonly unknown[] = ['screen', 'terminal', 'devices'] satisfies Peer[];

/** What a program says when its port to a peer closed; `undefined` for any other message. */
export function findLostPort(message: unknown): LostPort | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, peer, generation } = message as { type?: unknown; peer?: unknown; generation?: unknown };
  if (type !== 'port-lost' || !PEERS.includes(peer) || !isGeneration(generation)) return undefined;
  return { peer: peer as Peer, generation };
}

/** Whether a value is the number of a pair: a whole number from 1. */
function isGeneration(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
