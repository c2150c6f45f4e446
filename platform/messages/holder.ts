/** Whose card an entry was made with, read from its sealed body at the moment they are told. */
import { z } from 'zod';
import { authorityContentSchema, authorityEndContentSchema } from '../../sync/authority-contents.ts';
import { readContent } from '../../sync/content-coding.ts';
import { caseContentSchema, consentContentSchema, type Person } from '../../sync/contents.ts';
import { isForAbsent } from '../authorities/take.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import type { MessageRow } from '../store/message-tables.ts';
import type { Holder } from './ports.ts';

type Context = Pick<PlatformContext, 'store' | 'openingKeys'>;

const entrustmentSchema = z.union([authorityContentSchema, authorityEndContentSchema]);

/** Nothing where the body names nobody with a number. */
export async function findHolder(context: Context, row: MessageRow): Promise<Holder | undefined> {
  if (row.kind === 'consented') {
    const read = readContent(consentContentSchema, await getContent(context, row.entryId));
    return read.ok ? holderOf(read.value.submitter ?? read.value.person) : undefined;
  }
  if (row.kind === 'entrusted' || row.kind === 'entrusted-no-more') {
    const read = readContent(entrustmentSchema, await getContent(context, row.entryId));
    return read.ok ? holderOf(read.value.submitter) : undefined;
  }
  const made = await context.store.db
    .selectFrom('cases')
    .select('entryId')
    .where('caseId', '=', row.caseId)
    .executeTakeFirst();
  const read = made && readContent(caseContentSchema, await getContent(context, made.entryId));
  if (!read?.ok) return undefined;
  // Under an entrustment the card that was laid is the agent's: it is the resident who is told.
  return holderOf(isForAbsent(read.value) ? read.value.subject : read.value.submitter);
}

function holderOf(person: Person | null): Holder | undefined {
  return person?.number ? { name: person.name, number: person.number } : undefined;
}
