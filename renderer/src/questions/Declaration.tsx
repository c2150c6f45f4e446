import { Checkbox } from 'react-aria-components/Checkbox';
import { useScreen } from '../screen-context.ts';
import choices from './Choices.module.css';
import { Box } from './Choices.tsx';
import styles from './Declaration.module.css';
import type { Asked } from './question-of.ts';

/** Something the person declares to be true: a touch of their own, never ticked before. */
export function Declaration({ value, onChange }: Asked<'declaration'>) {
  const { t } = useScreen();
  return (
    <Checkbox
      className={`${choices.choice} ${styles.declaration}`}
      isSelected={value === true}
      onChange={(isSelected) => onChange(isSelected ? true : null)}
    >
      <Box />
      <span>{t('question.declareKey')}</span>
    </Checkbox>
  );
}
