import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack, Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { momentText } from '../words/format.ts';
import styles from './Cases.module.css';
import type { PageOf } from './page-of.ts';
import { StageWord } from './StageWord.tsx';

/** What was kept with this card here, and how far each has come. */
export function MyCases({ page }: { page: PageOf<'my-cases'> }) {
  const { t, say, act, view, language } = useScreen();
  const moment = (atMs: number) => momentText(atMs, view.wallMs, language);
  const isEmpty = page.items.length === 0;
  const news = page.asOfMs === null ? t('cases.noNews') : t('cases.asOf', { time: moment(page.asOfMs) });
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={isEmpty ? undefined : news}>{t('cases.title')}</Title>
        {isEmpty && (
          <div className={styles.empty}>
            <Icon name="list" />
            <p className={styles.lead}>
              <Soft fits={20}>{t('cases.none')}</Soft>
            </p>
            <p>{t('cases.noneHow')}</p>
          </div>
        )}
        <Stack>
          {page.items.map((item) => (
            <Row
              key={item.ref}
              look="strong"
              icon={item.private ? 'lock' : 'list'}
              below={
                <>
                  <StageWord stage={item.stage} />
                  <span className={styles.when}>
                    <Soft fits={20}>
                      {item.private ? t('cases.private') : t('cases.keptAt', { time: moment(item.keptAtMs) })}
                    </Soft>
                  </span>
                  {item.slipOwed && (
                    <span className={styles.owed}>
                      <Icon name="slip" small />
                      {t('cases.slipOwed')}
                    </span>
                  )}
                </>
              }
              onPress={() => act({ type: 'open-case', ref: item.ref })}
            >
              {say(item.name)}
            </Row>
          ))}
        </Stack>
        {page.there !== null && <There there={page.there} />}
        <div className={styles.keptOfMe}>
          <Row icon="lock" onPress={() => act({ type: 'go', to: 'kept-of-me' })}>
            {t('shared.keptOpen')}
          </Row>
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

/** What was handed in at other machines, as far as it is known; without network the page says where it can be seen. */
function There({ there }: { there: NonNullable<PageOf<'my-cases'>['there']> }) {
  const { t, say, act, view, language } = useScreen();
  const { state, items } = there;
  const isNothing = items.length === 0;
  return (
    <Section title={t('ownCase.there')}>
      {isNothing && <p className={styles.there}>{t(`ownCase.${WORDS[state]}`)}</p>}
      <Stack>
        {items.map((item) => (
          <Row
            key={item.ref}
            icon="list"
            below={
              <>
                <StageWord stage={item.stage} />
                <span className={styles.when}>
                  {t('ownCase.thereAt', {
                    time: momentText(item.keptAtMs, view.wallMs, language),
                    place: item.place,
                  })}
                </span>
              </>
            }
            onPress={() => act({ type: 'open-case', ref: item.ref })}
          >
            {say(item.name)}
          </Row>
        ))}
      </Stack>
    </Section>
  );
}

const WORDS = {
  known: 'thereNone',
  asking: 'thereAsking',
  offline: 'thereOffline',
  'no-answer': 'thereNoAnswer',
} as const;
