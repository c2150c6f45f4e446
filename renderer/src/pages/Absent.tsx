import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText } from '../words/format.ts';
import type { PageOf } from './page-of.ts';

/** The one who is not here, by the whole name this once, so that it is not somebody else; and what was entrusted. */
export function Absent({ page }: { page: PageOf<'absent'> }) {
  const { t, say, act, language } = useScreen();
  const why = t('entrust.whoHow', { digits: page.numberEnd, day: dateText(page.untilDay, null, language) });
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={why}>{t('entrust.whoTitle', { name: say(page.name) })}</Title>
        <Section title={t('entrust.what')}>
          <Stack>
            {page.matters.map(({ tile, left }) => (
              <Row
                key={tile.matterId}
                look="strong"
                icon="list"
                below={left > 0 ? t('entrust.left', { n: left }) : t('entrust.noneLeft')}
                onPress={() => act({ type: 'open-matter', matterId: tile.matterId })}
              >
                {say(tile.name)}
              </Row>
            ))}
          </Stack>
        </Section>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
