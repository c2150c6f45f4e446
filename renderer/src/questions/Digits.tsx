import { Pad } from '../parts/Pad.tsx';
import { useScreen } from '../screen-context.ts';
import { grouped } from '../words/format.ts';
import styles from './Digits.module.css';
import { cellsOf, pressPad } from './pad-text.ts';
import { phoneGroups } from './phone-groups.ts';
import type { Asked } from './question-of.ts';

/** Groups are as wide as they have cells. */
const WIDTHS: Readonly<Record<number, string | undefined>> = {
  3: styles.three,
  4: styles.four,
  6: styles.six,
  8: styles.eight,
};
const ID_GROUPS = [6, 8, 4] as const;

/** A phone number, mobile or not: its cells follow from how it begins. */
export function Phone({ value, onChange }: Asked<'phone'>) {
  const { t } = useScreen();
  const text = typeof value === 'string' ? value : '';
  const groups = phoneGroups(text);
  return (
    <div className={styles.digits}>
      <Cells text={text} groups={groups} label={t('pad.phone')} look="wide" />
      <Pad onKey={(key) => onChange(orNull(pressPad(text, key, lengthOf(groups))))} />
    </div>
  );
}

/** An ID number: eighteen characters, the last of which may be X. */
export function IdNumber({ value, onChange }: Pick<Asked<'id-number'>, 'value' | 'onChange'>) {
  const { t } = useScreen();
  const text = typeof value === 'string' ? value : '';
  return (
    <div className={styles.digits}>
      <Cells text={text} groups={ID_GROUPS} label={t('pad.idNumber')} look="narrow" />
      <Pad hasX onKey={(key) => onChange(orNull(pressPad(text, key, 18)))} />
    </div>
  );
}

const lengthOf = (groups: readonly number[]): number => groups.reduce((sum, size) => sum + size, 0);

const orNull = (text: string): string | null => (text === '' ? null : text);

/** Digits as cells to be filled, in groups. */
export function Cells(props: {
  text: string;
  groups: readonly number[];
  label: string;
  look: 'wide' | 'narrow';
}) {
  const { text, groups, label, look } = props;
  const { t } = useScreen();
  const missing = lengthOf(groups) - text.length;
  const said = grouped(text, groups);
  return (
    <div>
      <output data-private="" className={`${styles.cells} ${styles[look]}`} aria-label={`${label} ${said}`}>
        {cellsOf(text, groups).map((cells, group) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups are their places
          <span key={group} className={`${styles.group} ${WIDTHS[cells.length]}`} aria-hidden="true">
            {cells.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the cells are their places
              <span key={index} className={cell === null ? styles.empty : styles.cell}>
                {cell}
              </span>
            ))}
          </span>
        ))}
      </output>
      {missing > 0 ? (
        <p className={styles.left}>{t('pad.short', { n: missing })}</p>
      ) : (
        // Whoever hears the page hears the whole number once its last digit is there.
        <p className={styles.left} role="status" data-private="" data-say={`${said}，${t('pad.full')}`}>
          {t('pad.full')}
        </p>
      )}
    </div>
  );
}
