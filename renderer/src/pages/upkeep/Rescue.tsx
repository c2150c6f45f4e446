import { unreachable } from '../../../../base/result.ts';
import { Key } from '../../parts/Key.tsx';
import { Line, Notice } from '../../parts/Notice.tsx';
import { Section, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import type { PageOf } from '../page-of.ts';
import { Pairs } from './Pairs.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

type Outcome = NonNullable<PageOf<'rescue'>['outcome']>;
type Stick = PageOf<'rescue'>['sticks'][number];

/** What the machine owes, carried to the county on a stick, and the county's answers read back. */
export function Rescue({ page }: { page: PageOf<'rescue'> }) {
  const { t } = useScreen();
  const { owed, former, sticks, running, outcome } = page;
  return (
    <UpkeepFrame title={t('upkeep.bar.maintainer')}>
      <Title why={t('upkeep.rescue.how')}>{t('upkeep.rescue.title')}</Title>
      <div className={styles.block}>
        {running && <Running running={running} />}
        {outcome && <Came outcome={outcome} />}
      </div>
      <Pairs pairs={[[t('upkeep.devices.owed'), String(owed)]]} />
      {former.length > 0 && (
        <div className={styles.block}>
          <Notice look="plain" title={t('upkeep.rescue.former')}>
            {t('upkeep.rescue.formerHow', { ids: former.join(' ') })}
          </Notice>
        </div>
      )}
      <Section title={t('upkeep.rescue.sticks')}>
        {sticks.length === 0 && (
          <Notice look="plain" title={t('upkeep.rescue.none')}>
            {t('upkeep.rescue.noneHow')}
          </Notice>
        )}
        {sticks.map((stick) => (
          <StickCard key={stick.name} stick={stick} canExport={owed > 0} isBusy={running !== null} />
        ))}
      </Section>
    </UpkeepFrame>
  );
}

function StickCard(props: { stick: Stick; canExport: boolean; isBusy: boolean }) {
  const { stick, canExport, isBusy } = props;
  const { name, freeBytes, folders, answered } = stick;
  const { t, act } = useScreen();
  const ask = (what: 'export-to' | 'read-answers') =>
    act({ type: 'upkeep', command: { do: what, stick: name } });
  return (
    <div className={styles.stick}>
      <p className={styles.lead}>{name}</p>
      {freeBytes !== null && <p>{t('upkeep.rescue.free', { size: sizeText(freeBytes) })}</p>}
      {folders > 0 && <p>{t('upkeep.rescue.carries', { n: folders, answered })}</p>}
      {!isBusy && (
        <div className={styles.keys}>
          {answered > 0 && (
            <Key look="main" onPress={() => ask('read-answers')}>
              {t('upkeep.rescue.read')}
            </Key>
          )}
          {canExport && (
            <Key {...(answered === 0 && { look: 'main' })} onPress={() => ask('export-to')}>
              {t('upkeep.rescue.export')}
            </Key>
          )}
        </div>
      )}
    </div>
  );
}

function Running({ running }: { running: NonNullable<PageOf<'rescue'>['running']> }) {
  const { t } = useScreen();
  const { entries, of } = running;
  return (
    <Notice look="waiting" icon="clock" title={t('upkeep.rescue.running')} announce>
      {of === null
        ? t('upkeep.rescue.stepOnly', { n: entries })
        : t('upkeep.rescue.step', { n: entries, of: Math.max(entries, of) })}
    </Notice>
  );
}

function Came({ outcome }: { outcome: Outcome }) {
  const { t } = useScreen();
  switch (outcome.did) {
    case 'exported':
      return (
        <>
          <Notice look="done" icon="check" title={t('upkeep.rescue.exported')} announce>
            {t('upkeep.rescue.exportedHow', { n: outcome.entries, files: outcome.files })}
          </Notice>
          {outcome.left > 0 && <Line look="danger">{t('upkeep.rescue.left', { n: outcome.left })}</Line>}
        </>
      );
    case 'nothing-owed':
      return <Notice look="plain" icon="check" title={t('upkeep.rescue.nothingOwed')} announce />;
    case 'failed':
      return (
        <Notice look="danger" icon="warn" title={t(`upkeep.rescue.failed.${outcome.why}`)} announce>
          {t(`upkeep.rescue.failedHow.${outcome.why}`)}
        </Notice>
      );
    case 'read':
      return <ReadBack outcome={outcome} />;
    default:
      return unreachable(outcome);
  }
}

function ReadBack({ outcome }: { outcome: Extract<Outcome, { did: 'read' }> }) {
  const { t } = useScreen();
  const { receipted, erased, waiting, ignored, unreadable } = outcome;
  const asides = [
    ['waiting', waiting],
    ['ignored', ignored],
    ['unreadable', unreadable],
  ] as const;
  return (
    <>
      <Notice look="done" icon="check" title={t('upkeep.rescue.readBack')} announce>
        {t('upkeep.rescue.readBackHow', { n: receipted, erased })}
      </Notice>
      {asides.map(
        ([what, n]) =>
          n > 0 && (
            <Line key={what} look={what === 'unreadable' ? 'danger' : 'plain'}>
              {t(`upkeep.rescue.${what}`, { n })}
            </Line>
          ),
      )}
    </>
  );
}

/** As stick makers count: thousands, not 1,024s. */
function sizeText(bytes: number): string {
  return bytes < 1e9 ? `${Math.floor(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
