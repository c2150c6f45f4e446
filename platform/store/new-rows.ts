/** Rows a transaction has made and not written yet, so that many go in one statement. */
import type { Insertable } from 'kysely';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

/** How the rows of each table are written, in the order that their references need. */
const WRITERS = {
  journals: (tx: Db, rows: Insertable<Tables['journals']>[]) =>
    tx
      .insertInto('journals')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['terminalId', 'journalId']).doNothing())
      .execute(),
  headers: (tx: Db, rows: Insertable<Tables['headers']>[]) => tx.insertInto('headers').values(rows).execute(),
  bodies: (tx: Db, rows: Insertable<Tables['bodies']>[]) => tx.insertInto('bodies').values(rows).execute(),
  cases: (tx: Db, rows: Insertable<Tables['cases']>[]) => tx.insertInto('cases').values(rows).execute(),
  caseActions: (tx: Db, rows: Insertable<Tables['caseActions']>[]) =>
    tx.insertInto('caseActions').values(rows).execute(),
  centreDuties: (tx: Db, rows: Insertable<Tables['centreDuties']>[]) =>
    tx
      .insertInto('centreDuties')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['caseId', 'kind']).doNothing())
      .execute(),
};

type Waiting = { readonly [Name in keyof typeof WRITERS]: Insertable<Tables[Name]>[] };

/** What is not written yet. Whoever reads or changes rows of these tables flushes first. */
export interface NewRows extends Waiting {
  flush(): Promise<void>;
}

/** For one transaction, which flushes before it commits. */
export function newRows(tx: Db): NewRows {
  const waiting: Waiting = {
    ...{ journals: [], headers: [], bodies: [], cases: [], caseActions: [], centreDuties: [] },
  };
  const write = async <Row>(rows: Row[], writer: (tx: Db, rows: Row[]) => Promise<unknown>) => {
    if (rows.length > 0) await writer(tx, rows.splice(0));
  };
  return {
    ...waiting,
    async flush() {
      await write(waiting.journals, WRITERS.journals);
      await write(waiting.headers, WRITERS.headers);
      await write(waiting.bodies, WRITERS.bodies);
      await write(waiting.cases, WRITERS.cases);
      await write(waiting.caseActions, WRITERS.caseActions);
      await write(waiting.centreDuties, WRITERS.centreDuties);
    },
  };
}
