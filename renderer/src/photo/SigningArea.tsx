import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { dropPicture } from '../browser/pictures.ts';
import { useScreen } from '../screen-context.ts';
import styles from './SignaturePage.module.css';
import type { Point, Stroke } from './strokes.ts';

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
  const under = useRef<{ readonly id: number; points: Point[] } | null>(null);
  const isEmpty = strokes.length === 0;

  useEffect(() => {
    const picture = canvas.current;
    if (picture === null) return undefined;
    return () => dropPicture(picture);
  }, [canvas]);
  useEffect(() => {
    if (isEmpty && canvas.current !== null) wipe(canvas.current);
  }, [isEmpty, canvas]);

  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    if (under.current !== null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    under.current = { id: event.pointerId, points: [at] };
    draw(event.currentTarget, at, at);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const stroke = under.current;
    if (stroke?.id !== event.pointerId) return;
    const at = placeOf(event);
    draw(event.currentTarget, stroke.points.at(-1) ?? at, at);
    stroke.points.push(at);
  };
  const up = (event: PointerEvent<HTMLCanvasElement>) => {
    const stroke = under.current;
    if (stroke?.id !== event.pointerId) return;
    under.current = null;
    onStroke(stroke.points);
  };
  return (
    <div className={styles.area}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        width={PICTURE.width}
        height={PICTURE.height}
        role="img"
        aria-label={t('signature.area')}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      {isEmpty && <p className={styles.here}>{t('signature.here')}</p>}
    </div>
  );
}

function placeOf(event: PointerEvent<HTMLCanvasElement>): Point {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
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
