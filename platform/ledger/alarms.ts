/** Alarms: what a person must look at. Each kind, and what it means, is in this one table. */
import type { Db } from '../store/store.ts';

/** Kinds of alarm and their words at the county desk. */
export const ALARM_WORDS = {
  'code-reused': '登记码被另一台机器使用',
  'clone-mark': '旧的一次启动又发来请求：机器可能被复制',
  'old-key': '换下来的旧密钥又发来请求：机器可能被复制，或装回了旧磁盘',
  fork: '台账分叉：同一序号有两条不同的条目',
  'broken-link': '台账前后不衔接',
  'head-behind': '机器的台账比县里已收的还短：可能恢复过旧磁盘',
  'disk-heals': '机器的磁盘自己坏了几处（数目见右），都已补好，一条没少：请安排换磁盘',
  'phone-unanswered': '有人打电话的办法进了机器的维护，县里没有人接过这个电话：请马上核对，换掉它的电话钥匙',
  'entry-id-reused': '同一条目编号带来了不同内容',
  'bad-supersede': '“取代”指向了不该取代的条目',
  refused: '有条目未能收下',
  unfiled: '收下了，但内容看不懂，未能立案',
  'case-id-reused': '同一办件编号来了第二份',
  'unfit-reply-key': '办件带来的回信密钥谁都能开：不回信。机器可能被改过',
  'centre-refused': '省里的办件中心没有收：请看这一件',
  'centre-wrong': '省里的办件中心答得对不上：请打电话核对',
  quarantine: '停用的机器有条目送来：先存着，请县里逐条看',
  'query-refused': '机器拿不该用的同意来查资料：没有给它',
  'query-flood': '一台机器一天里查的资料太多：先停了，请和村里核对',
  'source-wrong': '资料部门答的不是所查的人或样子不对：没有给村民看',
  'payment-odd': '有人付的钱和账单对不上（多付、付错或关了才付）：已安排原路退回，请核对',
  'payment-stuck': '付了的钱一直入不了账：请打电话问缴费单位，再不行会退回',
  'agent-key-refused': '有人拿别人的登记码，或者用别人的证，想当代办员：没有认',
  'act-wrong': '办件说是代办员代办的，代办员的签名对不上：请看这一件',
  'cash-over': '代办员一天收的现金超过了上限：没有开付款，现金要退，请核对',
  'cash-open': '代办员收了现金，一天过去账单没缴、钱也没退：请打电话核对',
  'authority-wrong': '代办员替不在场的人办了一件，委托对不上（为什么见右）：这一件先停着，请看',
  restored: '平台数据库是恢复出来的：已换新纪元',
} as const;
export type AlarmKind = keyof typeof ALARM_WORDS;

/** One alarm to raise; `about` makes it one of its kind, so that a repeat rings once. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly about: string;
  readonly terminalId: Uint8Array | null;
  readonly detail: string;
}

/**
 * Raises an alarm unless the same was raised before; answers whether it is new. Ids and field names only:
 * nothing of a person.
 */
export async function raiseAlarm(tx: Db, alarm: Alarm, nowMs: number): Promise<boolean> {
  const raised = await tx
    .insertInto('alarms')
    .values({
      alarmKey: `${alarm.kind}/${alarm.about}`,
      kind: alarm.kind,
      terminalId: alarm.terminalId,
      detail: alarm.detail,
      atMs: nowMs,
      seenByStaffId: null,
      seenMs: null,
    })
    .onConflict((conflict) => conflict.column('alarmKey').doNothing())
    .executeTakeFirstOrThrow();
  return Number(raised.numInsertedOrUpdatedRows) > 0;
}
