/**
 * What the county owes a province's case centre: one row a duty, written in the transaction of the fact it
 * follows from. A duty holds no content: whoever carries it out reads the case then. Its state is derived: it is
 * done when what the centre has was seen, refused when the centre said so, owed otherwise.
 */
import type { Matter } from '../../catalog/schema.ts';
import type { CaseAction } from '../cases/machine.ts';
import type { NewRows } from '../store/new-rows.ts';
import type { Db } from '../store/store.ts';
import type { CentreDutyRow } from '../store/tables.ts';
import type { AcceptDecision, FinishDecision } from './case-centre.ts';

/** The three things a centre is told of a case, in this order. */
export const DUTY_KINDS = ['receive', 'accept', 'finish'] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/** Which matters go to the centre, and by which of its codes (domain.md D.1). */
export interface CentreMatters {
  /** Nothing where the matter stays in the county. */
  findCode(matter: Matter): string | undefined;
}

interface DutyContext {
  readonly clock: { wallMs(): number };
  /** Null without a connector: nothing is owed then. */
  readonly centreMatters: CentreMatters | null;
}

/** The case was filed: the centre is to receive it, if its matter goes there. */
export function oweReceipt(
  rows: Pick<NewRows, 'centreDuties'>,
  context: DutyContext,
  filed: { readonly caseId: Uint8Array; readonly matter: Matter | undefined },
): void {
  const code = filed.matter && context.centreMatters?.findCode(filed.matter);
  if (code === undefined) return;
  rows.centreDuties.push(dutyRow(context, { caseId: filed.caseId, kind: 'receive', actionNo: 1 }));
}

/** Something was decided on a case: the centre is to hear of it, if it is to have the case at all. */
export async function oweDecision(
  tx: Db,
  context: DutyContext,
  acted: {
    readonly caseId: Uint8Array;
    readonly action: CaseAction;
    readonly actionNo: number;
    readonly wasAccepted: boolean;
  },
): Promise<void> {
  const kind = findDutyOf(acted.action, acted.wasAccepted);
  if (kind === undefined) return;
  const first = await tx
    .selectFrom('centreDuties')
    .select('kind')
    .where('caseId', '=', acted.caseId)
    .where('kind', '=', 'receive')
    .executeTakeFirst();
  if (!first) return;
  await owe(tx, context, { caseId: acted.caseId, kind, actionNo: acted.actionNo });
}

/** What the centre is told of `action`; nothing where it is the county's own affair. */
function findDutyOf(action: CaseAction, wasAccepted: boolean): DutyKind | undefined {
  if (action === 'accept') return 'accept';
  if (action === 'finish' || action === 'withdraw') return 'finish';
  // Refused before it was accepted is 不予受理; afterwards it is a result.
  if (action === 'refuse') return wasAccepted ? 'finish' : 'accept';
  return undefined;
}

/** What a desk's refusal or acceptance is to the centre. */
export function acceptDecisionOf(action: string): AcceptDecision {
  return action === 'accept' ? 'accepted' : 'declined';
}

/** What the end of a case is to the centre. */
export function finishDecisionOf(action: string): FinishDecision {
  if (action === 'finish') return 'granted';
  return action === 'withdraw' ? 'withdrawn' : 'denied';
}

/** What the centre is owed, or was, for one case, in order; empty where it stays in the county. */
export function dutiesOf(db: Db, caseId: Uint8Array): Promise<CentreDutyRow[]> {
  return db.selectFrom('centreDuties').selectAll().where('caseId', '=', caseId).orderBy('position').execute();
}

/** Whether staff write the province's number down: where no centre gives it, or the centre will not. */
export function registersByHand(duties: readonly CentreDutyRow[]): boolean {
  const [first] = duties;
  return first === undefined || first.refusal !== null;
}

/** What the centre refused is offered to it once more. */
export async function offerAgain(db: Db, caseId: Uint8Array, kind: string): Promise<void> {
  const known = DUTY_KINDS.find((one) => one === kind);
  if (known === undefined) return;
  await db
    .updateTable('centreDuties')
    .set({ refusal: null, notBeforeMs: 0 })
    .where('caseId', '=', caseId)
    .where('kind', '=', known)
    .where('refusal', 'is not', null)
    .execute();
}

interface Duty {
  readonly caseId: Uint8Array;
  readonly kind: DutyKind;
  readonly actionNo: number;
}

/** Owed once a case: what was said of it before stands. */
async function owe(tx: Db, context: DutyContext, duty: Duty): Promise<void> {
  await tx
    .insertInto('centreDuties')
    .values(dutyRow(context, duty))
    .onConflict((conflict) => conflict.columns(['caseId', 'kind']).doNothing())
    .execute();
}

function dutyRow({ clock }: DutyContext, duty: Duty): CentreDutyRow {
  return {
    ...duty,
    position: DUTY_KINDS.indexOf(duty.kind) + 1,
    madeMs: clock.wallMs(),
    tries: 0,
    claim: null,
    notBeforeMs: 0,
    trouble: null,
    refusal: null,
    doneMs: null,
  };
}
