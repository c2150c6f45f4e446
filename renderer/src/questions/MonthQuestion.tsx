import { useState } from 'react';
import { yearMonthText } from '../../../catalog/text.ts';
import { useScreen } from '../screen-context.ts';
import { monthText } from '../words/format.ts';
import styles from './DateQuestion.module.css';
import { Pick } from './DateQuestion.tsx';
import { type DateRange, decadesOf, isMonthOpen, monthOf, monthsOf, yearsOf } from './date-pick.ts';
import type { Asked } from './question-of.ts';

type Stage = 'decade' | 'year' | 'month';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** A month by touch: its year, after the decade where there are several, then the month. */
export function MonthQuestion(props: Asked<'month'> & { range: DateRange | null }) {
  const { value, onChange, range } = props;
  if (range === null) throw new Error('broken invariant: a month is asked without what may be chosen');
  const picked = { chosen: typeof value === 'string' ? value : null, range, onChange };
  const months = monthsOf(range);
  return (
    <div className={styles.date}>
      <ChosenMonth {...picked} />
      {months.length <= MONTHS.length ? (
        <FewMonths {...picked} months={months} />
      ) : (
        <ManyMonths {...picked} />
      )}
    </div>
  );
}

interface MonthPicked {
  readonly chosen: string | null;
  readonly range: DateRange;
  readonly onChange: (isoMonth: string | null) => void;
}

function ChosenMonth({ chosen, range }: MonthPicked) {
  const { t, say } = useScreen();
  const between = { min: say(yearMonthText(range.min)), max: say(yearMonthText(range.max)) };
  return (
    <output className={styles.chosen}>
      {chosen === null ? (
        <span className={styles.none}>{t('date.between', between)}</span>
      ) : (
        <b>{say(yearMonthText(chosen))}</b>
      )}
    </output>
  );
}

/** So few that each stands there with its year. */
function FewMonths({ chosen, onChange, months }: MonthPicked & { months: readonly string[] }) {
  const { say } = useScreen();
  return (
    <div className={styles.two}>
      {months.map((iso) => (
        <Pick key={iso} isChosen={iso === chosen} onPress={() => onChange(iso)}>
          {say(yearMonthText(iso))}
        </Pick>
      ))}
    </div>
  );
}

function ManyMonths({ chosen, range, onChange }: MonthPicked) {
  const { t, language } = useScreen();
  const decades = decadesOf(range);
  const years = decades.flatMap((each) => yearsOf(range, each));
  // What is no choice is not asked: few years need no decade.
  const first: Stage = decades.length > 1 && years.length > 12 ? 'decade' : 'year';
  const [year, setYear] = useState(chosen === null ? undefined : monthOf(chosen).year);
  const [stage, setStage] = useState<Stage>(year === undefined ? first : 'month');
  const [decade, setDecade] = useState(Math.floor((year ?? 0) / 10) * 10);
  const shown = first === 'decade' ? yearsOf(range, decade) : [...years].sort((a, b) => a - b);
  return (
    <>
      <div className={styles.two}>
        <Pick isChosen={stage !== 'month'} onPress={() => setStage(first)}>
          {year === undefined ? t('date.yearEmpty') : t('date.year', { n: year })}
        </Pick>
        <Pick isChosen={stage === 'month'} isClosed={year === undefined} onPress={() => setStage('month')}>
          {chosen === null ? t('date.monthEmpty') : monthText(monthOf(chosen).month, language)}
        </Pick>
      </div>
      <div className={styles.three}>
        {stage === 'decade' &&
          decades.map((each) => (
            <Pick
              key={each}
              onPress={() => {
                setDecade(each);
                setStage('year');
              }}
            >
              {t('date.decade', { n: each })}
            </Pick>
          ))}
        {stage === 'year' &&
          shown.map((each) => (
            <Pick
              key={each}
              isChosen={each === year}
              onPress={() => {
                onChange(null);
                setYear(each);
                setStage('month');
              }}
            >
              {t('date.year', { n: each })}
            </Pick>
          ))}
        {stage === 'month' &&
          year !== undefined &&
          MONTHS.map((month) => {
            const iso = `${year}-${String(month).padStart(2, '0')}`;
            return (
              <Pick
                key={iso}
                isChosen={iso === chosen}
                isClosed={!isMonthOpen(range, { year, month })}
                onPress={() => onChange(iso)}
              >
                {monthText(month, language)}
              </Pick>
            );
          })}
      </div>
    </>
  );
}
