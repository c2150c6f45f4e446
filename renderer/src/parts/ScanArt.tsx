import styles from './ScanArt.module.css';

/** What the picture tells: hold a code, it was read, hold it again, or codes cannot be scanned. */
export type ScanMood = 'hold' | 'read' | 'again' | 'down';

/** Squares of a code that is none: three corners and a scatter between them. */
const CORNERS = [
  [0, 0],
  [88, 0],
  [0, 88],
] as const;
const DOTS =
  'M50 2h14v14H50zM66 18h14v14H66zM50 34h14v14H50zM2 50h14v14H2zM34 50h14v14H34zM66 50h14v14H66zM98 50h14v14H98zM18 66h14v14H18zM50 66h14v14H50zM82 66h14v14H82zM50 82h14v14H50zM114 66h14v14h-14zM66 98h14v14H66zM98 82h14v14H98zM82 114h14v14H82zM50 114h14v14H50zM114 98h14v14h-14zM98 114h14v14H98z';

/** What is held above the lit window of the scanner, a slip or a phone. `small` is for pages with more below it. */
export function ScanArt({
  mood,
  size = 'large',
  held = 'slip',
}: {
  mood: ScanMood;
  size?: 'large' | 'small';
  held?: 'slip' | 'phone';
}) {
  return (
    <svg
      className={`${styles.art} ${styles[size]} ${styles[mood]}`}
      viewBox="40 20 480 390"
      fill="none"
      aria-hidden="true"
    >
      <ellipse className={styles.glow} cx="280" cy="366" rx="222" ry="40" />
      <rect className={styles.window} x="150" y="338" width="260" height="52" rx="26" />
      <rect className={styles.glass} x="172" y="352" width="216" height="22" rx="11" />
      <path className={styles.light} d="M190 352L150 250h260l-40 102z" />
      <g className={styles.held}>
        <g transform="rotate(-5 280 160)">
          {held === 'slip' ? <Paper /> : <Phone />}
          <g className={styles.code} transform="translate(213 92)">
            {CORNERS.map(([x, y]) => (
              <path
                key={`${x}/${y}`}
                fillRule="evenodd"
                d={`M${x} ${y}h42v42h-42zM${x + 9} ${y + 9}v24h24v-24zM${x + 15} ${y + 15}h12v12h-12z`}
              />
            ))}
            <path d={DOTS} />
          </g>
          <circle className={styles.badge} cx="378" cy="244" r="44" />
          <path className={styles.tick} d="M358 245l14 14 27-29" />
        </g>
      </g>
      <path className={styles.cross} d="M262 296l36 36m0-36l-36 36" />
    </svg>
  );
}

function Paper() {
  return (
    <>
      <path
        className={styles.shade}
        d="M186 52h204v226l-20-14-20 14-20-14-22 14-20-14-20 14-20-14-22 14-20-14-20 14z"
      />
      <path
        className={styles.paper}
        d="M176 40h204v226l-20-14-20 14-20-14-22 14-20-14-20 14-20-14-22 14-20-14-20 14z"
      />
      <path className={styles.lines} d="M206 70h144" />
    </>
  );
}

/** Its screen with the code, its edge, and the line at its foot. */
function Phone() {
  return (
    <>
      <rect className={styles.shade} x="192" y="48" width="192" height="250" rx="26" />
      <rect className={styles.phone} x="182" y="36" width="192" height="250" rx="26" />
      <rect className={styles.paper} x="196" y="58" width="164" height="204" rx="6" />
      <path className={styles.lines} d="M252 75h52M252 243h52" />
    </>
  );
}
