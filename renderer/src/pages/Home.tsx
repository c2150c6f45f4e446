import { Bar, Clock } from '../parts/Bar.tsx';
import { Chip, Chips } from '../parts/Chip.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { PublicNotices } from '../parts/PublicNotices.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import { momentText } from '../words/format.ts';
import styles from './Home.module.css';
import type { PageOf } from './page-of.ts';

/** A draft, a notice for all, or what is offered to be rated, takes the room of further tiles; they are found by category. */
const TILES_BESIDE_DRAFT = 2;
/** Three rows of them; where there are more, the last of these leads to all. */
const MOST_CHIPS = 12;
/** And two where a line or a notice stands above: the page stays one. */
const CHIPS_BESIDE_LINES = 8;

/** The first page of a visit: what this person often does, everything by category, what is owed to them. */
export function Home({ page }: { page: PageOf<'home'> }) {
  const { t, say, act, view, language } = useScreen();
  const address = say(page.greeting.address);
  const hasNotice = page.stopped !== null || page.notices.length > 0;
  const hasLine =
    page.asks > 0 || hasNotice || view.network === 'offline' || !page.remembered || page.young !== null;
  return (
    <>
      <Bar end={<Clock />}>
        {view.holder !== null && (
          <b data-private="">{t(view.byPhone ? 'code.phone.bar' : 'bar.holder', { name: view.holder })}</b>
        )}
        <span>{t(view.byPhone ? 'code.phone.seen' : 'bar.cardRead')}</span>
      </Bar>
      <Pane>
        <PublicNotices stopped={page.stopped} notices={page.notices} />
        <h1>
          <Soft fits={8}>{t(`greeting.${page.greeting.partOfDay}`, { address })}</Soft>
        </h1>
        <div className={styles.lines}>
          {page.asks > 0 && <Line look="waiting">{t('home.asks', { n: page.asks })}</Line>}
          {view.network === 'offline' && <Line look="waiting">{t('notice.offline')}</Line>}
          {page.young !== null && <Line look="plain">{t(`young.${page.young}`)}</Line>}
          {!page.remembered && (
            <Line look="waiting">{t(view.byPhone ? 'code.phone.opens' : 'home.notRemembered')}</Line>
          )}
        </div>
        {page.again && <Again tile={page.again} />}
        {page.draft && <Draft draft={page.draft} />}
        {page.likely.length > 0 && (
          <Section title={t('home.likely')}>
            <TileGrid
              tiles={
                page.draft === null && page.again === null && !hasNotice && !page.rates
                  ? page.likely
                  : page.likely.slice(0, TILES_BESIDE_DRAFT)
              }
              low
            />
          </Section>
        )}
        <div className={styles.find}>
          <Row icon="find" look="strong" onPress={() => act({ type: 'go', to: 'find' })}>
            {t('find.open')}
          </Row>
        </div>
        <Section title={t('home.categories')}>
          <CategoryChips categories={page.categories} most={hasLine ? CHIPS_BESIDE_LINES : MOST_CHIPS} />
        </Section>
        <div className={styles.rows}>
          <Stack>
            {page.rates && (
              <Row
                look="tinted"
                onPress={() => act({ type: 'open-rating' })}
                end={t('ownCase.rateVoluntary')}
              >
                {t('ownCase.rateOpen')}
              </Row>
            )}
            <div className={styles.pair}>
              {!view.byPhone && <CasesRow page={page} />}
              <Row look="strong" onPress={() => act({ type: 'go', to: 'slip-lookup' })}>
                {t('slip.open')}
              </Row>
            </div>
            {page.lastUse && (
              <div data-private="">
                <Row onPress={() => act({ type: 'go', to: 'last-use' })} end={t('home.notMe')}>
                  {t('home.lastUse', { time: momentText(page.lastUse.atMs, view.wallMs, language) })}
                </Row>
              </div>
            )}
          </Stack>
        </div>
      </Pane>
      <VisitFoot />
    </>
  );
}

/** What an agent filed for the one before, first: many come for the same. */
function Again({ tile }: { tile: NonNullable<PageOf<'home'>['again']> }) {
  const { t, say, act } = useScreen();
  return (
    <Row
      look="big"
      icon="go"
      below={t('agentDesk.work.againHow')}
      onPress={() => act({ type: 'open-matter', matterId: tile.matterId })}
    >
      {t('agentDesk.work.again', { name: say(tile.name) })}
    </Row>
  );
}

function CategoryChips({ categories, most }: Pick<PageOf<'home'>, 'categories'> & { readonly most: number }) {
  const { t, say, act } = useScreen();
  const fit = categories.length <= most ? categories : categories.slice(0, most - 1);
  return (
    <Chips>
      {fit.map(({ id, name }) => (
        <Chip key={id} onPress={() => act({ type: 'open-category', categoryId: id })}>
          {say(name)}
        </Chip>
      ))}
      {fit.length < categories.length && (
        <Chip look="strong" onPress={() => act({ type: 'go', to: 'categories' })}>
          {t('home.allCategories', { n: categories.length })}
        </Chip>
      )}
    </Chips>
  );
}

function CasesRow({ page }: { page: PageOf<'home'> }) {
  const { t, act } = useScreen();
  const waits =
    (page.results > 0 && t('home.results', { n: page.results })) ||
    (page.slipsOwed > 0 && t('home.slipsOwed', { n: page.slipsOwed }));
  return (
    <Row
      look={waits || page.asks > 0 ? 'tinted' : 'strong'}
      below={waits || undefined}
      onPress={() => act({ type: 'go', to: 'my-cases' })}
    >
      {page.caseCount > 0 ? t('home.cases', { n: page.caseCount }) : t('home.noCases')}
    </Row>
  );
}

function Draft({ draft }: { draft: NonNullable<PageOf<'home'>['draft']> }) {
  const { t, say, act } = useScreen();
  return (
    <section className={styles.draft} data-private="">
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
