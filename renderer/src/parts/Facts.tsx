import type { Fact } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import styles from './Facts.module.css';

/** What is known already, so nobody has to fill it in; it says so when all of it comes from the card. */
export function Filled({ facts }: { facts: readonly Fact[] }) {
  const { t, say, view } = useScreen();
  if (facts.length === 0) return null;
  const isFromCard = facts.every(({ source }) => source === 'card');
  return (
    <section className={styles.filled} data-private="">
      <h2>
        {t('question.filled')}
        {isFromCard && <span>{t(view.byPhone ? 'code.phone.from' : 'question.fromCard')}</span>}
      </h2>
      <dl>
        {facts.map((fact) => (
          <div key={fact.label.zh} className={styles.fact}>
            <dt>{say(fact.label)}</dt>
            <dd>{say(fact.value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
