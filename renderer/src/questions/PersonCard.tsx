import type { PageOf } from '../pages/page-of.ts';
import { CardArt, type CardMood } from '../parts/CardArt.tsx';
import { useScreen } from '../screen-context.ts';
import { findTouchWord, layWord } from '../words/lay-word.ts';
import styles from './PersonCard.module.css';

type CardState = NonNullable<PageOf<'question'>['personCard']>;

const MOODS: Readonly<Record<CardState['state'], CardMood>> = {
  waiting: 'place',
  reading: 'reading',
  read: 'read',
  trouble: 'again',
};

/** Another person is named by laying their card; only the reader can answer. */
export function PersonCard({ card }: { card: CardState | null }) {
  const { t, view } = useScreen();
  const state = card?.state ?? 'waiting';
  const touch = findTouchWord(view.cabinet);
  const below = {
    waiting: t(layWord(view.cabinet)),
    reading: '',
    read: t('personCard.readHow'),
    trouble: t('personCard.troubleHow'),
  }[state];
  return (
    <div className={styles.card}>
      <CardArt mood={MOODS[state]} />
      <div role="status" data-private="">
        {state !== 'waiting' && (
          <p className={styles.title}>
            {state === 'read' ? t('personCard.read', { name: card?.name ?? '' }) : t(`personCard.${state}`)}
          </p>
        )}
        {below && <p className={styles.below}>{below}</p>}
        {state === 'waiting' && touch && <p className={styles.touch}>{t(touch)}</p>}
      </div>
    </div>
  );
}
