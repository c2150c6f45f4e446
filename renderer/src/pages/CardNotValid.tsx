import { HolderBar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack, Title } from '../parts/Section.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, groupedNumber } from '../words/format.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** A card that is not valid today: why, what to do about it, and what needs no card. */
export function CardNotValid({ page }: { page: PageOf<'card-not-valid'> }) {
  const { t, act, view } = useScreen();
  const words = useReason(page);
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={words.why}>{words.title}</Title>
        <div className={styles.block}>
          <Notice look="waiting" icon={page.why === 'at-counter' ? 'people' : 'card'} title={words.advice}>
            {words.how}
          </Notice>
          {page.why === 'at-counter' && <TownPhone />}
        </div>
        {page.tiles.length > 0 && (
          <Section title={t('expired.still')}>
            <TileGrid tiles={page.tiles} low />
          </Section>
        )}
        <div className={styles.block}>
          <Stack>
            {view.takesPhoneCode && (
              <Row
                icon="phone"
                look="strong"
                below={t('code.phone.openHow')}
                onPress={() => act({ type: 'go', to: 'phone-code' })}
              >
                {t('code.phone.open')}
              </Row>
            )}
            <Row icon="find" look="strong" onPress={() => act({ type: 'go', to: 'find' })}>
              {t('find.open')}
            </Row>
            <Row icon="list" look="strong" onPress={() => act({ type: 'go', to: 'categories' })}>
              {t('home.categories')}
            </Row>
          </Stack>
        </div>
      </Pane>
      <VisitFoot />
    </>
  );
}

/** Why, and what to do; never more of the why than whoever stands beside may read. */
function useReason({ why, date: day }: PageOf<'card-not-valid'>) {
  const { t, view, language } = useScreen();
  const date = day === null ? '' : dateText(day, view.wallMs, language);
  switch (why) {
    case 'expired':
      return {
        title: t('expired.title'),
        why: t('expired.until', { date }),
        advice: t('expired.renew'),
        how: t('expired.renewHow'),
      };
    case 'not-yet-valid':
      return {
        title: t('notYetValid.title'),
        why: t('notYetValid.from', { date }),
        advice: t('notYetValid.use'),
        how: t('notYetValid.useHow'),
      };
    case 'at-counter':
      return {
        title: t('atCounter.title'),
        why: undefined,
        advice: t('atCounter.why'),
        how: t('atCounter.how'),
      };
  }
}

/** Somebody who answers, before anybody sets out. */
function TownPhone() {
  const { t, view } = useScreen();
  return (
    <p className={styles.phone}>
      <span>{t('atCounter.phone')}</span>
      <b>{groupedNumber(view.support.townPhone)}</b>
    </p>
  );
}
