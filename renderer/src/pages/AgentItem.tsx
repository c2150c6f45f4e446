import { PlaceBar } from '../parts/Bar.tsx';
import { CardArt } from '../parts/CardArt.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import { ItemDay } from './AgentList.tsx';
import styles from './AgentWork.module.css';
import type { PageOf } from './page-of.ts';

const MOODS = { ready: 'place', reading: 'reading', down: 'again' } as const;
const HOW = { ready: 'bringHow', reading: 'bringReading', down: 'bringDown' } as const;

/** One thing to be done: whose it is, masked, and that their card is needed to go on. */
export function AgentItem({ page }: { page: PageOf<'agent-item'> }) {
  const { t, say, act } = useScreen();
  const { item, words, owner } = page;
  const isCall = item.why === 'call-back';
  return (
    <>
      <PlaceBar />
      <Pane>
        <Title why={<ItemDay item={item} />}>{say(item.name)}</Title>
        <dl className={styles.facts}>
          <div>
            <dt>{t('agentDesk.work.whose')}</dt>
            <dd>{say(item.who)}</dd>
          </div>
          {item.localNumber !== null && (
            <div>
              <dt>{t('agentDesk.work.number')}</dt>
              <dd>{groupedNumber(item.localNumber)}</dd>
            </div>
          )}
          {owner !== null && (
            <div>
              <dt>{t('agentDesk.work.owner')}</dt>
              <dd lang="zh-CN">{owner}</dd>
            </div>
          )}
        </dl>
        {words !== null && (
          <section className={styles.words}>
            <h2>{t('agentDesk.work.said')}</h2>
            <p lang="zh-CN">{words}</p>
          </section>
        )}
        <div className={styles.bring} role="status">
          <h2>
            <Soft fits={9}>{t('agentDesk.work.bring')}</Soft>
          </h2>
          <p>{t(`agentDesk.work.${HOW[page.reader]}`)}</p>
          <CardArt mood={MOODS[page.reader]} />
        </div>
      </Pane>
      <VisitFoot withHelp={false}>
        <BackKey isStep={isCall} />
        {isCall && (
          <Key look="main" onPress={() => act({ type: 'agent', command: { do: 'called' } })}>
            {t('agentDesk.work.called')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}
