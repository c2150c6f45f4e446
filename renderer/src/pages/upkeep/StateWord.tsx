import type { DeviceLine } from '../../../../terminal/api.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useScreen } from '../../screen-context.ts';
import { reasonWord } from './reason-words.ts';
import styles from './Upkeep.module.css';

type Standing = Pick<DeviceLine, 'device' | 'state' | 'reason'>;

/** How much a state asks for: nothing, a look, or a hand. */
const LOOKS = {
  ok: 'well',
  busy: 'well',
  starting: 'passing',
  attention: 'look',
  fault: 'hand',
  absent: 'hand',
} as const satisfies Record<DeviceLine['state'], string>;

/** How a device stands, in a few words beside a mark of their own shape. */
export function StateWord({ device, state, reason }: Standing) {
  const { t } = useScreen();
  const look = LOOKS[state];
  return (
    <span className={`${styles.state} ${styles[look]}`}>
      <Icon name={look === 'well' ? 'check' : look === 'passing' ? 'clock' : 'warn'} small />
      {reason === null ? t(`upkeep.state.${state}`) : reasonWord(device, reason, t)}
    </span>
  );
}
