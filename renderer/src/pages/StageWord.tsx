import type { Stage } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import styles from './Cases.module.css';

/** How a stage looks: on its way, waiting for the person or the network, done, or stopped. */
const LOOKS: Readonly<Record<Stage, 'moving' | 'waiting' | 'done' | 'stopped'>> = {
  kept: 'waiting',
  delivered: 'moving',
  registered: 'moving',
  accepted: 'moving',
  supplement: 'waiting',
  supplemented: 'moving',
  finished: 'done',
  refused: 'stopped',
  withdrawn: 'stopped',
  frozen: 'stopped',
};

/** How far a case has come, in a word with a mark before it. */
export function StageWord({ stage }: { stage: Stage }) {
  const { t } = useScreen();
  return <span className={`${styles.stage} ${styles[LOOKS[stage]]}`}>{t(`stage.${stage}`)}</span>;
}
