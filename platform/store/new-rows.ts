/** Rows a transaction has made and not written yet, so that many go in one statement. */
import type { Insertable } from 'kysely';
import type { Cell, ColumnKind, RowsOf } from './many.ts';
import type { Db, Store } from './store.ts';
import type { Tables } from './tables.ts';

type Columns<Name extends keyof Tables> = Readonly<Partial<Record<keyof Tables[Name] & string, ColumnKind>>>;

/** What is written of each table, in the order that their references need. */
const COLUMNS = {
  journals: {
    ...{ terminalId: 'bytes', journalId: 'bytes', claimedSeq: 'int', claimedHash: 'bytes' },
    ...{ saidSeq: 'int', firstMs: 'int', lineHash: 'bytes' },
  },
  headers: {
    ...{ entryHash: 'bytes', terminalId: 'bytes', journalId: 'bytes', seq: 'int', prev: 'bytes' },
    ...{ entryId: 'bytes', supersedes: 'bytes', header: 'bytes', signature: 'bytes', outcome: 'int' },
    ...{ heldOrder: 'int', backupNo: 'int', receivedMs: 'int' },
  },
  bodies: {
    ...{ entryId: 'bytes', terminalId: 'bytes', entryHash: 'bytes', heldOrder: 'int', body: 'bytes' },
    ...{ bodyHash: 'bytes', kind: 'text', filing: 'text', oddity: 'text' },
  },
  cases: {
    ...{ caseId: 'bytes', entryId: 'bytes', terminalId: 'bytes', kind: 'text', matterId: 'text' },
    ...{ matterVersion: 'text', localNumber: 'text', townCode: 'text', villageName: 'text' },
    ...{
      deskCode: 'text',
      countyOnly: 'int',
      status: 'text',
      frozen: 'int',
      replyKey: 'bytes',
      submittedMs: 'int',
    },
    ...{ receivedMs: 'int', acceptedMs: 'int', dueDate: 'text', provinceNumber: 'text', actionCount: 'int' },
  },
  caseActions: {
    ...{ caseId: 'bytes', no: 'int', actionKey: 'text', action: 'text', statusAfter: 'text', atMs: 'int' },
    ...{ staffId: 'int', entryId: 'bytes', words: 'text' },
  },
  caseCards: { caseId: 'bytes', matterId: 'text', card: 'bytes' },
  centreDuties: {
    ...{ caseId: 'bytes', kind: 'text', position: 'int', actionNo: 'int', madeMs: 'int', tries: 'int' },
    ...{ claim: 'bytes', notBeforeMs: 'int', trouble: 'text', refusal: 'text', doneMs: 'int' },
  },
  misuseMarks: {
    ...{ entryId: 'bytes', pattern: 'text', about: 'bytes', other: 'bytes', caseId: 'bytes' },
    ...{ countyOnly: 'int', townCode: 'text', villageName: 'text', atMs: 'int', markedMs: 'int' },
  },
  messages: {
    ...{ entryId: 'bytes', kind: 'text', caseId: 'bytes', villageName: 'text', atMs: 'int', madeMs: 'int' },
    ...{ tries: 'int', notBeforeMs: 'int', outcome: 'text', doneMs: 'int' },
  },
} as const satisfies { readonly [Name in keyof Tables]?: Columns<Name> };

type Written = keyof typeof COLUMNS;

/** Others may have made the same row: it is theirs then. */
const MAY_BE_THERE: ReadonlySet<Written> = new Set([
  'caseCards',
  'journals',
  'centreDuties',
  'misuseMarks',
  'messages',
]);

const INTO = Object.fromEntries(
  Object.entries(COLUMNS).map(([name, columns]) => [name, rowsOf(name as Written, columns)]),
) as Readonly<Record<Written, RowsOf>>;

function rowsOf(table: Written, columns: Readonly<Record<string, ColumnKind>>): RowsOf {
  return {
    table: snakeCase(table),
    columns: Object.entries(columns).map(([name, kind]) => ({ name: snakeCase(name), kind })),
    passOver: MAY_BE_THERE.has(table),
  };
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

type Waiting = { readonly [Name in Written]: Insertable<Tables[Name]>[] };

/** What is not written yet. Whoever reads or changes rows of these tables flushes first. */
export interface NewRows extends Waiting {
  flush(): Promise<void>;
}

/** For one transaction, which flushes before it commits. */
export function newRows(store: Pick<Store, 'many'>, tx: Db): NewRows {
  const waiting: Waiting = {
    ...{
      journals: [],
      headers: [],
      bodies: [],
      cases: [],
      caseActions: [],
      caseCards: [],
      centreDuties: [],
      misuseMarks: [],
      messages: [],
    },
  };
  return {
    ...waiting,
    async flush() {
      for (const name of Object.keys(COLUMNS) as Written[]) {
        const rows = waiting[name].splice(0) as Readonly<Record<string, Cell>>[];
        if (rows.length === 0) continue;
        const columns = Object.keys(COLUMNS[name]);
        const cells = rows.map((row) => columns.map((column) => row[column] ?? null));
        await store.many.insert(tx, INTO[name], cells);
      }
    },
  };
}
