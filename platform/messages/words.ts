/**
 * What somebody is told when their card was used: where, when, and what to do if it was not them. Never which matter,
 * never what was said in it, no name: a telephone is read by others too.
 */
import { civilTime } from '../../base/calendar.ts';

const DONE = {
  filed: '有人用您的身份证在{village}办了一件事',
  'filed-for': '{village}的代办员凭您的委托，替您办了一件事',
  supplemented: '有人用您的身份证在{village}给一件事补了材料',
  withdrawn: '有人用您的身份证在{village}撤回了一件事',
  collected: '有人用您的身份证在{village}说结果拿到了',
  consented: '有人用您的身份证在{village}查了您的资料',
  entrusted: '有人用您的身份证在{village}委托了代办员，以后替您办事',
  'entrusted-no-more': '有人用您的身份证在{village}收回了给代办员的委托',
} as const;

/** What was done with the card. */
export type MessageKind = keyof typeof DONE;

/** What a message says besides what was done. */
export interface Told {
  readonly kind: MessageKind;
  readonly villageName: string;
  readonly atMs: number;
  /** Of the case; whoever calls can say it. */
  readonly localNumber: string | null;
}

/** The words of one message; `telephone` is where somebody of the county answers. */
export function messageWords({ kind, villageName, atMs, localNumber }: Told, telephone: string): string {
  const { month, day, hour, minute } = civilTime(atMs);
  const at = `${month}月${day}日 ${hour}:${String(minute).padStart(2, '0')}`;
  const number = localNumber === null ? '' : `（办件号 ${localNumber}）`;
  const done = DONE[kind].replace('{village}', villageName);
  return `${at}，${done}${number}。不是您？请打 ${telephone}，或者到任何一台机器上放身份证，按“不是我办的”。`;
}
