/**
 * What becomes of an appointment that a case asks for: booked where the time is still free, else left to the desk, to be
 * arranged by telephone. Decided once a case, in the transaction that files it; the person is told either way.
 */
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { Matter, Question } from '../../catalog/schema.ts';
import { actOnCase } from '../cases/act.ts';
import type { FilingScope } from '../cases/file.ts';
import type { CaseFacts } from '../cases/reading.ts';
import { dayInWords } from '../cases/words.ts';
import { SAMPLE_CALENDAR } from './calendar.ts';
import { type Slot, takeSeat } from './seats.ts';

/** Books, or says that it is to be arranged. */
export async function settleBooking(
  { tx, context, rows, outbox }: FilingScope,
  matter: Matter,
  { caseId, answers }: CaseFacts,
): Promise<void> {
  await rows.flush();
  const actionKey = `booking/${toHex(caseId)}`;
  const settled = await tx
    .selectFrom('caseActions')
    .select('no')
    .where('actionKey', '=', actionKey)
    .executeTakeFirst();
  if (settled) return;
  const nowMs = context.clock.wallMs();
  const slot = findSlot(matter, answers);
  const isAhead = slot !== undefined && slot.day > isoDate(nowMs);
  const isBooked = isAhead && (await takeSeat(tx, SAMPLE_CALENDAR, { slot, caseId, nowMs }));
  const act = {
    caseId,
    actionKey,
    provinceNumber: null,
    staffId: null,
    entryId: null,
    seenActionCount: null,
  };
  const words = isBooked
    ? `约好了：${dayInWords(slot.day)} ${slot.from}`
    : slot
      ? `${dayInWords(slot.day)} ${slot.from} 刚被约走，工作人员会打电话商量时间`
      : '登记了意向，工作人员会打电话商量时间';
  await actOnCase(tx, context, { ...act, action: isBooked ? 'book' : 'arrange', words }, outbox);
}

/** The time asked for; none where it is only a wish, or not to be read. */
function findSlot(matter: Matter, answers: CaseFacts['answers']): Slot | undefined {
  const isSlot = (one: Question): one is Extract<Question, { type: 'slot' }> => one.type === 'slot';
  for (const { id, service } of matter.questions.filter(isSlot)) {
    const answer = answers[id];
    if (typeof answer !== 'object' || answer === null || !('day' in answer && 'from' in answer)) continue;
    const { day, from } = answer;
    if (typeof day === 'string' && typeof from === 'string' && isPlain(day) && isPlain(from))
      return { service, day, from };
  }
  return undefined;
}

/** Digits and their signs alone: what else a terminal may say is no time, and no text for a database either. */
function isPlain(text: string): boolean {
  return /^[\d:-]{1,10}$/.test(text);
}
