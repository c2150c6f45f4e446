/** An order for a repair, as a machine files it: from upkeep, or by an agent who is signed in. */
import { concat, label, utf8 } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { KeepWish } from '../keeper.ts';

const REPAIR_LABEL = label('yizhan/repair-asked/1');

/** One order a part and day: whoever asks again is not heard twice; its id is of this machine alone. `part` is a device's name or another part. */
export function repairWish(
  crypto: Pick<Crypto, 'sha256'>,
  what: {
    readonly part: string;
    readonly fault: string;
    readonly agentId: Uint8Array | null;
    readonly nowMs: number;
  },
): KeepWish {
  const { part, fault, agentId, nowMs } = what;
  const named = concat(REPAIR_LABEL, utf8(`${isoDate(nowMs)}/${part}`));
  const submissionId = crypto.sha256(named).slice(0, 16);
  return {
    submissionId,
    entryClass: 2,
    content: { schema: 1, kind: 'audit.repair', submissionId, part, fault, agentId },
    attachments: [],
    remember: null,
    slip: false,
  };
}
