/**
 * What a desk tells beside its words, as fields of its forms: what is asked for by the matter's own names, where a result
 * is, what can be done after a refusal. What is read back is judged by the matter, whatever the form said.
 */
import { addDays, findDateStartMs } from '../../base/calendar.ts';
import type { Matter, Question } from '../../catalog/schema.ts';
import type { Ask, AskedItem, CaseResult, ProgressParts, Remedy } from '../../sync/progress-parts.ts';
import type { StaffAction } from '../cases/machine.ts';
import { askWords, refusalWords, resultWords } from '../cases/words.ts';
import { type Html, html } from '../pages/html.ts';
import { hasMeeting, meetingFields, meetingWords } from './meeting-fields.ts';

/** Working days that stand in a form until somebody writes others, and the most. */
const DAYS = { ask: 10, most: 120 } as const;

/** 行政复议法 (2023) 第二十条: a review may be asked for within sixty days. A desk writes another date where another way counts. */
const REVIEW_DAYS = 60;

type Form = Readonly<Record<string, string>>;

/** What is told, and the words that say the same. */
export interface Told {
  readonly words: string;
  readonly parts: ProgressParts;
}

/** What can be asked for of a matter: its materials, and its questions but those that only a time can answer. */
export function askable(matter: Matter | undefined): readonly AskedItem[] {
  if (matter === undefined) return [];
  const materials = matter.materials.flatMap(({ id, name, from }): AskedItem[] => {
    if (from.by === 'card') return [];
    if (from.by !== 'photo' && from.by !== 'declared') return [{ of: 'material', id, label: name }];
    const question = matter.questions.find((one) => one.id === from.question);
    return question && mayBeAsked(question) ? [{ of: 'question', id: question.id, label: name }] : [];
  });
  const questions = matter.questions
    .filter((question) => mayBeAsked(question) && !materials.some(({ id }) => id === question.id))
    .map(({ id, label }): AskedItem => ({ of: 'question', id, label }));
  return [...materials, ...questions];
}

function mayBeAsked({ type }: Question): boolean {
  return type !== 'slot';
}

/** The fields that a form of this action has beside its words. */
export function partFields(
  action: StaffAction,
  matter: Matter | undefined,
  printable: readonly Matter[],
  todayIso: string,
): Html | null {
  if (action === 'ask-supplement') return askFields(matter);
  if (action === 'finish') return resultFields(printable);
  if (action === 'meet') return meetingFields(todayIso);
  return action === 'refuse' ? remedyFields(addDays(todayIso, REVIEW_DAYS)) : null;
}

/** What such a form said. */
export function toldBy(
  action: StaffAction,
  form: Form,
  facts: {
    readonly matter: Matter | undefined;
    readonly printable: readonly Matter[];
    /** The ISO date so many working days from today. */
    readonly dayAfter: (days: number) => string | null;
    readonly todayIso: string;
  },
): Told {
  const words = (form.words ?? '').trim();
  const dayAfter = (name: string) => {
    const days = findDays(form[name]);
    return days === undefined ? null : facts.dayAfter(days);
  };
  if (action === 'meet')
    return { words: hasMeeting(facts.matter) ? meetingWords(form, facts.todayIso) : '', parts: {} };
  if (action === 'ask-supplement') {
    const items = askable(facts.matter).filter((item) => form[fieldOf(item)] !== undefined);
    const ask: Ask = { items: [...items], by: dayAfter('ask-days'), note: words || null };
    return { words: askWords(ask), parts: { ask } };
  }
  if (action === 'finish') {
    const result = findResult(form, facts.printable);
    return result ? { words: resultWords(words, result), parts: { result } } : { words, parts: {} };
  }
  const number = action === 'refuse' ? (form['duplicate-of'] ?? '').trim().slice(0, 64) : '';
  if (number !== '') {
    const remedy: Remedy = { words: `按编号 ${number} 那一件办，不用再交`, by: null };
    const why = words || '同一件事已经在办，这一件不再重办';
    return { words: refusalWords(why, remedy), parts: { remedy, duplicate: { number } } };
  }
  const remedyOf = action === 'refuse' ? (form['remedy-words'] ?? '').trim() : '';
  if (remedyOf === '') return { words, parts: {} };
  const until = form['remedy-by'] ?? '';
  const remedy: Remedy = { words: remedyOf, by: findDateStartMs(until) === undefined ? null : until };
  return { words: refusalWords(words, remedy), parts: { remedy } };
}

function findResult(form: Form, printable: readonly Matter[]): CaseResult | undefined {
  const wish = form['result-how'] ?? '';
  if (wish === 'collect') {
    const where = (form['result-where'] ?? '').trim();
    return { how: 'collect', where: where || null, matterId: null };
  }
  const matter = printable.find(({ id }) => wish === `print/${id}`);
  return matter && { how: 'print', where: null, matterId: matter.id };
}

/** Nothing where no number of days is written, or none that can be. */
function findDays(written: string | undefined): number | undefined {
  const days = /^\d{1,3}$/.test(written ?? '') ? Number(written) : 0;
  return days >= 1 && days <= DAYS.most ? days : undefined;
}

function fieldOf({ of, id }: AskedItem): string {
  return `ask-${of}-${id}`;
}

function askFields(matter: Matter | undefined): Html {
  const items = askable(matter);
  const boxes = (of: string) =>
    items
      .filter((item) => item.of === of)
      .map(
        (item) =>
          html`<label class="tick"><input type="checkbox" name="${fieldOf(item)}" value="on">${item.label.zh}</label>`,
      );
  const part = (of: string, title: string) =>
    items.some((item) => item.of === of)
      ? html`<fieldset><legend>${title}</legend>${boxes(of)}</fieldset>`
      : null;
  return html`${part('material', '要哪些材料')}${part('question', '要重填哪些题（只有勾的能改）')}
${daysField('ask-days', '几个工作日内补（村民看到最迟哪一天）', DAYS.ask)}`;
}

function resultFields(printable: readonly Matter[]): Html {
  return html`<label for="result-how">结果怎么给</label><select id="result-how" name="result-how">
<option value="">不用取</option><option value="collect">请本人来取</option>${printable.map(
    ({ id, name }) => html`<option value="print/${id}">在机器上打：${name.short.zh}</option>`,
  )}</select>
<label for="result-where">在哪里取（不写就是镇便民中心）</label><input id="result-where" name="result-where" maxlength="100">`;
}

function remedyFields(reviewUntil: string): Html {
  return html`<label for="remedy-words">还可以怎么办，到哪里（村民会看到）</label><textarea id="remedy-words" name="remedy-words" maxlength="500"></textarea>
<label for="remedy-by">最迟哪一天</label><input id="remedy-by" name="remedy-by" type="date" value="${reviewUntil}">
<label for="duplicate-of">重复交的，写在办那一件的编号（上面可以都不写）</label><input id="duplicate-of" name="duplicate-of" maxlength="64">`;
}

function daysField(name: string, label: string, days: number): Html {
  return html`<label for="${name}">${label}</label><input id="${name}" name="${name}" type="number" min="1" max="${DAYS.most}" value="${days}">`;
}
