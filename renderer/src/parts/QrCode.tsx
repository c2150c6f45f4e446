import { encode } from 'uqr';
import styles from './QrCode.module.css';

/** Empty modules a scanner needs at each side. */
const QUIET = 4;

/** A QR code, dark on white whatever the page behind it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
    .join('');
  const side = size + 2 * QUIET;
  return (
    <svg className={styles.code} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <rect width={side} height={side} className={styles.light} />
      <path d={path} className={styles.dark} shapeRendering="crispEdges" />
    </svg>
  );
}
