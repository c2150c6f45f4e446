import { useState } from 'react';
import type { Stroke } from '../../parts/ink.ts';
import { usePen } from '../../parts/use-pen.ts';
import { useScreen } from '../../screen-context.ts';
import styles from './WritingSquare.module.css';

/** The rules of a copybook: a cross and two diagonals, as children learn to place strokes by. */
const RULES = 'M50 0V100M0 50H100M0 0L100 100M100 0L0 100';

/** Where a finger writes one character. Its ink is a line of the page, in no picture and in no file. */
export function WritingSquare(props: {
  ink: readonly Stroke[];
  onDown: () => void;
  onStroke: (stroke: Stroke) => void;
}) {
  const { ink, onDown, onStroke } = props;
  const { t } = useScreen();
  const [under, setUnder] = useState<Stroke>([]);
  const pen = usePen<SVGSVGElement>({
    onMove(points) {
      if (points.length === 1) onDown();
      setUnder([...points]);
    },
    onStroke(points) {
      setUnder([]);
      onStroke(points);
    },
  });
  return (
    <svg className={styles.square} viewBox="0 0 100 100" role="img" aria-label={t('typing.square')} {...pen}>
      <path className={styles.rules} d={RULES} />
      <path className={styles.ink} d={[...ink, under].map(lineOf).join('')} />
    </svg>
  );
}

/** A stroke as a path; a touch without a way is a dot. */
function lineOf(stroke: Stroke): string {
  const places = stroke.map(({ x, y }) => `${(x * 100).toFixed(1)} ${(y * 100).toFixed(1)}`);
  return places.length === 0 ? '' : `M${places[0]}L${places.join('L')}`;
}
