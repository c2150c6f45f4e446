import { useId } from 'react';
import styles from './Hills.module.css';

const RIDGES = [
  'M0 210C40 190 70 150 110 140C150 130 165 165 200 160C240 154 262 70 310 62C352 55 372 118 410 126C446 133 470 104 510 108C556 113 578 168 622 166C668 164 690 84 742 80C788 77 806 138 846 142C884 146 902 116 940 120C990 126 1030 176 1080 180V330H0z',
  'M0 262C60 258 100 214 150 210C206 206 236 246 290 240C350 233 372 176 430 174C486 172 512 226 566 232C626 239 660 204 714 206C772 208 800 250 856 246C916 242 944 192 1000 190C1034 189 1058 204 1080 212V330H0z',
  'M0 300C90 296 170 262 270 268C372 274 430 304 530 300C640 296 700 256 806 258C900 260 980 292 1080 284V330H0z',
] as const;

/** Hills in the mist, above the foot or the edge of a page that belongs to nobody. */
export function Hills() {
  const mist = useId();
  return (
    <svg
      className={styles.hills}
      viewBox="0 0 1080 330"
      preserveAspectRatio="none"
      fill="none"
      aria-hidden="true"
    >
      <linearGradient id={mist} x1="0" y1="0" x2="0" y2="1">
        <stop className={styles.ridge} offset="0" />
        <stop className={styles.mist} offset="1" />
      </linearGradient>
      {RIDGES.map((ridge) => (
        <path key={ridge} d={ridge} fill={`url(#${mist})`} />
      ))}
    </svg>
  );
}
