import type { Fact } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import styles from './Facts.module.css';

/** What is known already, so nobody has to fill it in. */
export function Filled({ facts }: { facts: readonly Fact[] }) {
  const { t, say } = useScreen();
  if (facts.length === 0) return null;
  return (
    <section className={styles.filled}>
      <h2>{t('question.filled')}</h2>
      <dl>
        {facts.map((fact) => (
          <div key={fact.label.zh} className={styles.fact}>
            <dt>{say(fact.label)}</dt>
            <dd>
              {say(fact.value)}
              {fact.source === 'card' && <span>{t('question.fromCard')}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
