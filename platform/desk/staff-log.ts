/** What staff asked for, on record before it is done; the database lets no row be changed or taken away. */
import type { Operation } from '../access/table.ts';
import type { PlatformContext } from '../context.ts';
import type { DeskCall } from './call.ts';
import type { Session } from './sessions.ts';

type Context = Pick<PlatformContext, 'store' | 'clock'>;

/** One request, judged. `staff` is null where a name was tried that nobody has. */
export interface Noted {
  readonly staff: Pick<Session['staff'], 'staffId' | 'deskCode'> | null;
  readonly operation: Operation;
  /** An id in hex, or nothing. */
  readonly subject: string;
  readonly isAllowed: boolean;
}

/** Looks at what is of nobody. */
const OF_NOBODY: ReadonlySet<Operation> = new Set(['fleet.open']);

/** Puts it on record, unless it is an allowed look at a list: what that shows is the desk's own, or the county's, or of nobody. */
export async function noteAct(context: Context, noted: Noted): Promise<void> {
  const { staff, operation, subject, isAllowed } = noted;
  if (isAllowed && (operation.endsWith('.list') || OF_NOBODY.has(operation))) return;
  await context.store.db
    .insertInto('staffActs')
    .values({
      ...{ atMs: context.clock.wallMs(), staffId: staff?.staffId ?? null, deskCode: staff?.deskCode ?? '' },
      ...{ operation, subject, decision: isAllowed ? 'allowed' : 'refused' },
    })
    .execute();
}

/** What a request is about, as far as it may stand in a record: an id or a code, never words that somebody wrote. */
export function subjectOf({ params, form }: Pick<DeskCall, 'params' | 'form'>): string {
  const named =
    params.caseId ??
    params.terminalId ??
    params.entryId ??
    params.flagId ??
    params.authorityId ??
    form.withdraw ??
    form.case ??
    form.revoke ??
    form.entry ??
    form.alarm ??
    form.machine ??
    form.rollout ??
    form.version ??
    form.localNumber?.replaceAll(' ', '') ??
    form.village;
  const subject = named ?? form.area ?? '';
  return /^[0-9a-f]{1,64}$/.test(subject) ? subject : '';
}
