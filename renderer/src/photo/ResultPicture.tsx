import { Section } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { HeldPicture } from './pictures.tsx';
import styles from './ResultPicture.module.css';

/** What came of a case, as the desk photographed it. */
export function ResultPicture({ pictureRef }: { pictureRef: string }) {
  const { t } = useScreen();
  return (
    <Section title={t('notice.result.title')}>
      <div className={styles.result}>
        <HeldPicture photoRef={pictureRef} label={t('notice.result.picture')} />
      </div>
    </Section>
  );
}
