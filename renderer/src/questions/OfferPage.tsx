import { type ReactNode, useState } from 'react';
import type { PageOf } from '../pages/page-of.ts';
import { QuestionFrame, TouchWord } from '../pages/QuestionFrame.tsx';
import { useScreen } from '../screen-context.ts';
import { ChoiceKey, ChoiceKeys } from './Choices.tsx';

/**
 * What the state knows already, before it is typed: the touch agrees to the words on the key, and to nothing else.
 * Whoever would rather give another number goes on to `typed`.
 */
export function OfferPage(props: {
  page: PageOf<'question'>;
  offer: NonNullable<PageOf<'question'>['offer']>;
  typed: ReactNode;
}) {
  const { page, offer, typed } = props;
  const { t, say, act } = useScreen();
  const [isTyped, setTyped] = useState(page.value !== null);
  if (isTyped) return typed;
  return (
    <QuestionFrame
      page={page}
      why={page.question.help && say(page.question.help)}
      problem={page.problem}
      next={<TouchWord />}
    >
      <ChoiceKeys ask={say(page.question.ask)}>
        <ChoiceKey
          isChosen={false}
          label={t('shared.use', { name: say(offer.name) })}
          help={say(offer.words)}
          onPress={() => act({ type: 'consent', agree: true })}
        />
        <ChoiceKey isChosen={false} label={t('shared.orType')} onPress={() => setTyped(true)} />
      </ChoiceKeys>
    </QuestionFrame>
  );
}
