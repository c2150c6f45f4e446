/** A hand at the terminal's screen, over the line a page uses. */
import { toHex } from '../../base/bytes.ts';
import { systemClock } from '../../base/node/clock.ts';
import { dialPorts } from '../../base/node/port-source.ts';
import { systemRandom } from '../../base/node/random.ts';
import { connect } from '../../base/rpc/connect.ts';
import type { Action, ActResult, AnyAction, Page, ScreenContract, View } from '../../terminal/api.ts';
import { pause } from '../faults/processes.ts';

/** The line broke, or a page did not come: the visit is over, as for whoever stood there. */
export class VisitLost extends Error {}

export interface ScreenLine {
  /** Whether whoever stands there waits long for a page. */
  isPatient: boolean;
  /** The page shown; nothing while the terminal is away. */
  findPage(): Page | undefined;
  /**
   * Does it on the present view; once more where that view was renewed meanwhile and the page is the same, as a finger
   * touches again. Throws {@link VisitLost} when nobody answers.
   */
  act(action: Action): Promise<ActResult>;
  /** Waits for a page of one of these kinds. */
  sees<K extends Page['kind']>(...kinds: readonly K[]): Promise<Extract<Page, { kind: K }>>;
  /** As {@link ScreenLine.act}, with a file for the question shown. */
  attach(questionId: string, bytes: Uint8Array): Promise<ActResult>;
  /** Waits for a page of this kind that is so. */
  shows<K extends Page['kind']>(
    kind: K,
    isSo: (page: Extract<Page, { kind: K }>) => boolean,
  ): Promise<Extract<Page, { kind: K }>>;
  /** Waits until a page of another kind stands. */
  leaves(kind: Page['kind']): Promise<void>;
  /** Waits for another view than the last action was made on. */
  changes(): Promise<void>;
  close(): void;
}

const PATIENCE_MS = { long: 10_000, short: 2_000 };
const CHANGE_MS = 400;
/** A view renewed under the finger more often than this is a bug. */
const TOUCHES = 10;

/** A line to the terminal behind `socket`; it comes back by itself. */
export function screenLine(socket: string): ScreenLine {
  let view: View | undefined;
  let touched = 0;
  let client: ReturnType<typeof connect<ScreenContract>>['client'] | undefined;
  const ports = dialPorts({ path: socket, peer: 'terminal', clock: systemClock });
  ports.onPort(({ port }) => {
    const wire = connect<ScreenContract>(port, { clock: systemClock });
    client = wire.client;
    void wire.client.cameras([{ device: 'document-camera', state: 'ready' }]).catch(() => undefined);
    wire.onClose(() => {
      view = undefined;
      client = undefined;
    });
    void (async () => {
      try {
        for await (const next of await wire.client.watch()) view = next;
      } catch {
        // The terminal was killed; the next port brings the next view.
      }
    })();
  });
  async function until<T>(awaited: string, find: () => T | undefined): Promise<T> {
    const waitMs = line.isPatient ? PATIENCE_MS.long : PATIENCE_MS.short;
    for (const endMs = systemClock.monoMs() + waitMs; ; await pause(2)) {
      const found = find();
      if (found !== undefined) return found;
      if (systemClock.monoMs() > endMs) throw new VisitLost(`still at ${view?.page.kind}, not at ${awaited}`);
    }
  }
  const changes = async () => {
    for (const endMs = systemClock.monoMs() + CHANGE_MS; systemClock.monoMs() < endMs; await pause(2))
      if (view?.revision !== touched) return;
  };
  /** Once, on the view of now. */
  async function touch(action: AnyAction): Promise<ActResult> {
    touched = view?.revision ?? 0;
    const id = { actionId: toHex(systemRandom.bytes(8)), revision: touched };
    const said = await (action.type === 'attach'
      ? client?.attach({ ...id, questionId: action.questionId, bytes: action.bytes })
      : client?.act({ ...id, action })
    )?.catch(() => undefined);
    if (said === undefined) throw new VisitLost(`nobody answers ${action.type}`);
    return said;
  }
  async function act(action: AnyAction): Promise<ActResult> {
    const kind = view?.page.kind;
    for (let touches = 1; ; touches += 1) {
      const said = await touch(action);
      if (said.ok || said.error.code !== 'stale' || touches === TOUCHES) return said;
      await changes();
      if (view?.page.kind !== kind) return said;
    }
  }
  const line: ScreenLine = {
    isPatient: true,
    findPage: () => view?.page,
    act,
    attach: (questionId, bytes) => act({ type: 'attach', questionId, bytes }),
    async shows(kind, isSo) {
      type Seen = Extract<Page, { kind: typeof kind }>;
      return until(kind, () => {
        const page = view?.page;
        return page?.kind === kind && isSo(page as Seen) ? (page as Seen) : undefined;
      });
    },
    async sees(...kinds) {
      type Seen = Extract<Page, { kind: (typeof kinds)[number] }>;
      return until(kinds.join(', '), () => {
        const page = view?.page;
        return page !== undefined && (kinds as readonly string[]).includes(page.kind)
          ? (page as Seen)
          : undefined;
      });
    },
    async leaves(kind) {
      await until('another page', () => (view !== undefined && view.page.kind !== kind ? true : undefined));
    },
    changes,
    close: () => ports.close(),
  };
  return line;
}
