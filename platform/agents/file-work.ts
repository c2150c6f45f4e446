/** Files what agents do of their own work: calls they promise and make, repairs they ask for. */
import { concat } from '../../base/bytes.ts';
import type { Filing, FilingScope, HeldEntry } from '../cases/file.ts';
import type { Reading } from '../cases/reading.ts';
import { takeCallBack } from './call-backs.ts';
import { endCallWish } from './call-wishes.ts';
import { takeRepair } from './repairs.ts';

/** A promise waits for its case; another's is nobody's to close. */
export async function fileAgentWork(
  { tx, context, rows, outbox }: FilingScope,
  { entryId, terminalId, submittedMs: madeMs }: HeldEntry,
  reading: Extract<Reading, { as: 'call-back' | 'repair' }>,
): Promise<Filing> {
  const { kind } = reading;
  await rows.flush();
  const filed: Filing = { filing: 'filed', kind, arrivedCaseId: null, unfitReplyKey: false };
  if (reading.as === 'repair') {
    const { order } = reading;
    // A machine names its orders for itself.
    const repairId = context.crypto.sha256(concat(terminalId, order.repairId)).slice(0, 16);
    await takeRepair(tx, { ...order, repairId, terminalId, madeMs });
    return filed;
  }
  const { submissionId, word } = reading;
  const came = await takeCallBack(tx, submissionId, word, context.clock.wallMs());
  if (came === 'no-case' && word.said === 'promised') return { filing: 'waiting', kind, caseId: word.caseId };
  if (came === 'taken' && word.said === 'done')
    await endCallWish(tx, context, word.callBackId, { entryId, staffId: null }, outbox);
  return came === 'taken' ? filed : { filing: 'unfiled', kind, oddity: 'call-back: not theirs' };
}
