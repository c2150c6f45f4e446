/** Whoever speaks to the terminal past its screen, at the same line that the screen speaks at. */
import { setTimeout as sleep } from 'node:timers/promises';
import { toHex } from '../../base/bytes.ts';
import { systemClock } from '../../base/node/clock.ts';
import { dialPorts } from '../../base/node/port-source.ts';
import { systemRandom } from '../../base/node/random.ts';
import { connect } from '../../base/rpc/connect.ts';
import { socketPaths } from '../../host/programs.ts';
import type { Action, ActResult, ScreenContract } from '../../terminal/api.ts';
import type { Village } from './village.ts';

/** A line past the screen. */
export interface PastScreen {
  /** Sends an action on the page shown now, and returns what the terminal says to it. */
  sends(action: Action): Promise<ActResult>;
  close(): void;
}

export async function goPastScreen({ stack }: Village): Promise<PastScreen> {
  const path = socketPaths(stack.folders.run).screen;
  const ports = dialPorts({ path, peer: 'terminal', clock: systemClock });
  const { client } = await new Promise<ReturnType<typeof connect<ScreenContract>>>((resolve) =>
    ports.onPort(({ port }) => resolve(connect<ScreenContract>(port, { clock: systemClock }))),
  );
  let revision = 0;
  void follow();

  async function follow(): Promise<void> {
    try {
      for await (const view of await client.watch()) revision = view.revision;
    } catch {
      // The line is closed at the end.
    }
  }

  return {
    async sends(action) {
      for (;;) {
        const said = await client.act({ actionId: toHex(systemRandom.bytes(8)), revision, action });
        if (said.ok || said.error.code !== 'stale') return said;
        await sleep(5);
      }
    },
    close: () => ports.close(),
  };
}

/** Touches past the screen, whatever page stands. */
export async function touchPastScreen(village: Village): Promise<void> {
  const past = await goPastScreen(village);
  await past.sends({ type: 'touch' });
  past.close();
}
