/** The slips of cash as the slip desk keeps them: two of each payment, each printed once and at most once more. */
import { concat, findHex, toHex } from '../../base/bytes.ts';
import { err, invariant, ok } from '../../base/result.ts';
import { type Sql, SqlFailure } from '../../base/sql.ts';
import type { Keeper, SlipJobState } from '../keeper.ts';
import { toKeepTrouble } from '../memory/card-memory.ts';

/** Who keeps a slip. */
export type CashSide = 'resident' | 'agent';

const SIDES: readonly CashSide[] = ['resident', 'agent'];
const CASE_ID_BYTES = 16;

/** What a slip is called at the slip desk: the case, and whose copy it is. */
export function slipOf(caseId: Uint8Array, side: CashSide): Uint8Array {
  return concat(caseId, Uint8Array.of(SIDES.indexOf(side)));
}

/** The slips in this database, by {@link slipOf}. */
export interface CashSlips extends Pick<Keeper, 'findSlip' | 'wantSlipCopy' | 'noteSlip'> {
  /** How often a slip was wanted; one that surely did not come out, and was tried again, once. */
  prints(slip: Uint8Array): number;
}

interface Row {
  readonly prints: number;
  readonly state: SlipJobState;
}

/** Opens them; what the run before wanted may have come out. */
export function createCashSlips(sql: Sql): CashSlips {
  // What a full disk cannot take is known until the next start, which finds it unknown.
  const unwritten = new Map<string, SlipJobState>();
  const doubted = sql.transaction(() =>
    sql.prepare("UPDATE agent_cash_slips SET state = 'unknown' WHERE state = 'wanted'").run(),
  );
  if (!doubted.ok && doubted.error.code === 'corrupt') throw new SqlFailure(doubted.error);

  const findRow = (slip: Uint8Array) =>
    sql
      .prepare<Row>('SELECT prints, state FROM agent_cash_slips WHERE case_id = ? AND side = ?')
      .find(...keyOf(slip));

  return {
    findSlip(slip) {
      const row = findRow(slip);
      if (row === undefined) return undefined;
      const jobId = jobOf(slip, row.prints);
      return { jobId, state: unwritten.get(jobId) ?? row.state };
    },
    wantSlipCopy(slip) {
      const written = sql.transaction(() =>
        sql
          .prepare(
            `INSERT INTO agent_cash_slips (case_id, side, prints, state) VALUES (?, ?, 1, 'wanted')
             ON CONFLICT (case_id, side) DO UPDATE SET prints = prints + 1, state = 'wanted'`,
          )
          .run(...keyOf(slip)),
      );
      if (!written.ok) return err(toKeepTrouble(written.error));
      return ok({ jobId: jobOf(slip, findRow(slip)?.prints ?? 0) });
    },
    noteSlip(jobId, state) {
      const slip = findHex(jobId.split('-')[1] ?? '');
      invariant(slip?.length === CASE_ID_BYTES + 1, 'a slip of cash that is spoken of is there');
      const noted = sql.transaction(() =>
        sql
          .prepare('UPDATE agent_cash_slips SET state = ? WHERE case_id = ? AND side = ?')
          .run(state, ...keyOf(slip)),
      );
      if (noted.ok) unwritten.delete(jobId);
      else if (noted.error.code === 'corrupt') throw new SqlFailure(noted.error);
      else unwritten.set(jobId, state);
    },
    prints: (slip) => findRow(slip)?.prints ?? 0,
  };
}

function keyOf(slip: Uint8Array): readonly [Uint8Array, CashSide] {
  return [slip.subarray(0, CASE_ID_BYTES), SIDES[slip[CASE_ID_BYTES] ?? 0] ?? 'resident'];
}

function jobOf(slip: Uint8Array, prints: number): string {
  return `cash-${toHex(slip)}-${prints}`;
}
