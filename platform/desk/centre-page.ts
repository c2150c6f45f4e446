/** `POST /cases/…/centre`: what the case centre refused is to be brought to it once more. */
import { toHex } from '../../base/bytes.ts';
import { offerAgain } from '../connector/duties.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE } from './call.ts';
import { findOwnCase } from './own-case.ts';

/** Takes the refusal away, if there is one; then shows the case. */
export async function offerAgainPage(call: DeskCall): Promise<DeskAnswer> {
  const row = await findOwnCase(call);
  if (!row) return NOT_HERE;
  await offerAgain(call.context.store.db, row.caseId, call.form.kind ?? '');
  return { goTo: `/cases/${toHex(row.caseId)}` };
}
