import { lazy, type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { findSpeechLimit, findSpoken } from '../../../catalog/spoken.ts';
import type { PageOf } from '../pages/page-of.ts';
import { Icon } from '../parts/Icon.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import type { QuestionOf } from './question-of.ts';
import styles from './TextPage.module.css';

const VoicePage = lazy(async () => ({ default: (await import('../photo/VoicePage.tsx')).VoicePage }));

/**
 * The key that leads to saying the words instead; small once some are written. `settle` has what was written last told,
 * before the page of writing goes.
 */
export type Offer = (isBegun: boolean, settle: () => void) => ReactNode;

/** The same as the page of writing puts it beside what is written. */
export type OfferKey = (isBegun: boolean) => ReactNode;

/** A question for words: said where there is a microphone and somebody to listen, else written. */
export function TextPage(props: {
  page: PageOf<'question'>;
  question: QuestionOf<'text'>;
  /** The page on which they are written, with what is offered beside. */
  written: (page: PageOf<'question'>, offer: Offer | null) => ReactNode;
}) {
  const { page, question, written } = props;
  const { t, view } = useScreen();
  const maxSeconds = findSpeechLimit(question);
  const isSaid = findSpoken(page.value) !== undefined;
  const [isSpeaking, setSpeaking] = useState(isSaid);
  if (maxSeconds === undefined || (!isSaid && (view.cabinet?.microphone ?? null) === null))
    return written(page, null);
  if (isSpeaking) {
    const write = () => setSpeaking(false);
    return <VoicePage page={page} question={question} maxSeconds={maxSeconds} onWrite={write} />;
  }
  const offer: Offer = (isBegun, settle) => (
    <Button
      className={isBegun ? styles.small : styles.offer}
      aria-label={t('voice.offer')}
      onPress={() => {
        settle();
        setSpeaking(true);
      }}
    >
      <Icon name="speak" />
      <span>
        <Soft fits={20}>{t(isBegun ? 'voice.say' : 'voice.offer')}</Soft>
      </span>
    </Button>
  );
  // What was said is no text to go on writing; it stands until something else is handed in.
  return written(isSaid ? { ...page, value: null } : page, offer);
}
