/** A day, an hour and a place that a desk settled with somebody: fields of its form, and the words that they are told. */
import { findDateStartMs } from '../../base/calendar.ts';
import type { Matter } from '../../catalog/schema.ts';
import { dayInWords } from '../cases/words.ts';
import { type Html, html } from '../pages/html.ts';

/** Whether people meet in this matter: a time was asked for, or the matter says so. */
export function hasMeeting(matter: Matter | undefined): boolean {
  return matter?.kind === 'book' || matter?.meets === true;
}

/** The fields; nothing earlier than today can be chosen. */
export function meetingFields(todayIso: string): Html {
  return html`<label for="meet-day">哪一天（村民会看到）</label><input id="meet-day" name="meet-day" type="date" min="${todayIso}" required>
<label for="meet-from">几点</label><input id="meet-from" name="meet-from" type="time" required>
<label for="meet-where">在哪里，打电话的写“打您的电话”</label><input id="meet-where" name="meet-where" maxlength="60" required>`;
}

/** What such a form said, in words; empty where it names no day from today on, no hour or no place. */
export function meetingWords(form: Readonly<Record<string, string>>, todayIso: string): string {
  const { 'meet-day': day = '', 'meet-from': from = '', 'meet-where': where = '' } = form;
  const isTime = findDateStartMs(day) !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(from);
  if (!isTime || day < todayIso || where.trim() === '') return '';
  const more = (form.words ?? '').trim();
  return `约好了：${dayInWords(day)} ${from}，${where.trim().slice(0, 60)}${more && `。${more}`}`;
}
