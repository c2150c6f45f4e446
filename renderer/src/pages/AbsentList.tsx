import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Stack, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText } from '../words/format.ts';
import type { PageOf } from './page-of.ts';

/** Those who entrusted this agent and are not here. Names are masked: whoever else stands here learns nothing of them. */
export function AbsentList({ page }: { page: PageOf<'absent-list'> }) {
  const { t, say, act, language } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={page.there === 'known' ? t('entrust.listHow') : undefined}>
          {t('entrust.listTitle')}
        </Title>
        <Stack>
          {page.people.map(({ ref, name, numberEnd, untilDay }) => (
            <Row
              key={ref}
              look="strong"
              icon="people"
              below={t('entrust.until', { day: dateText(untilDay, null, language) })}
              end={t('entrust.numberEnd', { digits: numberEnd })}
              onPress={() => act({ type: 'agent', command: { do: 'absent', ref } })}
            >
              {say(name)}
            </Row>
          ))}
          {page.there !== 'known' && <Line look="plain">{t(`entrust.${WORDS[page.there]}`)}</Line>}
        </Stack>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

const WORDS = {
  asking: 'thereAsking',
  offline: 'thereOffline',
  'no-answer': 'thereNoAnswer',
} as const;
