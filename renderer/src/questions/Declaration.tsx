import { useScreen } from '../screen-context.ts';
import { ChoiceKey } from './Choices.tsx';
import type { Asked } from './question-of.ts';

/** Something the person declares to be true: a touch of their own, which leads on. */
export function Declaration({ value, onChange }: Asked<'declaration'>) {
  const { t } = useScreen();
  return (
    <ChoiceKey isChosen={value === true} label={t('question.declareKey')} onPress={() => onChange(true)} />
  );
}
