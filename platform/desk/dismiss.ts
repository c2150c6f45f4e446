/** A staff member leaves: they are signed out, and no case stays at a desk where nobody is. */
import { toHex } from '../../base/bytes.ts';
import { levelOf, staffedDesks } from '../cases/desks.ts';
import type { CaseStatus } from '../cases/machine.ts';
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';

/** Who has the work of a desk without staff: a village's town, a department's county. A town and the county keep theirs. */
function deskInstead(deskCode: string): string | undefined {
  const level = levelOf(deskCode);
  if (level === 'village') return deskCode.slice(0, 9);
  return level === 'department' ? deskCode.split('/')[0] : undefined;
}

const OPEN: readonly CaseStatus[] = ['received', 'accepted', 'supplement', 'supplemented'];

/** How many cases went on to another desk; `undefined` where nobody of that name works here. */
export async function dismissStaff(
  { store, clock }: Pick<PlatformContext, 'store' | 'clock'>,
  signIn: string,
): Promise<number | undefined> {
  return store.transaction(async (tx) => {
    const staff = await tx
      .selectFrom('staff')
      .select(['staffId', 'deskCode'])
      .where('signIn', '=', signIn)
      .where('disabled', '=', 0)
      .executeTakeFirst();
    if (!staff) return undefined;
    const { staffId, deskCode } = staff;
    await tx.updateTable('staff').set({ disabled: 1 }).where('staffId', '=', staffId).execute();
    await tx.deleteFrom('sessions').where('staffId', '=', staffId).execute();
    const to = deskInstead(deskCode);
    if (to === undefined || (await staffedDesks(tx)).has(deskCode)) return 0;
    return moveOpenCases(tx, { deskCode, to, atMs: clock.wallMs() });
  });
}

async function moveOpenCases(
  tx: Db,
  { deskCode, to, atMs }: { readonly deskCode: string; readonly to: string; readonly atMs: number },
): Promise<number> {
  const cases = await tx
    .selectFrom('cases')
    .select(['caseId', 'status', 'actionCount'])
    .where('deskCode', '=', deskCode)
    .where('status', 'in', [...OPEN])
    .execute();
  for (const { caseId, status, actionCount } of cases) {
    const no = actionCount + 1;
    await tx
      .updateTable('cases')
      .set({ deskCode: to, deskDueDate: null, actionCount: no })
      .where('caseId', '=', caseId)
      .execute();
    await tx
      .insertInto('caseActions')
      .values({
        ...{ caseId, no, action: 'forward', statusAfter: status, atMs, words: '原来的工位没有人了' },
        // Once a case and number: a repeat of the whole finds nobody to dismiss.
        ...{ actionKey: `dismissed/${deskCode}/${atMs}/${no}/${toHex(caseId)}` },
        ...{ staffId: null, entryId: null },
      })
      .execute();
  }
  return cases.length;
}
