/** The members of a family while they are entered: one list, of which one entry may be open. Pure. */
import { checkMember } from '../../../catalog/answer-parts.ts';
import type { AnswerParts, AnswerValue, Text } from '../../../catalog/schema.ts';
import { type QuestionOf, wordsAt } from './question-of.ts';

/** The pages one person takes, in order. */
export type MemberStep = 'relation' | 'name' | 'number';

/** Which entry is open, at which page; null while the list is shown. */
export type Editing = { readonly index: number; readonly step: MemberStep } | null;

/** The pages of a question's persons. */
export function stepsOf({ numbers }: QuestionOf<'members'>): readonly MemberStep[] {
  return numbers === 'no' ? ['relation', 'name'] : ['relation', 'name', 'number'];
}

/** The people entered so far, also such as are not complete yet. */
export function membersOf(value: AnswerValue | null): readonly AnswerParts[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'object') : [];
}

const STEP_OF: Readonly<Record<string, MemberStep>> = {
  'no-such-choice': 'relation',
  'no-name': 'name',
  'no-id-number': 'number',
};

/** The first page of a person at which something is missing or wrong, with the words; `undefined` when nothing is. */
export function findOpenStep(
  question: QuestionOf<'members'>,
  member: AnswerParts,
  todayIso: string,
): { readonly step: MemberStep; readonly words: Text } | undefined {
  const checked = checkMember(question, member, todayIso);
  return checked.ok
    ? undefined
    : { step: STEP_OF[checked.error.code] ?? 'relation', words: checked.error.words };
}

/** Where a page that is opened again goes on: with the person who is not complete, else at the list. */
export function editingAtFirst(
  question: QuestionOf<'members'>,
  members: readonly AnswerParts[],
  todayIso: string,
): Editing {
  const open = members.map((member) => findOpenStep(question, member, todayIso)?.step);
  const index = open.findIndex((step) => step !== undefined);
  const step = open[index];
  return step === undefined ? null : { index, step };
}

/** The list with one person changed; an empty part is left out. */
export function withPart(
  members: readonly AnswerParts[],
  index: number,
  name: MemberStep,
  value: string,
): AnswerParts[] {
  return members.map((member, at) => {
    if (at !== index) return member;
    const { [name]: _before, ...rest } = member;
    return value === '' ? rest : { ...rest, [name]: value };
  });
}

/** The list without the persons of whom nothing was said. */
export function withoutEmpty(members: readonly AnswerParts[]): AnswerParts[] {
  return members.filter((member) => Object.keys(member).length > 0);
}

/** The list with a person put back where they were. */
export function withMember(
  members: readonly AnswerParts[],
  index: number,
  member: AnswerParts,
): AnswerParts[] {
  return [...members.slice(0, index), member, ...members.slice(index)];
}

/** What a person in the list is called: relation and name, as far as they are known. */
export function memberName({ relations }: QuestionOf<'members'>, member: AnswerParts): Text {
  const label = relations.find(({ value }) => value === member.relation)?.label ?? { zh: '', en: '' };
  const name = wordsAt(member, 'name');
  return { zh: `${label.zh} ${name}`.trim(), en: `${label.en} ${name}`.trim() };
}
