/** Which cases are there, as far as one transaction of intake needs to know. */
import { toHex } from '../../base/bytes.ts';
import type { Many } from '../store/many.ts';
import type { Db } from '../store/store.ts';

/** By case, the entry that made it; kept up to date as cases are made. */
export interface KnownCases {
  findEntry(caseId: Uint8Array): Promise<Uint8Array | undefined>;
  add(caseId: Uint8Array, entryId: Uint8Array): void;
}

/** Looks these up together; any other when it is asked for. */
export async function lookUpCases(
  { isOneOf }: Many,
  tx: Db,
  caseIds: readonly Uint8Array[],
): Promise<KnownCases> {
  const entries = new Map<string, Uint8Array | undefined>();
  async function lookUp(wanted: readonly Uint8Array[]): Promise<void> {
    if (wanted.length === 0) return;
    const rows = await tx
      .selectFrom('cases')
      .select(['caseId', 'entryId'])
      .where(isOneOf('caseId', wanted))
      .execute();
    for (const caseId of wanted) entries.set(toHex(caseId), undefined);
    for (const row of rows) entries.set(toHex(row.caseId), row.entryId);
  }
  await lookUp(caseIds);
  return {
    async findEntry(caseId) {
      if (!entries.has(toHex(caseId))) await lookUp([caseId]);
      return entries.get(toHex(caseId));
    },
    add: (caseId, entryId) => void entries.set(toHex(caseId), entryId),
  };
}
