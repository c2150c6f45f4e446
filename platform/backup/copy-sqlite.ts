/** A checked copy of the SQLite database, on whichever thread this is called. */
import { digestFile } from '../../base/node/file-digest.ts';
import { checkSqliteCopy, copySqliteFile } from '../store/sql/sqlite.ts';

/** What is copied, and to where no file is yet. */
export interface CopyOrder {
  readonly from: string;
  readonly to: string;
}

/** A file that was checked. */
export interface MadeBackup {
  /** Everything held up to this order is in it. */
  readonly heldOrder: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Copies the database as of one moment, and reads the copy as a restore would. */
export async function copySqlite({ from, to }: CopyOrder): Promise<MadeBackup> {
  copySqliteFile(from, to);
  return checkCopy(to);
}

/** Reads a finished copy as a restore would. */
export async function checkCopy(path: string): Promise<MadeBackup> {
  const { heldOrder } = checkSqliteCopy(path);
  return { heldOrder, ...(await digestFile(path)) };
}
