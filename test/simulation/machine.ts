import type { Ledger } from './ledger.ts';
import type { Network } from './network.ts';
import type { SimulatedTerminal } from './terminal.ts';
import type { Watch } from './watch.ts';

/** One machine in its village: the terminal, its line, who files there, and who watches over it. */
export interface Machine {
  readonly terminal: SimulatedTerminal;
  readonly network: Network;
  readonly ledger: Ledger;
  readonly watch: Watch;
}

/** Those of two machines with one disk that are not served: the other one has changed the key since. */
export function lockedOut(machines: readonly Machine[]): readonly Machine[] {
  const isUnknown = ({ terminal }: Machine) => terminal.findRun()?.engine?.status().access === 'unknown';
  return machines.length > 1 ? machines.filter(isUnknown) : [];
}
