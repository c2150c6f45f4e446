import { useState } from 'react';
import { isoDate } from '../../../base/calendar.ts';
import { maskedNumber } from '../../../catalog/mask.ts';
import type { AnswerParts } from '../../../catalog/schema.ts';
import type { PageOf } from '../pages/page-of.ts';
import { QuestionFrame } from '../pages/QuestionFrame.tsx';
import { type Answering, useAnswer } from '../pages/use-answer.ts';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useScreen } from '../screen-context.ts';
import { wordsOf } from '../words/words.ts';
import { MemberPage } from './MemberPage.tsx';
import styles from './MembersPage.module.css';
import {
  type Editing,
  editingAtFirst,
  findOpenStep,
  memberName,
  membersOf,
  withMember,
  withoutEmpty,
} from './member-steps.ts';
import { type QuestionOf, wordsAt } from './question-of.ts';

const COMPLETE = { zh: wordsOf('zh').t('members.complete'), en: wordsOf('en').t('members.complete') };

/** People of a family: a list of who was entered, and for each the pages that ask for them. */
export function MembersPage(props: { page: PageOf<'question'>; question: QuestionOf<'members'> }) {
  const { page, question } = props;
  const { view } = useScreen();
  const answering = useAnswer(page);
  const todayIso = isoDate(view.wallMs);
  const members = membersOf(answering.value);
  const [editing, setEditing] = useState<Editing>(() => editingAtFirst(question, members, todayIso));
  if (editing !== null && members[editing.index] !== undefined)
    return (
      <MemberPage
        page={page}
        question={question}
        members={members}
        editing={editing}
        answering={answering}
        onEdit={setEditing}
      />
    );
  return (
    <ListPage page={page} question={question} members={members} answering={answering} onEdit={setEditing} />
  );
}

function ListPage(props: {
  page: PageOf<'question'>;
  question: QuestionOf<'members'>;
  members: readonly AnswerParts[];
  answering: Answering;
  onEdit: (editing: Editing) => void;
}) {
  const { page, question, members, answering, onEdit } = props;
  const { t, say, view } = useScreen();
  const { change, send, complain, localProblem, skips } = answering;
  const [removed, setRemoved] = useState<{ index: number; member: AnswerParts } | null>(null);
  const list = (next: readonly AnswerParts[]) => change(next.length === 0 ? null : [...next]);
  const add = () => {
    const known = withoutEmpty(members);
    list([...known, {}]);
    onEdit({ index: known.length, step: 'relation' });
  };
  const done = () => {
    const open = members.some((member) => findOpenStep(question, member, isoDate(view.wallMs)) !== undefined);
    if (open) complain(COMPLETE);
    else send();
  };
  return (
    <QuestionFrame
      page={page}
      why={question.help === undefined ? null : say(question.help)}
      problem={localProblem ?? page.problem}
      next={
        <Key look="main" onPress={done}>
          {t(skips ? 'members.nobody' : 'members.done')}
        </Key>
      }
    >
      <div className={styles.members}>
        {members.length === 0 && <p className={styles.none}>{t('members.none')}</p>}
        <ul className={styles.list} data-private="" aria-label={t('members.list')}>
          {members.map((member, index) => (
            <MemberRow
              // biome-ignore lint/suspicious/noArrayIndexKey: people are told apart by their place alone
              key={index}
              question={question}
              member={member}
              onChange={() => onEdit({ index, step: 'relation' })}
              onRemove={() => {
                setRemoved({ index, member });
                list(members.filter((_member, at) => at !== index));
              }}
            />
          ))}
        </ul>
        {removed !== null && (
          <div className={styles.undo}>
            <Notice
              look="plain"
              title={t('members.removed', { name: say(memberName(question, removed.member)) })}
              announce
            />
            <Key
              onPress={() => {
                list(withMember(members, removed.index, removed.member));
                setRemoved(null);
              }}
            >
              {t('members.undo')}
            </Key>
          </div>
        )}
        {members.length < question.max ? (
          <Key icon="plus" onPress={add}>
            {t(members.length === 0 ? 'members.add' : 'members.addMore')}
          </Key>
        ) : (
          <p className={styles.none}>{t('members.enough', { n: question.max })}</p>
        )}
      </div>
    </QuestionFrame>
  );
}

function MemberRow(props: {
  question: QuestionOf<'members'>;
  member: AnswerParts;
  onChange: () => void;
  onRemove: () => void;
}) {
  const { question, member, onChange, onRemove } = props;
  const { t, say, view } = useScreen();
  const name = say(memberName(question, member));
  const number = wordsAt(member, 'number');
  const isOpen = findOpenStep(question, member, isoDate(view.wallMs)) !== undefined;
  return (
    <li className={styles.member}>
      <div className={styles.words}>
        <b>{name}</b>
        {(isOpen || number !== '') && (
          <span className={isOpen ? styles.open : styles.number}>
            {isOpen ? t('members.unfinished') : maskedNumber(number)}
          </span>
        )}
      </div>
      <Key label={t('members.changeOf', { name })} onPress={onChange}>
        {t('key.change')}
      </Key>
      <Key label={t('members.removeOf', { name })} onPress={onRemove}>
        {t('members.remove')}
      </Key>
    </li>
  );
}
