import { type RefObject, useEffect } from 'react';
import { dropPicture } from '../browser/pictures.ts';
import type { Point, Stroke } from '../parts/ink.ts';
import { usePen } from '../parts/use-pen.ts';
import { useScreen } from '../screen-context.ts';
import styles from './SignaturePage.module.css';

/** How large the picture of a signature is, in pixels, and how thick its line. */
const PICTURE = { width: 1200, height: 600, line: 9 } as const;

/** Where a finger signs. What is drawn stands in the canvas alone; its pixels are let go of with it. */
export function SigningArea(props: {
  canvas: RefObject<HTMLCanvasElement | null>;
  strokes: readonly Stroke[];
  onStroke: (stroke: Stroke) => void;
}) {
  const { canvas, strokes, onStroke } = props;
  const { t } = useScreen();
  const isEmpty = strokes.length === 0;

  useEffect(() => {
    const picture = canvas.current;
    if (picture === null) return undefined;
    return () => dropPicture(picture);
  }, [canvas]);
  useEffect(() => {
    if (isEmpty && canvas.current !== null) wipe(canvas.current);
  }, [isEmpty, canvas]);

  const pen = usePen<HTMLCanvasElement>({
    onMove(points, area) {
      const to = points.at(-1);
      if (to !== undefined) draw(area, points.at(-2) ?? to, to);
    },
    onStroke,
  });
  return (
    <div className={styles.area}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        width={PICTURE.width}
        height={PICTURE.height}
        role="img"
        aria-label={t('signature.area')}
        {...pen}
      />
      {isEmpty && <p className={styles.here}>{t('signature.here')}</p>}
    </div>
  );
}

/** Ink and paper are the page's own, read from its style. */
function wipe(canvas: HTMLCanvasElement): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.fillStyle = getComputedStyle(canvas).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
}

function draw(canvas: HTMLCanvasElement, from: Point, to: Point): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const { width, height } = canvas;
  pen.strokeStyle = getComputedStyle(canvas).color;
  [pen.lineWidth, pen.lineCap, pen.lineJoin] = [PICTURE.line, 'round', 'round'];
  pen.beginPath();
  pen.moveTo(from.x * width, from.y * height);
  pen.lineTo(to.x * width, to.y * height);
  pen.stroke();
}
