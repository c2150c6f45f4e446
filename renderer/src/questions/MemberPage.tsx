import { isoDate } from '../../../base/calendar.ts';
import type { AnswerParts } from '../../../catalog/schema.ts';
import { LONGEST_NAME } from '../keyboard/layouts.ts';
import type { PageOf } from '../pages/page-of.ts';
import { NextKey, QuestionFrame } from '../pages/QuestionFrame.tsx';
import type { Answering } from '../pages/use-answer.ts';
import { StepBackKey } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { useScreen } from '../screen-context.ts';
import { OneChoice } from './Choices.tsx';
import { IdNumber } from './Digits.tsx';
import {
  type Editing,
  findOpenStep,
  type MemberStep,
  memberName,
  stepsOf,
  withoutEmpty,
  withPart,
} from './member-steps.ts';
import { type QuestionOf, wordsAt } from './question-of.ts';
import { Writing } from './Writing.tsx';

/** One page of one person: who they are to the subject, their name, their number. */
export function MemberPage(props: {
  page: PageOf<'question'>;
  question: QuestionOf<'members'>;
  members: readonly AnswerParts[];
  editing: NonNullable<Editing>;
  answering: Answering;
  onEdit: (editing: Editing) => void;
}) {
  const { page, question, members, editing, answering, onEdit } = props;
  const { t, say, view } = useScreen();
  const { change, complain, localProblem } = answering;
  const { index, step } = editing;
  const member = members[index] ?? {};
  const steps = stepsOf(question);
  const at = steps.indexOf(step);
  const set = (value: string | null) => change(withPart(members, index, step, value ?? ''));
  const mayLeaveOut = step === 'number' && question.numbers === 'wanted' && wordsAt(member, 'number') === '';

  const toList = () => {
    const known = withoutEmpty(members);
    change(known.length === 0 ? null : known);
    onEdit(null);
  };
  const back = () => {
    const before = steps[at - 1];
    if (before === undefined) toList();
    else onEdit({ index, step: before });
    complain(null);
  };
  const goOn = () => {
    const open = findOpenStep(question, member, isoDate(view.wallMs));
    if (open !== undefined && steps.indexOf(open.step) <= at) return complain(open.words);
    further();
  };
  const further = () => {
    const following = steps[at + 1];
    if (following === undefined) toList();
    else onEdit({ index, step: following });
  };
  const isToChoose = step === 'relation' && wordsAt(member, 'relation') === '';
  const name = say(memberName(question, member));
  const why: Readonly<Record<MemberStep, string | null>> = {
    relation: null,
    name: name === '' ? null : name,
    number: t('members.numberOf', { name }),
  };
  return (
    <QuestionFrame
      page={page}
      ask={t(`members.${step}`)}
      why={why[step]}
      problem={localProblem}
      back={<StepBackKey onPress={back} />}
      next={
        mayLeaveOut ? (
          <Key look="main" onPress={goOn}>
            {t('members.noNumber')}
          </Key>
        ) : (
          <NextKey isOpen={isToChoose} onPress={goOn} />
        )
      }
    >
      {step === 'relation' && (
        <OneChoice
          ask={t('members.relation')}
          choices={question.relations}
          value={wordsAt(member, 'relation')}
          onChoose={(relation) => {
            set(relation);
            further();
          }}
        />
      )}
      {step === 'name' && (
        <Writing key={index} as="name" max={LONGEST_NAME} value={wordsAt(member, 'name')} onChange={set} />
      )}
      {step === 'number' && (
        <IdNumber
          value={wordsAt(member, 'number')}
          onChange={(value) => set(value === null ? null : String(value))}
        />
      )}
    </QuestionFrame>
  );
}
