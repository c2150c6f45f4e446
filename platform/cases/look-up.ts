/** Look-up of a case by the number and code of its slip. Says nothing of a person or a matter. */
import { readContent } from '../../sync/content-coding.ts';
import {
  caseContentSchema,
  freezeContentSchema,
  type LookupContent,
  progressStatusSchema,
} from '../../sync/contents.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import type { CaseRow } from '../store/tables.ts';
import { type CaseAction, MOVES } from './machine.ts';
import { findPicture } from './pictures.ts';

const NOTHING: LookupContent = {
  schema: 1,
  found: false,
  submittedMs: null,
  provinceNumber: null,
  progress: [],
};

/** What the holder of this slip may know; a wrong number and a wrong code answer alike. */
export async function lookUp(
  context: Pick<PlatformContext, 'store' | 'openingKeys'>,
  slip: { readonly localNumber: string; readonly slipCode: string },
): Promise<LookupContent> {
  const rows = await context.store.db
    .selectFrom('cases')
    .selectAll()
    .where('localNumber', '=', slip.localNumber)
    .execute();
  for (const row of rows) {
    if ((await findSlipCode(context, row)) === slip.slipCode) return tell(context, row);
  }
  return NOTHING;
}

/** The code of a case's slip, which stands in the sealed body alone. */
export async function findSlipCode(
  context: Pick<PlatformContext, 'store' | 'openingKeys'>,
  row: CaseRow,
): Promise<string | undefined> {
  const content = await getContent(context, row.entryId);
  const read =
    row.kind === 'case' ? readContent(caseContentSchema, content) : readContent(freezeContentSchema, content);
  return read.ok ? read.value.slipCode : undefined;
}

async function tell(
  context: Pick<PlatformContext, 'store' | 'openingKeys'>,
  row: CaseRow,
): Promise<LookupContent> {
  const actions = await context.store.db
    .selectFrom('caseActions')
    .select(['action', 'atMs', 'words'])
    .where('caseId', '=', row.caseId)
    .orderBy('no')
    .execute();
  const progress = actions.flatMap(({ action, atMs, words }) => {
    const status = progressStatusSchema.safeParse(MOVES[action as CaseAction].tells);
    return status.success ? [{ status: status.data, atMs, words }] : [];
  });
  const picture = await findPicture(context, row.caseId);
  return {
    schema: 1,
    found: true,
    submittedMs: row.submittedMs,
    provinceNumber: row.provinceNumber,
    progress,
    ...(picture && { picture }),
  };
}
