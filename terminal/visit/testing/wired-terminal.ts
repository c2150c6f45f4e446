/** A whole terminal with a screen and devices at the ends of real ports, in one process. */

import type { Log } from '../../../base/log.ts';
import { systemRandom } from '../../../base/node/random.ts';
import { connect } from '../../../base/rpc/connect.ts';
import { portPair } from '../../../base/rpc/port.ts';
import { serve } from '../../../base/rpc/serve.ts';
import type { DevicesContract } from '../../../drivers/api.ts';
import type { Action, ScreenContract, View } from '../../api.ts';
import { ALL_OPEN } from '../../limits/standing.ts';
import { watched } from '../../program/source.ts';
import { createTerminal, type Terminal } from '../../terminal.ts';
import { crypto } from '../../testing/keeper-world.ts';
import type { Notice, ServiceState } from '../desk.ts';
import { createFakeDevices, type FakeDevices } from './fake-devices.ts';
import { fakeLookUp } from './fake-look-up.ts';
import { fakePrinting } from './fake-printing.ts';
import { fakeQueries } from './fake-queries.ts';
import { PROJECT_CATALOG, SITE } from './site.ts';
import { type WatchedKeeper, watchKeeper } from './watched-keeper.ts';

/** A terminal and what hangs on it. */
export interface Wired {
  readonly terminal: Terminal;
  readonly keeper: WatchedKeeper;
  readonly screen: ReturnType<typeof connect<ScreenContract>>['client'];
  readonly online: ReturnType<typeof watched<boolean>>;
  readonly service: ReturnType<typeof watched<ServiceState>>;
  readonly notices: ReturnType<typeof watched<readonly Notice[]>>;
  /** Joins a devices process; `kill` ends its line. */
  plug(): { readonly devices: FakeDevices; kill(): void };
  /** An action as the screen sends it, on the view it has now. */
  act(action: Action): Promise<unknown>;
  /** The view once it is on a page of this kind. */
  until<K extends View['page']['kind']>(kind: K): Promise<View>;
}

/** Starts one, its devices not plugged in. */
export function wireTerminal({ log = () => {} }: { readonly log?: Log } = {}): Wired {
  const keeper = watchKeeper();
  const { clock } = keeper;
  const online = watched(true);
  const service = watched<ServiceState>('up');
  const notices = watched<readonly Notice[]>([]);
  const terminal = createTerminal({
    clock,
    random: systemRandom,
    crypto,
    log,
    keeper,
    time: { nowMs: clock.wallMs, trusted: () => true, floorMs: () => 0 },
    site: SITE,
    catalog: watched(PROJECT_CATALOG),
    network: online,
    service,
    notices,
    standing: watched(ALL_OPEN),
    lookUp: fakeLookUp(),
    queries: fakeQueries(),
    typesetter: fakePrinting().typesetter,
  });
  const [near, far] = portPair();
  serve(terminal.router, near, { clock, context: {}, onFault: raise });
  const screen = connect<ScreenContract>(far, { clock }).client;
  let actions = 0;

  return {
    terminal,
    keeper,
    screen,
    online,
    service,
    notices,
    plug() {
      const devices = createFakeDevices();
      const [here, there] = portPair();
      serve(devices.router, there, { clock, context: {}, onFault: raise });
      terminal.attachDevices(connect<DevicesContract>(here, { clock }).client);
      return { devices, kill: () => there.close() };
    },
    act(action) {
      actions += 1;
      return screen.act({
        actionId: `action-${actions}`.padEnd(12, '-'),
        revision: terminal.view().revision,
        action,
      });
    },
    async until(kind) {
      for (let turn = 0; turn < 200; turn += 1) {
        const view = terminal.view();
        if (view.page.kind === kind) return view;
        await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
      }
      throw new Error(`the page is ${terminal.view().page.kind}, not ${kind}`);
    },
  };
}

function raise(error: unknown): void {
  throw error;
}
