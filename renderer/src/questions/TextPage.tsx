import { lazy, type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { findSpeechLimit, findSpoken } from '../../../catalog/spoken.ts';
import type { PageOf } from '../pages/page-of.ts';
import { Icon } from '../parts/Icon.tsx';
import { useScreen } from '../screen-context.ts';
import type { QuestionOf } from './question-of.ts';
import styles from './TextPage.module.css';

const VoicePage = lazy(async () => ({ default: (await import('../photo/VoicePage.tsx')).VoicePage }));

/** A question for words: said where there is a microphone and somebody to listen, else written. */
export function TextPage(props: {
  page: PageOf<'question'>;
  question: QuestionOf<'text'>;
  /** The page on which they are written, with what is offered above. */
  written: (page: PageOf<'question'>, offer: ReactNode) => ReactNode;
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
  const offer = (
    <Button className={styles.offer} onPress={() => setSpeaking(true)}>
      <Icon name="speak" />
      <span>
        <strong>{t('voice.offer')}</strong>
        <span>{t('voice.offerHow', { n: maxSeconds })}</span>
      </span>
    </Button>
  );
  // What was said is no text to go on writing; it stands until something else is handed in.
  return written(isSaid ? { ...page, value: null } : page, offer);
}
