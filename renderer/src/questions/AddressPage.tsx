import { useState } from 'react';
import { ADDRESS_DETAIL_LENGTH } from '../../../catalog/answer-parts.ts';
import { findVillageText } from '../../../catalog/places.ts';
import type { PageOf } from '../pages/page-of.ts';
import { NextKey, QuestionFrame, SkipKey } from '../pages/QuestionFrame.tsx';
import { useAnswer } from '../pages/use-answer.ts';
import { StepBackKey } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { useScreen } from '../screen-context.ts';
import { partsOf, type QuestionOf, wordsAt } from './question-of.ts';
import { Village } from './Village.tsx';
import { Writing } from './Writing.tsx';

/** Where something is: first its village, or that it is elsewhere, then the rest in words. */
export function AddressPage(props: { page: PageOf<'question'>; question: QuestionOf<'address'> }) {
  const { page, question } = props;
  const { t, say } = useScreen();
  const { value, change, send, localProblem, skips } = useAnswer(page);
  const parts = partsOf(value);
  const village = wordsAt(parts, 'village');
  const [isDetail, setDetail] = useState(value !== null);
  const problem = localProblem ?? page.problem;

  if (!isDetail) {
    const outside = () => {
      change({ detail: wordsAt(parts, 'detail') });
      setDetail(true);
    };
    return (
      <QuestionFrame
        page={page}
        why={question.help === undefined ? question.optional && t('question.optional') : say(question.help)}
        problem={problem}
        next={
          skips ? (
            <SkipKey onPress={send} />
          ) : (
            <NextKey isOpen={village === ''} onPress={() => setDetail(true)} />
          )
        }
      >
        <Village
          value={village}
          onChange={(code) => {
            change({ ...parts, village: String(code) });
            setDetail(true);
          }}
          elsewhere={question.outside && { label: t('address.outside'), onPress: outside }}
        />
      </QuestionFrame>
    );
  }
  const place = findVillageText(village);
  const where = place === undefined ? t('address.outsideShown') : say(place);
  const how = t(place === undefined ? 'address.detailOutside' : 'address.detailHow');
  return (
    <QuestionFrame
      page={page}
      ask={t('address.detail')}
      why={`${where} · ${how}`}
      problem={problem}
      back={<StepBackKey onPress={() => setDetail(false)} />}
      next={
        <Key look="main" onPress={send}>
          {t('key.next')}
        </Key>
      }
    >
      <Writing
        as="place"
        words={page.nearWords}
        max={ADDRESS_DETAIL_LENGTH}
        value={wordsAt(parts, 'detail')}
        onChange={(detail) => change({ ...parts, detail: detail ?? '' })}
      />
    </QuestionFrame>
  );
}
