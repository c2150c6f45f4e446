import type { GuideTitle } from '../../../terminal/api.ts';
import { HolderBar } from '../parts/Bar.tsx';
import { Chip, Chips } from '../parts/Chip.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack, Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** What everybody should know, and the guides by category. */
export function Guides({ page }: { page: PageOf<'guides'> }) {
  const { t, say, act } = useScreen();
  const { items, categories } = page;
  return (
    <>
      <HolderBar />
      <Pane>
        <Title>{t('guides.title')}</Title>
        {items.length + categories.length === 0 && <p className={styles.block}>{t('guides.none')}</p>}
        {items.length > 0 && (
          <Section title={t('guides.everybody')}>
            <TileGrid tiles={[]} guides={items} low />
          </Section>
        )}
        {categories.length > 0 && (
          <Section title={t('guides.byCategory')}>
            <Chips>
              {categories.map(({ id, name }) => (
                <Chip key={id} onPress={() => act({ type: 'open-guides', categoryId: id })}>
                  {say(name)}
                </Chip>
              ))}
            </Chips>
          </Section>
        )}
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

/** The guides of one category. */
export function GuideList({ page }: { page: PageOf<'guide-list'> }) {
  const { t, say } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('guides.title')}>{say(page.name)}</Title>
        <div className={styles.block}>
          <GuideRows items={page.items} />
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

function GuideRows({ items }: { items: readonly GuideTitle[] }) {
  const { say, act } = useScreen();
  return (
    <Stack>
      {items.map(({ id, title }) => (
        <Row key={id} onPress={() => act({ type: 'open-guide', guideId: id })}>
          {say(title)}
        </Row>
      ))}
    </Stack>
  );
}

/** One guide. */
export function Guide({ page }: { page: PageOf<'guide'> }) {
  const { say } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title>{say(page.title)}</Title>
        <div className={styles.prose}>
          {page.body.map((paragraph) => (
            <p key={paragraph.zh}>
              <Soft fits={20}>{say(paragraph)}</Soft>
            </p>
          ))}
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
