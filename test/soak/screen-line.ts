/** A hand at the terminal's screen, over the line a page uses. */
import { toHex } from '../../base/bytes.ts';
import { systemClock } from '../../base/node/clock.ts';
import { dialPorts } from '../../base/node/port-source.ts';
import { systemRandom } from '../../base/node/random.ts';
import { connect } from '../../base/rpc/connect.ts';
import type { Action, ActResult, Page, ScreenContract, View } from '../../terminal/api.ts';
import { pause } from '../faults/processes.ts';

/** The line broke, or a page did not come: the visit is over, as for whoever stood there. */
export class VisitLost extends Error {}

export interface ScreenLine {
  /** The page shown; nothing while the terminal is away. */
  findPage(): Page | undefined;
  /** Does it on the present view; throws {@link VisitLost} when nobody answers. */
  act(action: Action): Promise<ActResult>;
  /** Waits for a page of one of these kinds. */
  sees<K extends Page['kind']>(...kinds: readonly K[]): Promise<Extract<Page, { kind: K }>>;
  /** Waits for another view than the one now. */
  changes(): Promise<void>;
  close(): void;
}

const PAGE_MS = 6_000;

/** A line to the terminal behind `socket`; it comes back by itself. */
export function screenLine(socket: string): ScreenLine {
  let view: View | undefined;
  let client: { act(input: object): Promise<ActResult> } | undefined;
  const ports = dialPorts({ path: socket, peer: 'terminal', clock: systemClock });
  ports.onPort(({ port }) => {
    const line = connect<ScreenContract>(port, { clock: systemClock });
    client = line.client;
    line.onClose(() => {
      view = undefined;
      client = undefined;
    });
    void (async () => {
      try {
        for await (const next of await line.client.watch()) view = next;
      } catch {
        // The terminal was killed; the next port brings the next view.
      }
    })();
  });
  async function until<T>(find: () => T | undefined): Promise<T> {
    for (const endMs = systemClock.monoMs() + PAGE_MS; ; await pause(4)) {
      const found = find();
      if (found !== undefined) return found;
      if (systemClock.monoMs() > endMs) throw new VisitLost(`still at ${view?.page.kind}`);
    }
  }
  return {
    findPage: () => view?.page,
    async act(action) {
      const input = { actionId: toHex(systemRandom.bytes(8)), revision: view?.revision ?? 0, action };
      const said = await client?.act(input).catch(() => undefined);
      if (said === undefined) throw new VisitLost(`nobody answers ${action.type}`);
      return said;
    },
    async sees(...kinds) {
      type Seen = Extract<Page, { kind: (typeof kinds)[number] }>;
      return until(() => {
        const page = view?.page;
        return page !== undefined && (kinds as readonly string[]).includes(page.kind)
          ? (page as Seen)
          : undefined;
      });
    },
    async changes() {
      const before = view?.revision;
      const endMs = systemClock.monoMs() + 400;
      while (view?.revision === before && systemClock.monoMs() < endMs) await pause(4);
    },
    close: () => ports.close(),
  };
}
