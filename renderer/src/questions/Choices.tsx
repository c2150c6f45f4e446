import { Checkbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { AnswerValue, Choice } from '../../../catalog/schema.ts';
import { useScreen } from '../screen-context.ts';
import styles from './Choices.module.css';
import type { Asked } from './question-of.ts';

/** One of several; nothing is chosen for anybody. */
export function OneOf({ question, value, onChange }: Asked<'one-of'>) {
  const { say } = useScreen();
  return <OneChoice ask={say(question.ask)} choices={question.choices} value={value} onChange={onChange} />;
}

/** One of these choices. */
export function OneChoice(props: {
  ask: string;
  choices: readonly Choice[];
  value: AnswerValue | null;
  onChange: (value: string) => void;
}) {
  const { ask, choices, value, onChange } = props;
  const { say } = useScreen();
  return (
    <RadioGroup
      className={styles.group}
      aria-label={ask}
      value={typeof value === 'string' ? value : null}
      onChange={onChange}
    >
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} className={styles.choice}>
          <span className={styles.ring} />
          <ChoiceWords label={say(choice.label)} help={choice.help && say(choice.help)} />
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** Yes or no. */
export function YesNo({ question, value, onChange }: Asked<'yes-no'>) {
  const { t, say } = useScreen();
  return (
    <RadioGroup
      className={styles.group}
      aria-label={say(question.ask)}
      value={typeof value === 'boolean' ? String(value) : null}
      onChange={(chosen) => onChange(chosen === 'true')}
    >
      <Radio value="true" className={styles.choice}>
        <span className={styles.ring} />
        <ChoiceWords label={t('question.yes')} />
      </Radio>
      <Radio value="false" className={styles.choice}>
        <span className={styles.ring} />
        <ChoiceWords label={t('question.no')} />
      </Radio>
    </RadioGroup>
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
export function Box() {
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
      {help && <span className={styles.help}>{help}</span>}
    </span>
  );
}
