import { PlaceBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Stack, Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, groupedNumber, momentText } from '../words/format.ts';
import styles from './AgentWork.module.css';
import type { PageOf } from './page-of.ts';

/** What is to be done for residents whom this agent acted for: masked, what is due first on top. */
export function AgentList({ page }: { page: PageOf<'agent-list'> }) {
  const { t, say, act, view, language } = useScreen();
  const news =
    page.madeMs === null
      ? t('agentDesk.work.listNotYet')
      : t('agentDesk.work.listAsOf', { time: momentText(page.madeMs, view.wallMs, language) });
  const turn = (to: number) => act({ type: 'agent', command: { do: 'list-page', page: to } });
  return (
    <>
      <PlaceBar />
      <Pane>
        <Title why={news}>{t('agentDesk.work.list')}</Title>
        {page.madeMs !== null && page.items.length + page.refused.length === 0 && (
          <div className={styles.empty}>
            <Icon name="check" />
            <p>{t('agentDesk.work.empty')}</p>
          </div>
        )}
        <div className={styles.items}>
          <Stack>
            {page.items.map((item) => (
              <Row
                key={item.ref}
                look="strong"
                end={say(item.who)}
                below={<ItemDay item={item} />}
                onPress={() => act({ type: 'agent', command: { do: 'open-item', ref: item.ref } })}
              >
                {say(item.name)}
              </Row>
            ))}
          </Stack>
        </div>
        <Refused refused={page.refused} />
        <p className={styles.aside}>
          <Soft fits={14}>{t('agentDesk.work.listHow')}</Soft>
        </p>
      </Pane>
      <VisitFoot withHelp={false}>
        <BackKey isStep={page.pages > 1} />
        {page.page > 0 && (
          <Key grow onPress={() => turn(page.page - 1)}>
            {t('agentDesk.work.before')}
          </Key>
        )}
        {page.page + 1 < page.pages && (
          <Key grow onPress={() => turn(page.page + 1)}>
            {t('agentDesk.work.next')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

/** Outcomes of a receipt, by their number (journal.md "Receipt"). */
const REASONS = [null, 'signature', 'unopenable', 'large', 'version', 'format', 'reused'] as const;

/** What they handed in here and the platform refused: why, and whom to ask. */
function Refused({ refused }: { refused: PageOf<'agent-list'>['refused'] }) {
  const { t, say, view, language } = useScreen();
  if (refused.length === 0) return null;
  return (
    <section className={styles.refused}>
      <h2>{t('agentDesk.work.notTaken')}</h2>
      <ul>
        {refused.map(({ name, localNumber, atMs, outcome }) => {
          const reason = REASONS[outcome] ?? 'format';
          return (
            <li key={`${atMs}-${localNumber}`}>
              <span>{say(name)}</span>
              {localNumber !== null && <span className={styles.number}>{groupedNumber(localNumber)}</span>}
              <span className={styles.late}>
                <span>{momentText(atMs, view.wallMs, language)}</span>
                {reason !== null && <span>{t(`agentDesk.work.reason.${reason}`)}</span>}
              </span>
            </li>
          );
        })}
      </ul>
      <p>{t('agentDesk.work.notTakenHow', { phone: groupedNumber(view.support.townPhone) })}</p>
    </section>
  );
}

/** Why it is there, and by which day. */
export function ItemDay({ item }: { item: PageOf<'agent-list'>['items'][number] }) {
  const { t, view, language } = useScreen();
  const date = item.day === null ? null : dateText(item.day, view.wallMs, language);
  return (
    <span className={item.late ? styles.late : styles.day}>
      <span>{t(`agentDesk.work.why.${item.why}`)}</span>
      {date !== null && <span>{t(item.late ? 'agentDesk.work.late' : 'agentDesk.work.by', { date })}</span>}
    </span>
  );
}
