import styles from './FaceArt.module.css';

/** What the picture tells: the camera opens, look into it, or what it saw is being compared. */
export type FaceMood = 'wait' | 'look' | 'compare';

/** The picture of a face in the frame of a camera. */
export function FaceArt({ mood }: { mood: FaceMood }) {
  return (
    <svg className={`${styles.art} ${styles[mood]}`} viewBox="40 30 480 420" fill="none" aria-hidden="true">
      <circle className={styles.glow} cx="280" cy="240" r="196" />
      <path
        className={styles.frame}
        d="M132 158v-36a26 26 0 0 1 26-26h36M366 96h36a26 26 0 0 1 26 26v36M428 322v36a26 26 0 0 1-26 26h-36M194 384h-36a26 26 0 0 1-26-26v-36"
      />
      <path className={styles.person} d="M176 372c6-62 48-94 104-94s98 32 104 94z" />
      <path
        className={styles.person}
        d="M280 128c42 0 68 30 68 72 0 48-30 88-68 88s-68-40-68-88c0-42 26-72 68-72z"
      />
      <path className={styles.features} d="M254 196v8M306 196v8M258 240c13 13 31 13 44 0" />
      <path className={styles.scan} d="M150 240h260" />
      <circle className={styles.lens} cx="280" cy="62" r="17" />
      <circle className={styles.glint} cx="280" cy="62" r="6" />
    </svg>
  );
}
