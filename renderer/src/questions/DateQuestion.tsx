import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Key } from '../parts/Key.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, monthText } from '../words/format.ts';
import styles from './DateQuestion.module.css';
import {
  addMonths,
  type DateRange,
  decadesOf,
  isMonthOpen,
  isShort,
  type Month,
  monthOf,
  monthPage,
  namedDays,
  yearsOf,
} from './date-pick.ts';
import type { Asked } from './question-of.ts';

/** A date by touch: near days by name and by turning months, far ones by decade, year and month first. */
export function DateQuestion(props: Asked<'date'> & { range: DateRange | null }) {
  const { value, onChange, range } = props;
  if (range === null) throw new Error('broken invariant: a date is asked without what may be chosen');
  const chosen = typeof value === 'string' ? value : null;
  return (
    <div className={styles.date}>
      <Chosen chosen={chosen} range={range} />
      {isShort(range) ? (
        <NearDate chosen={chosen} range={range} onChange={onChange} />
      ) : (
        <FarDate chosen={chosen} range={range} onChange={onChange} />
      )}
    </div>
  );
}

/** A day being chosen. */
export interface Picked {
  readonly chosen: string | null;
  readonly range: DateRange;
  readonly onChange: (iso: string | null) => void;
}

function Chosen({ chosen, range }: Pick<Picked, 'chosen' | 'range'>) {
  const { t, view, language } = useScreen();
  const isOneYear = range.min.slice(0, 4) === range.max.slice(0, 4);
  const words = (iso: string) => dateText(iso, isOneYear ? view.wallMs : null, language);
  return (
    <output className={styles.chosen}>
      {chosen === null ? (
        <span className={styles.none}>
          {t('date.between', { min: words(range.min), max: words(range.max) })}
        </span>
      ) : (
        <b>{words(chosen)}</b>
      )}
    </output>
  );
}

/** A near day: by its name, or by turning months. */
export function NearDate({ chosen, range, onChange }: Picked) {
  const { t } = useScreen();
  const [month, setMonth] = useState(() =>
    monthOf(
      chosen ?? (range.today < range.min ? range.min : range.today > range.max ? range.max : range.today),
    ),
  );
  const named = namedDays(range);
  return (
    <>
      {named.length > 1 && (
        <div className={styles.named}>
          {named.map(({ name, iso }) => (
            <Pick
              key={name}
              isChosen={iso === chosen}
              onPress={() => {
                onChange(iso);
                setMonth(monthOf(iso));
              }}
            >
              {t(`date.${name}`)}
            </Pick>
          ))}
        </div>
      )}
      <MonthTurner month={month} range={range} onTurn={setMonth} />
      <Days month={month} chosen={chosen} range={range} onChange={onChange} />
    </>
  );
}

function MonthTurner(props: { month: Month; range: DateRange; onTurn: (month: Month) => void }) {
  const { month, range, onTurn } = props;
  const { t, language } = useScreen();
  const [before, after] = [addMonths(month, -1), addMonths(month, 1)];
  const name = monthText(month.month, language);
  return (
    <div className={styles.turner}>
      {isMonthOpen(range, before) ? (
        <Key icon="back" label={t('date.previous')} onPress={() => onTurn(before)}>
          {null}
        </Key>
      ) : (
        <span />
      )}
      <h2>{language === 'zh' ? `${month.year}年${name}` : `${name} ${month.year}`}</h2>
      {isMonthOpen(range, after) ? (
        <Key icon="go" label={t('date.following')} onPress={() => onTurn(after)}>
          {null}
        </Key>
      ) : (
        <span />
      )}
    </div>
  );
}

function Days({ month, chosen, range, onChange }: Picked & { month: Month }) {
  const { t, view, language } = useScreen();
  const { lead, days } = monthPage(range, month);
  return (
    <div className={styles.month} data-say="">
      {[...t('date.weekdays')].map((weekday, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: weekdays are their places; two share a letter
        <span key={index} className={styles.weekday} aria-hidden="true">
          {weekday}
        </span>
      ))}
      {Array.from({ length: lead }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty cells are their places
        <span key={`lead-${index}`} />
      ))}
      {days.map(({ day, iso, isOpen }) => (
        <Pick
          key={iso}
          isChosen={iso === chosen}
          isClosed={!isOpen}
          isToday={iso === range.today}
          label={dateText(iso, view.wallMs, language)}
          onPress={() => onChange(iso)}
        >
          {day}
        </Pick>
      ))}
    </div>
  );
}

type Stage = 'decade' | 'year' | 'month' | 'day';

function FarDate({ chosen, range, onChange }: Picked) {
  const { t, language } = useScreen();
  const decades = decadesOf(range);
  // A single decade is no choice: its years are shown at once.
  const first: Stage = decades.length === 1 ? 'year' : 'decade';
  const [stage, setStage] = useState<Stage>(chosen === null ? first : 'day');
  const [month, setMonth] = useState<Partial<Month>>(chosen === null ? {} : monthOf(chosen));
  const [decade, setDecade] = useState(() =>
    month.year === undefined ? (decades[0] ?? 0) : Math.floor(month.year / 10) * 10,
  );
  const { year } = month;
  const whole = year !== undefined && month.month !== undefined ? { year, month: month.month } : null;
  return (
    <>
      <div className={styles.fields}>
        <Pick isChosen={stage === 'decade' || stage === 'year'} onPress={() => setStage(first)}>
          {year === undefined ? t('date.yearEmpty') : t('date.year', { n: year })}
        </Pick>
        <Pick isChosen={stage === 'month'} isClosed={year === undefined} onPress={() => setStage('month')}>
          {month.month === undefined ? t('date.monthEmpty') : monthText(month.month, language)}
        </Pick>
        <Pick isChosen={stage === 'day'} isClosed={whole === null} onPress={() => setStage('day')}>
          {chosen === null ? t('date.dayEmpty') : t('date.day', { n: Number(chosen.slice(8)) })}
        </Pick>
      </div>
      {stage === 'decade' && (
        <div className={styles.three}>
          {decades.map((each) => (
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
        </div>
      )}
      {stage === 'year' && (
        <div className={styles.three}>
          {yearsOf(range, decade).map((each) => (
            <Pick
              key={each}
              isChosen={each === year}
              onPress={() => {
                onChange(null);
                setMonth({ year: each });
                setStage('month');
              }}
            >
              {t('date.year', { n: each })}
            </Pick>
          ))}
        </div>
      )}
      {stage === 'month' && year !== undefined && (
        <div className={styles.three}>
          {Array.from({ length: 12 }, (_, index) => index + 1).map((each) => (
            <Pick
              key={each}
              isChosen={each === month.month}
              isClosed={!isMonthOpen(range, { year, month: each })}
              onPress={() => {
                onChange(null);
                setMonth({ year, month: each });
                setStage('day');
              }}
            >
              {monthText(each, language)}
            </Pick>
          ))}
        </div>
      )}
      {stage === 'day' && whole !== null && (
        <Days month={whole} chosen={chosen} range={range} onChange={onChange} />
      )}
    </>
  );
}

/** One of several days, months or times to touch. */
export function Pick(props: {
  children: React.ReactNode;
  onPress: () => void;
  isChosen?: boolean;
  isClosed?: boolean;
  isToday?: boolean;
  label?: string;
}) {
  const { children, onPress, isChosen = false, isClosed = false, isToday = false, label } = props;
  return (
    <Button
      className={`${styles.pick} ${isToday ? styles.today : ''}`}
      aria-pressed={isChosen}
      aria-label={label}
      isDisabled={isClosed}
      onPress={onPress}
    >
      {children}
    </Button>
  );
}
