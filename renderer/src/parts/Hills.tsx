import styles from './Hills.module.css';

/** Hills in the mist, behind the last words of a page that belongs to nobody. */
export function Hills() {
  return (
    <svg
      className={styles.hills}
      viewBox="0 0 1080 330"
      preserveAspectRatio="none"
      fill="none"
      aria-hidden="true"
    >
      <path
        className={styles.far}
        d="M0 190C70 170 110 96 170 92c46-3 66 52 112 56 60 5 96-118 168-116 66 2 84 92 142 98 52 5 70-62 132-60 58 2 84 74 140 78 60 4 96-58 146-56 30 1 50 18 70 30V330H0z"
      />
      <path
        className={styles.middle}
        d="M0 240c60-6 120-60 190-58 74 2 104 64 178 62 84-2 116-92 196-90 70 2 104 74 168 78 74 4 110-76 180-72 66 4 108 56 168 60V330H0z"
      />
      <path
        className={styles.near}
        d="M0 290c90-4 150-36 240-34 100 2 150 40 250 34 90-6 150-52 250-46 90 5 140 44 220 46 50 1 90-8 120-14V330H0z"
      />
    </svg>
  );
}
