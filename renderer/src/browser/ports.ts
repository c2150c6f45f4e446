import { type Clock, sleep } from '../../../base/clock.ts';
import { fraction, type Random } from '../../../base/random.ts';
import { messagePort, type Port, type PortSource, webSocketPort } from '../../../base/rpc/port.ts';
import { createSession } from './session.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** Ports over WebSockets to `/screen` of our own origin: when one closes, the next is opened, ever more patiently. */
export function webSocketPorts(seams: { readonly clock: Clock; readonly random: Random }): PortSource {
  const stop = new AbortController();
  return {
    onPort(listener) {
      void keepOpening(seams, stop.signal, (port, generation) =>
        listener({ peer: 'terminal', generation, port }),
      );
    },
    close: () => stop.abort(),
  };
}

async function keepOpening(
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  signal: AbortSignal,
  give: (port: Port, generation: number) => void,
): Promise<void> {
  const openSession = createSession();
  let waitMs = FIRST_WAIT_MS;
  for (let generation = 1; !signal.aborted; ) {
    const socket = await findSocket(openSession);
    if (socket !== undefined) {
      waitMs = FIRST_WAIT_MS;
      const port = webSocketPort(socket);
      const closed = new Promise<void>((resolve) => port.onClose(resolve));
      give(port, generation);
      generation += 1;
      await closed;
    }
    // Half of the wait is chance, so that many screens do not come back in step.
    await sleep(clock, waitMs * (0.5 + fraction(random) / 2), signal);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** An open socket, or nothing when the terminal's host does not answer or refuses. */
async function findSocket(openSession: () => Promise<void>): Promise<WebSocket | undefined> {
  try {
    await openSession();
  } catch {
    return undefined;
  }
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}/screen`);
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(socket), { once: true });
    socket.addEventListener('close', () => resolve(undefined), { once: true });
  });
}

/**
 * Ports that the kiosk shell's preload hands over as `{ type: 'yizhan-port', generation }`: a fresh one after
 * every restart of the terminal, and after `{ type: 'yizhan-port-lost', generation }`, which we post when one closes.
 */
export function handedPorts(): PortSource {
  const stop = new AbortController();
  return {
    onPort(listener) {
      const take = (event: MessageEvent<unknown>) => {
        const generation = findGeneration(event.data);
        const [handed] = event.ports;
        if (event.source !== window || generation === undefined || handed === undefined) return;
        const port = messagePort(handed);
        port.onClose(() => window.postMessage({ type: 'yizhan-port-lost', generation }, location.origin));
        listener({ peer: 'terminal', generation, port });
      };
      window.addEventListener('message', take, { signal: stop.signal });
    },
    close: () => stop.abort(),
  };
}

function findGeneration(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('generation' in data))
    return undefined;
  return data.type === 'yizhan-port' && typeof data.generation === 'number' ? data.generation : undefined;
}
