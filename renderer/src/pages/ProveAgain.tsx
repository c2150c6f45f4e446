import { HolderBar } from '../parts/Bar.tsx';
import { CardArt, type CardMood } from '../parts/CardArt.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

const MOODS: Readonly<Record<PageOf<'prove-again'>['state'], CardMood>> = {
  waiting: 'place',
  reading: 'reading',
  'other-card': 'again',
  trouble: 'again',
};

/** A private thing opens only to the card it belongs to, laid once more. */
export function ProveAgain({ page }: { page: PageOf<'prove-again'> }) {
  const { t } = useScreen();
  const words = {
    waiting: { title: t('prove.title'), how: t('prove.why') },
    reading: { title: t('prove.reading'), how: t('prove.why') },
    'other-card': { title: t('prove.other'), how: t('prove.otherHow') },
    trouble: { title: t('prove.trouble'), how: t('prove.troubleHow') },
  }[page.state];
  return (
    <>
      <HolderBar />
      <Pane align="middle">
        <div className={styles.centre} role="status">
          <h1>
            <Soft fits={8}>{words.title}</Soft>
          </h1>
          <p>{words.how}</p>
          <CardArt mood={MOODS[page.state]} />
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
