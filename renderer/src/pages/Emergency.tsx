import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** Numbers to call. */
export function Emergency({ page }: { page: PageOf<'emergency'> }) {
  const { t, say } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('emergency.how')}>{t('emergency.title')}</Title>
        <dl className={styles.phones}>
          {page.numbers.map(({ name, phone }) => (
            <div key={`${name.zh}/${phone}`}>
              <dt>{say(name)}</dt>
              <dd>{groupedNumber(phone)}</dd>
            </div>
          ))}
        </dl>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
