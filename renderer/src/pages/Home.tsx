import { Button } from 'react-aria-components/Button';
import { Bar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { PublicNotices } from '../parts/PublicNotices.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack } from '../parts/Section.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import { barTime, momentText } from '../words/format.ts';
import styles from './Home.module.css';
import type { PageOf } from './page-of.ts';

/** With more than these the page gets full. A draft takes the room of further tiles; they are found by category. */
const FEW_TILES = 4;

/** The first page of a visit: what this person often does, everything by category, what is owed to them. */
export function Home({ page }: { page: PageOf<'home'> }) {
  const { t, say, act, view, language } = useScreen();
  const address = say(page.greeting.address);
  const isFull = page.draft !== null || page.likely.length > FEW_TILES;
  return (
    <>
      <Bar end={barTime(view.wallMs, language)}>
        {view.holder !== null && <b>{t('bar.holder', { name: view.holder })}</b>}
        <span>{t('bar.cardRead')}</span>
      </Bar>
      <Pane>
        <PublicNotices stopped={page.stopped} notices={page.notices} />
        <h1>{t(`greeting.${page.greeting.partOfDay}`, { address })}</h1>
        <div className={styles.lines}>
          {view.network === 'offline' && <Line look="waiting">{t('notice.offline')}</Line>}
          {!page.remembered && <Line look="waiting">{t('home.notRemembered')}</Line>}
        </div>
        {page.draft && <Draft draft={page.draft} />}
        {page.likely.length > 0 && (
          <Section title={t('home.likely')}>
            <TileGrid
              tiles={page.draft === null ? page.likely : page.likely.slice(0, FEW_TILES)}
              low={isFull}
            />
          </Section>
        )}
        <div className={styles.find}>
          <Row icon="find" look="strong" onPress={() => act({ type: 'go', to: 'find' })}>
            {t('find.open')}
          </Row>
        </div>
        <Section title={t('home.categories')}>
          <div className={styles.chips}>
            {page.categories.map((category) => (
              <Button
                key={category.id}
                className={styles.chip}
                onPress={() => act({ type: 'open-category', categoryId: category.id })}
              >
                {say(category.name)}
              </Button>
            ))}
          </div>
        </Section>
        <div className={styles.rows}>
          <Stack>
            <div className={styles.pair}>
              <CasesRow page={page} />
              <Row look="strong" onPress={() => act({ type: 'go', to: 'slip-lookup' })}>
                {t('slip.open')}
              </Row>
            </div>
            {page.lastUse && (
              <Row onPress={() => act({ type: 'go', to: 'last-use' })} end={t('home.notMe')}>
                {t('home.lastUse', { time: momentText(page.lastUse.atMs, view.wallMs, language) })}
              </Row>
            )}
          </Stack>
        </div>
      </Pane>
      <VisitFoot />
    </>
  );
}

function CasesRow({ page }: { page: PageOf<'home'> }) {
  const { t, act } = useScreen();
  const isOwed = page.slipsOwed > 0;
  return (
    <Row
      look={isOwed ? 'tinted' : 'strong'}
      below={isOwed ? t('home.slipsOwed', { n: page.slipsOwed }) : undefined}
      onPress={() => act({ type: 'go', to: 'my-cases' })}
    >
      {page.caseCount > 0 ? t('home.cases', { n: page.caseCount }) : t('home.noCases')}
    </Row>
  );
}

function Draft({ draft }: { draft: NonNullable<PageOf<'home'>['draft']> }) {
  const { t, say, act } = useScreen();
  return (
    <section className={styles.draft}>
      <h2>{t('home.draft', { name: say(draft.name), step: draft.step })}</h2>
      <div className={styles.keys}>
        <Key onPress={() => act({ type: 'drop-draft' })}>{t('home.drop')}</Key>
        <Key look="main" onPress={() => act({ type: 'resume-draft' })}>
          {t('home.resume')}
        </Key>
      </div>
    </section>
  );
}
