/** Which notices stand now, from what came down and what is sure of the time. */
import { toHex } from '../../base/bytes.ts';
import { civilTime, isoDate } from '../../base/calendar.ts';
import { dayText } from '../../catalog/text.ts';
import { readContent } from '../../sync/content-coding.ts';
import { noticeContentSchema, type PublishedNotice } from '../../sync/feed-contents.ts';
import type { Notice } from '../visit/desk.ts';

/** As many as a page has room for; emergencies come first. */
export const MOST_NOTICES = 3;

/** What is known of the time. */
export interface NoticeTime {
  /** The best guess. */
  readonly nowMs: number;
  /** Certainly reached. */
  readonly sureMs: number;
}

/**
 * The notices in force, emergencies first, then the newest. An emergency is hidden only once it has certainly
 * expired, and shown from the moment it came: no clock that nobody vouched for hides one (law 9). A plain one goes
 * by the best guess. What does not fit its shape is passed over.
 */
export function noticesInForce(contents: readonly Uint8Array[], time: NoticeTime): readonly Notice[] {
  return standing(contents)
    .filter((notice) => isInForce(notice, time))
    .sort((a, b) => Number(b.danger) - Number(a.danger) || b.fromMs - a.fromMs)
    .slice(0, MOST_NOTICES)
    .map(({ noticeId, title, body, danger, ...notice }) => ({
      ...{ id: toHex(noticeId), title, body, danger },
      byline: bylineOf(notice),
    }));
}

/** The last word on each notice, in the order in which they came; those taken back left out. */
function standing(contents: readonly Uint8Array[]): PublishedNotice[] {
  const last = new Map<string, PublishedNotice>();
  for (const content of contents) {
    const read = readContent(noticeContentSchema, content);
    if (!read.ok) continue;
    const name = toHex(read.value.noticeId);
    if (read.value.kind === 'notice.withdrawn') last.delete(name);
    else last.set(name, read.value);
  }
  return [...last.values()];
}

function isInForce({ danger, fromMs, untilMs }: PublishedNotice, { nowMs, sureMs }: NoticeTime): boolean {
  return danger ? untilMs > sureMs : fromMs <= nowMs && untilMs > Math.max(nowMs, sureMs);
}

/** Who says so, since when and until when, and whom to call: a warning can be faked, so it names its issuer. */
function bylineOf(
  notice: Pick<PublishedNotice, 'issuer' | 'phone' | 'fromMs' | 'untilMs'>,
): Notice['byline'] {
  const { issuer, phone } = notice;
  const from = momentText(notice.fromMs);
  const until = momentText(notice.untilMs);
  return {
    zh: `发布：${issuer.zh} ${from.zh}，有效至${until.zh}${phone === null ? '' : `，值班 ${phone}`}`,
    en: `Issued by ${issuer.en}, ${from.en}, until ${until.en}${phone === null ? '' : `. Call ${phone}`}`,
  };
}

function momentText(ms: number): Notice['byline'] {
  const { hour, minute } = civilTime(ms);
  const time = `${hour}:${String(minute).padStart(2, '0')}`;
  const day = dayText(isoDate(ms));
  return { zh: `${day.zh} ${time}`, en: `${day.en} ${time}` };
}
