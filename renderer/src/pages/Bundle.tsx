import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { BundleOfferPart } from '../../../terminal/api.ts';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Bundle.module.css';
import type { PageOf } from './page-of.ts';

/** What the same answers open as well: each is done too, or not; nothing is chosen for anybody. */
export function Bundle({ page }: { page: PageOf<'bundle'> }) {
  const { t, act } = useScreen();
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <Title why={page.offers.length > 0 && t('bundle.why')}>{t(titleOf(page.offers.length))}</Title>
        {page.offers.map((offer) => (
          <Offer key={offer.matterId} offer={offer} />
        ))}
      </Pane>
      <VisitFoot>
        <BackKey isStep />
        {page.decided && (
          <Key look="main" onPress={() => act({ type: 'go-on', choice: null })}>
            {t('key.next')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

function titleOf(offers: number) {
  if (offers === 0) return 'bundle.none';
  return offers === 1 ? 'bundle.titleOne' : 'bundle.title';
}

function Offer({ offer }: { offer: BundleOfferPart }) {
  const { t, say, language } = useScreen();
  const words = offer.declares.map(say).join(language === 'zh' ? '；' : '; ');
  return (
    <section className={styles.offer}>
      <h2>{say(offer.name)}</h2>
      <p>{say(offer.gets)}</p>
      {words !== '' && <p className={styles.declares}>{t('bundle.declares', { words })}</p>}
      <div className={styles.said}>
        {offer.state === 'kept' ? <Line look="done">{t('bundle.kept')}</Line> : <Wish offer={offer} />}
      </div>
    </section>
  );
}

function Wish({ offer: { matterId, name, state } }: { offer: BundleOfferPart }) {
  const { t, say, act } = useScreen();
  return (
    <RadioGroup
      className={styles.wish}
      aria-label={say(name)}
      value={state === 'open' ? null : state}
      onChange={(value) => act({ type: 'bundle', matterId, chosen: value === 'chosen' })}
    >
      {(['chosen', 'declined'] as const).map((value) => (
        <Radio key={value} value={value} className={styles.choice}>
          <span className={styles.ring} />
          {t(value === 'chosen' ? 'bundle.yes' : 'bundle.no')}
        </Radio>
      ))}
    </RadioGroup>
  );
}
