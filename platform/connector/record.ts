/** Writes what came of a try, in one transaction, while the claim is still ours; else nothing. */
import { toHex } from '../../base/bytes.ts';
import { fraction } from '../../base/random.ts';
import { invariant } from '../../base/result.ts';
import { actOnCase } from '../cases/act.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import type { Db } from '../store/store.ts';
import type { Attended } from './attend.ts';
import type { Numbered } from './case-centre.ts';
import { type Claimed, LONGEST_WAIT_MS } from './claims.ts';
import { checkProvinceNumber, isProvincePassword } from './province-number.ts';
import { isOfAnotherCase, keepRegistration } from './registration.ts';

const FIRST_WAIT_MS = 2_000;
const REASON_LENGTH = 500;

/** Troubles in which the centre contradicts itself, us, or what a number is: a person must know. */
const WRONG: ReadonlySet<string> = new Set([
  ...['answers-differ', 'case-gone', 'other-number', 'other-decision', 'wrong-number', 'number-of-another'],
]);

/** Records it. A number is checked here, before anything is written. */
export async function record(context: PlatformContext, duty: Claimed, attended: Attended): Promise<void> {
  const outbox: Outbox = [];
  await context.store.transaction(async (tx) => {
    const settled = await settle(tx, context, duty, attended);
    if (settled.kind === 'done') await finishDuty(tx, context, duty, settled.numbered, outbox);
    if (settled.kind === 'refused') await noteRefusal(tx, context, duty, settled.reason);
    if (settled.kind === 'later') await noteTrouble(tx, context, duty, settled);
    await flushOutbox(tx, outbox, context.clock.wallMs());
  });
  ringFor(context.bell, outbox);
}

/** How long to wait after the `tries`th try, in milliseconds: doubling, capped, with jitter. */
export function waitAfterMs(tries: number, random: PlatformContext['random']): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 20));
  return Math.round(ceiling * (0.5 + 0.5 * fraction(random)));
}

/** The same, but a number that cannot be this case's is no answer. */
async function settle(
  tx: Db,
  context: PlatformContext,
  duty: Claimed,
  attended: Attended,
): Promise<Attended> {
  if (attended.kind !== 'done' || duty.kind !== 'receive') return attended;
  const { number, password } = attended.numbered;
  const checked = checkProvinceNumber(number, context.county.code.slice(0, 2));
  const unsure = { kind: 'later', isSure: false } as const;
  if (!checked.ok || !isProvincePassword(password)) return { ...unsure, code: 'wrong-number' };
  if (await isOfAnotherCase(tx, number, duty.caseId)) return { ...unsure, code: 'number-of-another' };
  return attended;
}

async function finishDuty(
  tx: Db,
  context: PlatformContext,
  duty: Claimed,
  numbered: Numbered,
  outbox: Outbox,
): Promise<void> {
  const atMs = context.clock.wallMs();
  const isOurs = await change(tx, duty, { doneMs: atMs, claim: null, trouble: null });
  if (!isOurs || duty.kind !== 'receive') return;
  const { caseId } = duty;
  await keepRegistration(tx, context, { caseId, numbered, atMs });
  const told = await actOnCase(
    tx,
    context,
    {
      caseId,
      action: 'take-number',
      actionKey: `centre/${toHex(caseId)}`,
      words: '',
      provinceNumber: numbered.number,
      staffId: null,
      entryId: null,
      seenActionCount: null,
    },
    outbox,
  );
  invariant(told.ok, 'a number can be taken by every case');
}

async function noteRefusal(tx: Db, context: PlatformContext, duty: Claimed, reason: string): Promise<void> {
  const refusal = reason.replaceAll('\0', '').slice(0, REASON_LENGTH);
  const isOurs = await change(tx, duty, { refusal, claim: null, trouble: null });
  if (isOurs) await ring(tx, context, duty, 'centre-refused');
}

/** What is in doubt keeps its claim: nobody sends before it has stood for long enough. */
async function noteTrouble(
  tx: Db,
  context: PlatformContext,
  duty: Claimed,
  { code, isSure }: Extract<Attended, { kind: 'later' }>,
): Promise<void> {
  const notBeforeMs = context.clock.wallMs() + waitAfterMs(duty.tries, context.random);
  const isOurs = await change(tx, duty, { trouble: code, notBeforeMs, ...(isSure && { claim: null }) });
  if (isOurs && WRONG.has(code)) await ring(tx, context, duty, 'centre-wrong');
}

async function ring(
  tx: Db,
  context: PlatformContext,
  duty: Claimed,
  kind: 'centre-refused' | 'centre-wrong',
): Promise<void> {
  context.log('platform.alarm', { kind });
  const { localNumber, terminalId } = await tx
    .selectFrom('cases')
    .select(['localNumber', 'terminalId'])
    .where('caseId', '=', duty.caseId)
    .executeTakeFirstOrThrow();
  const about = `${toHex(duty.caseId)}/${duty.kind}/${duty.tries}`;
  await raiseAlarm(tx, { kind, about, terminalId, detail: localNumber }, context.clock.wallMs());
}

/** Changes the row while it carries our claim; false when somebody else took the duty over. */
async function change(
  tx: Db,
  duty: Claimed,
  to: {
    readonly doneMs?: number;
    readonly claim?: null;
    readonly trouble: string | null;
    readonly refusal?: string;
    readonly notBeforeMs?: number;
  },
): Promise<boolean> {
  const changed = await tx
    .updateTable('centreDuties')
    .set(to)
    .where('caseId', '=', duty.caseId)
    .where('kind', '=', duty.kind)
    .where('claim', '=', duty.claim)
    .where('doneMs', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(changed.numUpdatedRows) > 0;
}
