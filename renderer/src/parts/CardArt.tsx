import { useScreen } from '../screen-context.ts';
import styles from './CardArt.module.css';

/** What the picture tells: place a card, it is being read, it was read, lay it again, or cards cannot be read. */
export type CardMood = 'place' | 'reading' | 'read' | 'again' | 'down';

/** Where the arrow stands in the picture, and how far it is turned from pointing right, in degrees. */
const ARROWS = {
  'lower-left': { x: 82, y: 366, turn: 135 },
  'lower-right': { x: 478, y: 366, turn: 45 },
  left: { x: 82, y: 210, turn: 180 },
  right: { x: 478, y: 210, turn: 0 },
  below: { x: 478, y: 366, turn: 90 },
} as const;

/** An arrow towards where the reader of this cabinet sits, beside the picture of how to lay a card on it. */
function ReaderArrow() {
  const { view } = useScreen();
  if (view.cabinet === null) return null;
  const { x, y, turn } = ARROWS[view.cabinet.readerPlace];
  return (
    <g className={styles.pointer} transform={`translate(${x} ${y}) rotate(${turn})`}>
      <g className={styles.nudge}>
        <circle r="40" />
        <path d="M-19 0h36M3-15l15 15-15 15" />
      </g>
    </g>
  );
}

/** The picture of an ID card above the lit plate of the reader. `small` is for pages with words below it; `room` fills the room it is given. */
export function CardArt({ mood, size = 'large' }: { mood: CardMood; size?: 'large' | 'small' | 'room' }) {
  return (
    <svg
      className={`${styles.art} ${styles[size]} ${styles[mood]}`}
      viewBox="40 30 480 380"
      fill="none"
      aria-hidden="true"
    >
      <ellipse className={styles.glow} cx="280" cy="352" rx="222" ry="46" />
      <ellipse className={styles.ring} cx="280" cy="347" rx="178" ry="33" />
      <ellipse className={styles.plate} cx="280" cy="342" rx="130" ry="23" />
      <g className={styles.card}>
        <g transform="rotate(-7 280 180)">
          <rect className={styles.shade} x="128" y="82" width="320" height="204" rx="20" />
          <rect className={styles.body} x="120" y="70" width="320" height="204" rx="20" />
          <rect className={styles.photo} x="328" y="108" width="84" height="104" rx="10" />
          <path
            className={styles.face}
            d="M370 127a19 19 0 1 1 0 38a19 19 0 1 1 0-38zM338 212c1-27 15-40 32-40s31 13 32 40z"
          />
          <path className={styles.lines} d="M150 122h120M150 156h92M150 190h132M150 240h230" />
          <circle className={styles.badge} cx="428" cy="262" r="44" />
          <path className={styles.tick} d="M408 263l14 14 27-29" />
        </g>
      </g>
      <path className={styles.arrow} d="M280 286v34m-15-14l15 15 15-15" />
      {(mood === 'place' || mood === 'again') && <ReaderArrow />}
      <path className={styles.cross} d="M262 300l36 36m0-36l-36 36" />
    </svg>
  );
}
