import { Button } from 'react-aria-components/Button';
import { useScreen } from '../screen-context.ts';
import styles from './Grades.module.css';
import { Icon } from './Icon.tsx';

/** The national five grades, best first. */
const GRADES = [5, 4, 3, 2, 1] as const;

/** How content somebody was, by one touch; then the grade they gave, with thanks. Where nothing else is asked, one stands below the other. */
export function Grades({ given, isAlone = false }: { given: number | null; isAlone?: boolean }) {
  const { t, act } = useScreen();
  const grade = GRADES.find((each) => each === given);
  if (grade !== undefined) {
    return (
      <p className={styles.thanks} role="status">
        <Icon name="check" small />
        {t(`grade.${grade}`)}
        <span>{t('kept.thanks')}</span>
      </p>
    );
  }
  return (
    <div className={isAlone ? styles.alone : styles.grades}>
      {GRADES.map((each) => (
        <Button key={each} className={styles.grade} onPress={() => act({ type: 'rate', grade: each })}>
          {t(`grade.${each}`)}
        </Button>
      ))}
    </div>
  );
}
