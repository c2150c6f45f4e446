import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import type { AnswerValue, Choice } from '../../../catalog/schema.ts';
import { Icon } from '../parts/Icon.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Choices.module.css';
import type { Asked } from './question-of.ts';

/** One of several: the key that is touched answers, and leads on; nothing is chosen for anybody. */
export function OneOf({ question, value, onChange }: Asked<'one-of'>) {
  const { say } = useScreen();
  return <OneChoice ask={say(question.ask)} choices={question.choices} value={value} onChoose={onChange} />;
}

/** One of these choices, a key each. */
export function OneChoice(props: {
  ask: string;
  choices: readonly Choice[];
  value: AnswerValue | null;
  onChoose: (value: string) => void;
}) {
  const { ask, choices, value, onChoose } = props;
  const { say } = useScreen();
  return (
    <ChoiceKeys ask={ask}>
      {choices.map((choice) => (
        <ChoiceKey
          key={choice.value}
          isChosen={choice.value === value}
          label={say(choice.label)}
          help={choice.help && say(choice.help)}
          onPress={() => onChoose(choice.value)}
        />
      ))}
    </ChoiceKeys>
  );
}

/** Yes or no. */
export function YesNo({ question, value, onChange }: Asked<'yes-no'>) {
  const { t, say } = useScreen();
  return (
    <ChoiceKeys ask={say(question.ask)}>
      <ChoiceKey isChosen={value === true} label={t('question.yes')} onPress={() => onChange(true)} />
      <ChoiceKey isChosen={value === false} label={t('question.no')} onPress={() => onChange(false)} />
    </ChoiceKeys>
  );
}

/** Keys of which one is touched; told apart from a pad of digits for whoever listens. */
export function ChoiceKeys({ ask, children }: { ask: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are keys
    <div role="group" aria-label={ask} data-choices="" className={styles.group}>
      {children}
    </div>
  );
}

/** A choice that leads on when it is touched. One that was touched before says so, by a mark and in words. */
export function ChoiceKey(props: {
  isChosen: boolean;
  label: string;
  help?: string | undefined;
  onPress: () => void;
}) {
  const { isChosen, label, help, onPress } = props;
  return (
    <Button className={`${styles.choice} ${styles.key}`} aria-pressed={isChosen} onPress={onPress}>
      <ChoiceWords label={label} help={help} />
      <span className={styles.end}>
        <Icon name={isChosen ? 'check' : 'go'} small />
      </span>
    </Button>
  );
}

/** Any number of several. */
export function SeveralOf({ question, value, onChange }: Asked<'several-of'>) {
  const { say } = useScreen();
  return (
    <CheckboxGroup
      className={styles.group}
      aria-label={say(question.ask)}
      value={Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []}
      onChange={onChange}
    >
      {question.choices.map((choice) => (
        <Checkbox key={choice.value} value={choice.value} className={styles.choice}>
          <Box />
          <ChoiceWords label={say(choice.label)} help={choice.help && say(choice.help)} />
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}

/** The box of a choice that may be one of several, ticked when chosen. */
function Box() {
  return (
    <span className={styles.box}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M7 17l6 6L26 9" />
      </svg>
    </span>
  );
}

function ChoiceWords({ label, help }: { label: string; help?: string | undefined }) {
  return (
    <span className={styles.words}>
      <span>{label}</span>
      {help && (
        <span className={styles.help}>
          <Soft fits={24}>{help}</Soft>
        </span>
      )}
    </span>
  );
}
