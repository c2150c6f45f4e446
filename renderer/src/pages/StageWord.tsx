import type { Stage } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import styles from './Cases.module.css';

/** How a stage looks: on its way, waiting for the person or the network, or stopped. */
const LOOKS: Readonly<Record<Stage, 'moving' | 'waiting' | 'stopped'>> = {
  kept: 'waiting',
  delivered: 'moving',
  registered: 'moving',
  accepted: 'moving',
  supplement: 'waiting',
  supplemented: 'moving',
  answered: 'waiting',
  withdrawing: 'waiting',
  collected: 'moving',
  duplicate: 'stopped',
  finished: 'moving',
  refused: 'stopped',
  withdrawn: 'stopped',
  frozen: 'stopped',
  resumed: 'moving',
  booked: 'moving',
  arranging: 'waiting',
  paid: 'moving',
  unpaid: 'stopped',
  refunded: 'stopped',
};

/** How far a case has come, in a word with a mark before it; one that is `past` waits for nothing any more. */
export function StageWord({ stage, isPast = false }: { stage: Stage; isPast?: boolean }) {
  const { t } = useScreen();
  const look = isPast ? 'moving' : LOOKS[stage];
  return (
    <span className={`${styles.stage} ${styles[look]}`}>
      {t(isPast ? `past.${stage}` : `stage.${stage}`)}
    </span>
  );
}
