/**
 * Carries out one duty. A look-up goes before every send, because a try whose reply was lost, a program killed in
 * the middle and a database restored from backup all look the same from here; and what the centre answers is
 * believed only when a look-up afterwards says the same.
 */
import type { Clock } from '../../base/clock.ts';
import { unreachable } from '../../base/result.ts';
import type {
  AcceptDecision,
  CaseCentre,
  CentreRecord,
  Decided,
  FinishDecision,
  Numbered,
  ReceivedCase,
  Sent,
} from './case-centre.ts';
import type { Claimed } from './claims.ts';

/** What is to be told, read from the case. */
export type Message =
  | { readonly kind: 'receive'; readonly content: ReceivedCase }
  | { readonly kind: 'accept'; readonly content: Decided<AcceptDecision> }
  | { readonly kind: 'finish'; readonly content: Decided<FinishDecision> };

/** What came of one try. */
export type Attended =
  /** The centre was seen to have it, under this number. */
  | { readonly kind: 'done'; readonly numbered: Numbered }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `isSure`: nothing of this try, or of one before, can still reach the centre. */
  | { readonly kind: 'later'; readonly code: string; readonly isSure: boolean };

/** Tries once; never throws for what the centre does. */
export async function attend(
  centre: CaseCentre,
  clock: Clock,
  duty: Pick<Claimed, 'wasFree' | 'sendByMonoMs'>,
  message: Message,
): Promise<Attended> {
  const { reference } = message.content;
  const before = await centre.find(reference);
  if (before.kind !== 'done') return { kind: 'later', code: before.code, isSure: duty.wasFree };
  const contrary = findContrary(before.value, message);
  if (contrary !== undefined) return { kind: 'later', code: contrary, isSure: true };
  if (!hasIt(before.value, message)) {
    // Whoever waits longer may have been taken for dead: somebody else could be sending already.
    if (clock.monoMs() > duty.sendByMonoMs) return { kind: 'later', code: 'too-slow', isSure: true };
    const sent = await send(centre, message);
    if (sent.kind === 'refused') return sent;
    if (sent.kind !== 'done') return { kind: 'later', code: sent.code, isSure: sent.kind === 'unavailable' };
    if (sent.value && before.value === null) return confirm(centre, message, sent.value);
  }
  return confirm(centre, message, before.value);
}

/** A second answer must bring what the first did. */
async function confirm(centre: CaseCentre, message: Message, told: Numbered | null): Promise<Attended> {
  const again = await centre.find(message.content.reference);
  const unsure = (code: string): Attended => ({ kind: 'later', code, isSure: false });
  if (again.kind !== 'done') return unsure(again.code);
  const record = again.value;
  if (record === null || told === null || !hasIt(record, message)) return unsure('not-confirmed');
  if (record.number !== told.number || record.password !== told.password) return unsure('answers-differ');
  return { kind: 'done', numbered: { number: record.number, password: record.password } };
}

function send(centre: CaseCentre, message: Message): Promise<Sent<Numbered | null>> {
  switch (message.kind) {
    case 'receive':
      return centre.receive(message.content);
    case 'accept':
      return centre.accept(message.content);
    case 'finish':
      return centre.finish(message.content);
    default:
      return unreachable(message);
  }
}

/** Whether the centre has what this duty brings. */
function hasIt(record: CentreRecord | null, message: Message): boolean {
  switch (message.kind) {
    case 'receive':
      return record !== null;
    case 'accept':
      return record?.accepted === message.content.decision;
    case 'finish':
      return record?.finished === message.content.decision;
    default:
      return unreachable(message);
  }
}

/** What the centre says that cannot stand beside what we know; a person must see it. */
function findContrary(record: CentreRecord | null, message: Message): string | undefined {
  if (message.kind === 'receive') return undefined;
  if (record === null) return 'case-gone';
  const { numbered, decision } = message.content;
  if (record.number !== numbered.number) return 'other-number';
  const known = message.kind === 'accept' ? record.accepted : record.finished;
  return known !== null && known !== decision ? 'other-decision' : undefined;
}
