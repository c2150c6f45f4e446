/** Promised calls and repairs, tried as anyone. */
import { toHex } from '../../../base/bytes.ts';
import { addDays, isoDate } from '../../../base/calendar.ts';
import { takeRepair } from '../../agents/repairs.ts';
import type { PlatformContext } from '../../context.ts';
import { newId } from '../../testing/test-terminal.ts';
import type { About, DeskAsker } from './at-the-desk.ts';
import type { Tried } from './at-the-gateway.ts';

/** The tries. */
export function agentWorkTries(bench: {
  readonly context: PlatformContext;
  readonly terminalId: Uint8Array;
  caseAt(deskCode: string): Promise<string>;
  posts(asker: DeskAsker, path: string, fields: Readonly<Record<string, string>>): Promise<Tried>;
}) {
  const { context, terminalId, caseAt, posts } = bench;
  return {
    'case.call': async (asker: DeskAsker, { deskCode }: About) => {
      const day = addDays(isoDate(context.clock.wallMs()), 1);
      return posts(asker, `/cases/${await caseAt(deskCode)}/calls`, { call: 'promise', day });
    },
    'machine.repair': async (asker: DeskAsker) => {
      const repairId = newId();
      const madeMs = context.clock.wallMs();
      const order = { repairId, terminalId, part: 'screen', fault: 'broken', agentId: null, madeMs };
      await takeRepair(context.store.db, order);
      const fields = { repair: toHex(repairId), words: '换了屏幕' };
      return posts(asker, `/machines/${toHex(terminalId)}/repairs`, fields);
    },
  };
}
