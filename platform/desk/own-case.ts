/** Which cases a staff member may see: those of their own desk; and that every look at one is on record. */
import { findHex } from '../../base/bytes.ts';
import type { CaseRow } from '../store/tables.ts';
import type { DeskCall } from './call.ts';

/** A case of this staff member's own desk; another desk's is as if it were not there. */
export async function findOwnCase(call: DeskCall): Promise<CaseRow | undefined> {
  const caseId = findHex(call.params.caseId ?? '');
  if (caseId?.length !== 16) return undefined;
  return call.context.store.db
    .selectFrom('cases')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('deskCode', '=', call.session.staff.deskCode)
    .executeTakeFirst();
}

/** Puts on record that they opened it, or a file of it. */
export async function noteView({ context, session }: DeskCall, { caseId }: CaseRow): Promise<void> {
  await context.store.db
    .insertInto('caseViews')
    .values({ caseId, staffId: session.staff.staffId, atMs: context.clock.wallMs() })
    .execute();
}
