import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Stack, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** All guides. */
export function Guides({ page }: { page: PageOf<'guides'> }) {
  const { t, say, act } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title>{t('guides.title')}</Title>
        {page.items.length === 0 && <p className={styles.block}>{t('guides.none')}</p>}
        <Stack>
          {page.items.map((item) => (
            <Row key={item.id} onPress={() => act({ type: 'open-guide', guideId: item.id })}>
              {say(item.title)}
            </Row>
          ))}
        </Stack>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
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
            <p key={paragraph.zh}>{say(paragraph)}</p>
          ))}
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
