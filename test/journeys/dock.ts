import type { CabinetOrder, CabinetState } from '../../drivers/simulator/cabinet.ts';
import type { NetworkMode } from '../../drivers/simulator/network.ts';
import type { PaperLine } from '../../drivers/simulator/printer-simulator.ts';

/** Hands at the simulated cabinet: the same orders the dock's page sends. */
export interface Dock {
  order(order: CabinetOrder | { readonly order: 'set-network'; readonly mode: NetworkMode }): Promise<void>;
  /** Lays a card; the driver finds it at its next poll. */
  lay(card: string): Promise<void>;
  lift(): Promise<void>;
  /** Holds a phone of the sample's people before the scanner, by their place in its list. */
  phone(person: number, kind?: 'signed' | 'unread'): Promise<void>;
  network(mode: NetworkMode): Promise<void>;
  state(): Promise<CabinetState>;
  /** Waits for the slips at the mouth to be this many, and returns the last one. */
  waitForSlip(count: number): Promise<readonly PaperLine[]>;
}

const WAIT_MS = 20_000;

export function dockAt(url: string): Dock {
  const send = async (order: object) => {
    const answer = await fetch(`${url}order`, {
      method: 'POST',
      headers: { origin: new URL(url).origin },
      body: JSON.stringify(order),
    });
    if (!answer.ok) throw new Error(`the dock refused: ${await answer.text()}`);
  };
  const state = async () => (await (await fetch(`${url}state`)).json()) as CabinetState;
  return {
    order: send,
    lay: (card) => send({ order: 'lay-card', card }),
    lift: () => send({ order: 'lift-card' }),
    phone: (person, kind = 'signed') => send({ order: 'scan-phone', person, kind }),
    network: (mode) => send({ order: 'set-network', mode }),
    state,
    async waitForSlip(count) {
      for (const startedMs = Date.now(); Date.now() - startedMs < WAIT_MS; ) {
        const { printer } = await state();
        const last = printer.slips.at(-1);
        if (printer.slips.length >= count && last !== undefined) return last;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no slip number ${count} after ${WAIT_MS} ms`);
    },
  };
}

/** All the words of a slip, a line each. */
export function slipText(lines: readonly PaperLine[]): string {
  return lines.map((line) => (line.type === 'text' ? line.text : '')).join('\n');
}

/** The text of a slip's QR code. */
export function getSlipQr(lines: readonly PaperLine[]): string {
  const qr = lines.find((line) => line.type === 'qr');
  if (qr?.type !== 'qr') throw new Error('the slip has no QR code');
  return qr.data;
}
