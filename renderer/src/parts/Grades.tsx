import { Button } from 'react-aria-components/Button';
import { useScreen } from '../screen-context.ts';
import styles from './Grades.module.css';
import { Icon } from './Icon.tsx';

/** The national five grades, best first. */
const GRADES = [5, 4, 3, 2, 1] as const;

/** How content somebody was, by one touch; then the grade they gave, with thanks. */
export function Grades({ given }: { given: number | null }) {
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
    <div className={styles.grades}>
      {GRADES.map((each) => (
        <Button key={each} className={styles.grade} onPress={() => act({ type: 'rate', grade: each })}>
          {t(`grade.${each}`)}
        </Button>
      ))}
    </div>
  );
}
