import { Key } from '../parts/Key.tsx';
import { Pad } from '../parts/Pad.tsx';
import { useScreen } from '../screen-context.ts';
import { pressNumber, stepNumber } from './pad-text.ts';
import styles from './Quantity.module.css';
import type { Asked } from './question-of.ts';

/** A whole number: by steps, or typed. It begins with nothing, so that nobody hands in a number of ours. */
export function Quantity({ question, value, onChange }: Asked<'quantity'>) {
  const { t, say } = useScreen();
  const { min, max } = question;
  const one = say({ zh: question.unit.zh, en: question.unit.enOne });
  const unit = say(question.unit);
  const amount = typeof value === 'number' ? value : null;
  const isOutside = amount !== null && (amount < min || amount > max);
  return (
    <div className={styles.quantity}>
      <div className={styles.steps}>
        <Key
          icon="minus"
          label={t('quantity.less', { unit: one })}
          onPress={() => onChange(stepNumber(amount, -1, min, max))}
        >
          {null}
        </Key>
        <output className={styles.amount}>
          {amount === null ? (
            <span className={styles.none}>{t('quantity.empty', { unit })}</span>
          ) : (
            <>
              <b>{amount}</b>
              <span>{amount === 1 ? one : unit}</span>
            </>
          )}
        </output>
        <Key
          icon="plus"
          label={t('quantity.more', { unit: one })}
          onPress={() => onChange(stepNumber(amount, 1, min, max))}
        >
          {null}
        </Key>
      </div>
      <p className={isOutside ? styles.outside : styles.range}>{t('quantity.range', { min, max, unit })}</p>
      <Pad onKey={(key) => onChange(pressNumber(amount, key, max))} />
    </div>
  );
}
