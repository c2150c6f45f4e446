import { MatterBar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';
import styles from './Shared.module.css';

type Text = { readonly zh: string; readonly en: string };

/** What would be looked up, with whom, and the very words that are agreed to. */
export function Consent({ page }: { page: PageOf<'consent'> }) {
  const { t, say, act } = useScreen();
  const saves = page.saves.length > 0;
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <Title why={t(saves ? 'shared.saves' : 'shared.consentWhy')}>{t('shared.consentTitle')}</Title>
        <p className={styles.words}>
          <Soft fits={5}>{say(page.words)}</Soft>
        </p>
        <dl className={styles.facts}>
          <Fact label={t('shared.what')}>{say(page.name)}</Fact>
          <Fact label={t('shared.from')}>{say(page.from)}</Fact>
          <Names label={t('shared.fields')} names={page.fields} />
        </dl>
        <p className={styles.aside}>{t('shared.promise')}</p>
        {!page.online && (
          <div className={styles.warn}>
            <Line look="waiting">{t('shared.noNetwork')}</Line>
          </div>
        )}
      </Pane>
      <VisitFoot>
        <Key onPress={() => act({ type: 'consent', agree: false })}>
          {t(saves ? 'shared.notAgreeFill' : 'shared.notAgree')}
        </Key>
        <Key look="main" onPress={() => act({ type: 'consent', agree: true })}>
          {t('shared.agree')}
        </Key>
      </VisitFoot>
    </>
  );
}

function Names({ label, names }: { label: string; names: readonly Text[] }) {
  const { say, language } = useScreen();
  return <Fact label={label}>{names.map(say).join(language === 'zh' ? '、' : ', ')}</Fact>;
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div className={styles.line}>
      <dt>
        <Soft fits={4}>{label}</Soft>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
