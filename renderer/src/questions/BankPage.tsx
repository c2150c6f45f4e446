import { useState } from 'react';
import { BANKS, bankNumberText } from '../../../catalog/bank-account.ts';
import type { PageOf } from '../pages/page-of.ts';
import { NextKey, QuestionFrame, SkipKey } from '../pages/QuestionFrame.tsx';
import { useAnswer } from '../pages/use-answer.ts';
import { StepBackKey } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pad } from '../parts/Pad.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './BankPage.module.css';
import { OneChoice } from './Choices.tsx';
import { pressPad } from './pad-text.ts';
import { partsOf, wordsAt } from './question-of.ts';

/** Digits of a card's number (GB/T 15694.1): the fewest there are, and the most. */
const DIGITS = { least: 16, most: 19 } as const;

const CHOICES = BANKS.map(({ id, name }) => ({ value: id, label: name }));

/** A bank account: the bank, then the card's number in groups of four as it is embossed. */
export function BankPage({ page }: { page: PageOf<'question'> }) {
  const { t, say } = useScreen();
  const { question } = page;
  const { value, change, send, localProblem, skips } = useAnswer(page);
  const parts = partsOf(value);
  const bank = BANKS.find(({ id }) => id === parts.bank);
  const [isNumber, setNumber] = useState(bank !== undefined);
  const problem = localProblem ?? page.problem;
  if (!isNumber || bank === undefined) {
    return (
      <QuestionFrame
        page={page}
        why={question.help === undefined ? question.optional && t('question.optional') : say(question.help)}
        problem={problem}
        next={
          skips ? (
            <SkipKey onPress={send} />
          ) : (
            <NextKey isOpen={bank === undefined} onPress={() => setNumber(true)} />
          )
        }
      >
        <OneChoice
          ask={say(question.ask)}
          choices={CHOICES}
          value={bank?.id ?? null}
          onChoose={(chosen) => {
            change({ number: '', ...parts, bank: chosen });
            setNumber(true);
          }}
        />
      </QuestionFrame>
    );
  }
  const number = wordsAt(parts, 'number');
  return (
    <QuestionFrame
      page={page}
      ask={t('bank.number')}
      why={t('bank.numberHow', { bank: say(bank.name) })}
      problem={problem}
      back={<StepBackKey onPress={() => setNumber(false)} />}
      next={
        <Key look="main" onPress={send}>
          {t('key.next')}
        </Key>
      }
    >
      <div className={styles.bank}>
        <CardNumber number={number} />
        <Pad onKey={(key) => change({ ...parts, number: pressPad(number, key, DIGITS.most) })} />
      </div>
    </QuestionFrame>
  );
}

function CardNumber({ number }: { number: string }) {
  const { t } = useScreen();
  const missing = DIGITS.least - number.length;
  return (
    <div>
      <output data-private="" className={styles.number} aria-label={`${t('bank.typed')} ${number}`}>
        <span aria-hidden="true">{bankNumberText(number)}</span>
        <span className={styles.caret} aria-hidden="true" />
      </output>
      <p className={styles.left}>
        {missing > 0 ? t('bank.short', { n: missing }) : t('bank.full', { n: number.length })}
      </p>
    </div>
  );
}
