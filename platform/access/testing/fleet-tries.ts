/** What concerns the county's machines as they report themselves, and the roll-outs of their software, tried as anyone. */
import { toHex } from '../../../base/bytes.ts';
import type { DeskAsker } from './at-the-desk.ts';
import type { Tried } from './at-the-gateway.ts';

/** The tries. */
export function fleetTries({
  terminalId,
  looks,
  posts,
}: {
  readonly terminalId: Uint8Array;
  looks(asker: DeskAsker, path: string): Promise<Tried>;
  /** Served also where what was asked for cannot be done. */
  posts(asker: DeskAsker, path: string, fields: Readonly<Record<string, string>>): Promise<Tried>;
}) {
  const machine = toHex(terminalId);
  return {
    'fleet.list': (asker: DeskAsker) => looks(asker, '/fleet'),
    'fleet.open': (asker: DeskAsker) => looks(asker, `/fleet/machines/${machine}`),
    'fleet-alerts.list': (asker: DeskAsker) => looks(asker, '/fleet/alerts'),
    'fleet-alerts.answer': (asker: DeskAsker) =>
      posts(asker, '/fleet/alerts', { alert: '1', words: '明天去' }),
    'rollouts.list': (asker: DeskAsker) => looks(asker, '/fleet/rollouts'),
    'rollouts.begin': (asker: DeskAsker) =>
      posts(asker, '/fleet/rollouts/begin', { version: '1', words: '新的', sure: 'yes' }),
    'rollouts.act': (asker: DeskAsker) =>
      posts(asker, '/fleet/rollouts/act', { rollout: '1', act: 'pause', words: '先等等' }),
    'rollouts.pin': (asker: DeskAsker) =>
      posts(asker, '/fleet/rollouts/pins', { machine, pinned: 'yes', words: '展厅的' }),
    'rollouts.step-back': (asker: DeskAsker) =>
      posts(asker, '/fleet/rollouts/step-back', { from: '2', to: '1' }),
  };
}
