/** The payment of a case that was filed: written in the same transaction, opened only when somebody stands there for it. */
import type { FilingScope, HeldEntry } from '../cases/file.ts';
import type { CaseFacts } from '../cases/reading.ts';
import { tellCase } from './tell.ts';

/** Writes it; where the bill already has a payment that stands, or there is no bill, the case ends here and says so. */
export async function takePayment(
  { tx, context, rows, outbox }: FilingScope,
  { terminalId }: Pick<HeldEntry, 'terminalId'>,
  biller: string,
  { caseId, bill }: CaseFacts,
): Promise<void> {
  await rows.flush();
  const known = await tx
    .selectFrom('payments')
    .select('caseId')
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (known) return;
  if (!bill)
    return tellCase(tx, context, outbox, { caseId, action: 'close-payment', words: '没有账单，没有收钱' });
  const { reference, amountFen } = bill;
  const madeMs = context.clock.wallMs();
  const row = {
    ...{ caseId, terminalId, biller, reference, amountFen, madeMs, tries: 0, notBeforeMs: madeMs },
    ...{ code: null, closesMs: null, paidMs: null, providerNumber: null, postedMs: null, receipt: null },
  };
  const made = await tx
    .insertInto('payments')
    .values({ ...row, endedMs: null, ending: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (Number(made.numInsertedOrUpdatedRows) > 0) return;
  await tx
    .insertInto('payments')
    .values({ ...row, endedMs: madeMs, ending: 'another' })
    .execute();
  const words = '这一笔已经有人在付，没有再收钱';
  await tellCase(tx, context, outbox, { caseId, action: 'close-payment', words });
}
