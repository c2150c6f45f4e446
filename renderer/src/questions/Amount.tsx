import { useState } from 'react';
import { yuanText } from '../../../catalog/text.ts';
import { PadCorner, PadOf } from '../parts/Pad.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Amount.module.css';
import { type AmountKey, amountTyped, fenOf, groupedAmount, pressAmount } from './amount-text.ts';
import { amountWords } from './amount-words.ts';
import type { Asked } from './question-of.ts';

/** Money, typed in yuan. It is spelt out below, so that a zero too many is noticed. */
export function Amount({ question, value, onChange }: Asked<'amount'>) {
  const { t, say } = useScreen();
  const { minFen, maxFen } = question;
  const [text, setText] = useState(() => (typeof value === 'number' ? amountTyped(value) : ''));
  const fen = fenOf(text);
  const isOutside = fen !== null && (fen < minFen || fen > maxFen);
  const press = (key: AmountKey) => {
    const next = pressAmount(text, key, maxFen);
    setText(next);
    onChange(fenOf(next));
  };
  return (
    <div className={styles.amount}>
      <output data-private="" className={styles.typed}>
        {fen === null ? (
          <span className={styles.none}>{t('amount.empty')}</span>
        ) : (
          <>
            <b>{groupedAmount(text)}</b>
            <span>{t('amount.unit')}</span>
          </>
        )}
      </output>
      <p className={fen === null ? styles.range : styles.words} role="status" data-private="">
        {fen === null ? t('amount.none') : say(amountWords(fen))}
      </p>
      {(fen === null || isOutside) && (
        <p className={isOutside ? styles.outside : styles.range}>
          {t('amount.range', { min: say(yuanText(minFen)), max: say(yuanText(maxFen)) })}
        </p>
      )}
      <PadOf
        onKey={press}
        corner={
          <PadCorner label={t('amount.point')} onPress={() => press('point')}>
            .
          </PadCorner>
        }
      />
    </div>
  );
}
