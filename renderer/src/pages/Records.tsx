import { AskedTrouble, Asking } from '../parts/AskedState.tsx';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, momentText } from '../words/format.ts';
import type { PageOf } from './page-of.ts';
import styles from './Shared.module.css';

/** What a matter that is read says: its records, from whom and as of when, a page at a time. */
export function Records({ page }: { page: PageOf<'records'> }) {
  const { t, say, act } = useScreen();
  const { state, personal, mayAskAgain } = page;
  const isLast = page.page + 1 === page.pages;
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <Title why={useSource(page)}>{say(page.name)}</Title>
        <AskedTrouble state={state} afterS={page.afterS} />
        {state === 'asking' && <Asking />}
        <All records={page.records} />
        <Turn page={page} />
        {page.sample && <p className={styles.sample}>{t('shared.sample')}</p>}
        {personal && state !== 'asking' && isLast && (
          <div className={styles.rows}>
            <Row icon="lock" onPress={() => act({ type: 'go', to: 'kept-of-me' })}>
              {t('shared.keptOpen')}
            </Row>
          </div>
        )}
      </Pane>
      <VisitFoot>
        <BackKey isStep={mayAskAgain} />
        {mayAskAgain && (
          <Key look="main" onPress={() => act({ type: 'ask-again' })}>
            {t('shared.again')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

/** From whom, and as of when; only from whom where nothing came. */
function useSource({ from, asOfMs, asOfDay, total }: PageOf<'records'>): string {
  const { t, say, view, language } = useScreen();
  const count = total > 1 ? ` · ${t('shared.total', { n: total })}` : '';
  if (asOfDay !== null)
    return t('shared.byDay', { from: say(from), day: dateText(asOfDay, view.wallMs, language) }) + count;
  if (asOfMs === null) return say(from);
  return t('shared.by', { from: say(from), time: momentText(asOfMs, view.wallMs, language) }) + count;
}

/** Records may be alike, and never change places. */
function nameOf(lines: PageOf<'records'>['records'][number], index: number): string {
  return [index, ...lines.map(({ value }) => value.zh)].join('/');
}

/** Records of two values make a table, longer ones stand one by one. */
function All({ records }: { records: PageOf<'records'>['records'] }) {
  const { say } = useScreen();
  const [first] = records;
  if (first === undefined) return null;
  const labels = first.map(({ label }) => label);
  const isTable = records.every(
    (lines) => lines.length === 2 && lines.every(({ label }, at) => label.zh === labels[at]?.zh),
  );
  if (!isTable)
    return (
      <div className={styles.records}>
        {records.map((lines, index) => (
          <dl key={nameOf(lines, index)} className={styles.record}>
            {lines.map(({ label, value }) => (
              <div key={label.zh} className={styles.line}>
                <dt>
                  <Soft fits={4}>{say(label)}</Soft>
                </dt>
                <dd>{say(value)}</dd>
              </div>
            ))}
          </dl>
        ))}
      </div>
    );
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {labels.map((label) => (
            <th key={label.zh}>{say(label)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.map((lines, index) => (
          <tr key={nameOf(lines, index)}>
            {lines.map(({ label, value }) => (
              <td key={label.zh}>{say(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Turn({ page: { page, pages } }: { page: PageOf<'records'> }) {
  const { t, act } = useScreen();
  if (pages < 2) return null;
  return (
    <div className={styles.turn}>
      {page > 0 && (
        <Key icon="up" onPress={() => act({ type: 'turn-page', page: page - 1 })}>
          {t('shared.before')}
        </Key>
      )}
      <p>{t('shared.pageOf', { n: page + 1, pages })}</p>
      {page + 1 < pages && (
        <Key icon="down" onPress={() => act({ type: 'turn-page', page: page + 1 })}>
          {t('shared.next')}
        </Key>
      )}
    </div>
  );
}
