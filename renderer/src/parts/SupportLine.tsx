import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import styles from './SupportLine.module.css';

/** Whom to call, on pages where no other page may be opened. */
export function SupportLine() {
  const { t, view } = useScreen();
  return (
    <p className={styles.line}>{t('support.line', { phone: groupedNumber(view.support.agentPhone) })}</p>
  );
}
