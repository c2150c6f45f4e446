/** What becomes of a payment stands in its case, and is told to whoever filed it. */
import { toHex } from '../../base/bytes.ts';
import { actOnCase } from '../cases/act.ts';
import type { PaymentAction } from '../cases/machine.ts';
import type { PlatformContext } from '../context.ts';
import type { Outbox } from '../feed/outbox.ts';
import type { Db } from '../store/store.ts';

/** Says it once a case and action. */
export async function tellCase(
  tx: Db,
  context: Pick<PlatformContext, 'clock' | 'crypto' | 'book' | 'county' | 'calendar' | 'centreMatters'>,
  outbox: Outbox,
  {
    caseId,
    action,
    words,
  }: { readonly caseId: Uint8Array; readonly action: PaymentAction; readonly words: string },
): Promise<void> {
  const nobody = { provinceNumber: null, staffId: null, entryId: null, seenActionCount: null };
  const actionKey = `payment/${toHex(caseId)}/${action}`;
  await actOnCase(tx, context, { ...nobody, caseId, action, actionKey, words }, outbox);
}
