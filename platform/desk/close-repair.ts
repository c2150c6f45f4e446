/** A repair of a machine that is done. */
import { findHex, toHex } from '../../base/bytes.ts';
import { closeRepair } from '../agents/repairs.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE } from './call.ts';
import { findShown } from './machine-page.ts';
import { REPAIR_WORDS_MOST } from './repairs-view.ts';

/** `POST /machines/…/repairs`: a repair is done. */
export async function closeRepairOnPage(call: DeskCall): Promise<DeskAnswer> {
  const terminal = await findShown(call);
  const repairId = findHex(call.form.repair ?? '');
  const words = call.form.words?.trim().slice(0, REPAIR_WORDS_MOST) ?? '';
  if (!terminal || repairId?.length !== 16 || words === '') return NOT_HERE;
  const { context, session } = call;
  const { terminalId } = terminal;
  await closeRepair(
    context.store.db,
    { repairId, terminalId },
    { staffId: session.staff.staffId, atMs: context.clock.wallMs(), words },
  );
  const page = call.level === 'maintainer' ? '/fleet/machines' : '/machines';
  return { goTo: `${page}/${toHex(terminalId)}` };
}
