/**
 * Every fetch on record: that it began, before the source is asked, and how it ended. Rows are never changed, and no
 * value that was fetched stands in them.
 */
import type { QueryContent } from '../../sync/contents.ts';
import type { PlatformContext } from '../context.ts';

/** Which fetch. */
export interface FetchName {
  readonly terminalId: Uint8Array;
  /** Of its question. */
  readonly nonce: Uint8Array;
}

/** How often one consent may be used on one data set: once, and a few times more where a reply was lost. */
export const MOST_FETCHES = 5;

const DAY_MS = 86_400_000;

/**
 * What became of its beginning: `replayed` when this very question was asked before, `used-up` after the last time for
 * its consent, `too-many` after the last of this terminal within a day.
 */
export type Beginning = 'begun' | 'replayed' | 'used-up' | 'too-many';

/** Puts on record that a fetch begins. */
export async function beginFetch(
  { store, clock }: Pick<PlatformContext, 'store' | 'clock'>,
  fetch: FetchName & { readonly consentId: Uint8Array; readonly dataSet: string },
  mostADay: number,
): Promise<Beginning> {
  const atMs = clock.wallMs();
  return store.transaction(async (tx) => {
    const fetches = tx.selectFrom('fetches').select((column) => column.fn.countAll<number>().as('n'));
    const ofConsent = await fetches
      .where('consentId', '=', fetch.consentId)
      .where('dataSet', '=', fetch.dataSet)
      .executeTakeFirstOrThrow();
    if (Number(ofConsent.n) >= MOST_FETCHES) return 'used-up';
    const ofDay = await fetches
      .where('terminalId', '=', fetch.terminalId)
      .where('atMs', '>', atMs - DAY_MS)
      .executeTakeFirstOrThrow();
    if (Number(ofDay.n) >= mostADay) return 'too-many';
    const inserted = await tx
      .insertInto('fetches')
      .values({ ...fetch, atMs })
      .onConflict((conflict) => conflict.columns(['terminalId', 'nonce']).doNothing())
      .executeTakeFirstOrThrow();
    return Number(inserted.numInsertedOrUpdatedRows) === 0 ? 'replayed' : 'begun';
  });
}

/** Puts on record how it ended. */
export async function endFetch(
  { store, clock }: Pick<PlatformContext, 'store' | 'clock'>,
  { terminalId, nonce }: FetchName,
  content: QueryContent,
): Promise<void> {
  const { outcome } = content;
  const records = content.outcome === 'found' ? content.records.length : 0;
  await store.db
    .insertInto('fetchEnds')
    .values({ terminalId, nonce, outcome, records, atMs: clock.wallMs() })
    .execute();
}
