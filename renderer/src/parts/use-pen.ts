import { type PointerEvent, useRef } from 'react';
import type { Point, Stroke } from './ink.ts';

/**
 * Follows one finger over an area until it is lifted, also beyond its edge; another finger meanwhile writes nothing.
 * `onMove` is told the stroke so far at each step, its first included, `onStroke` the whole.
 */
export function usePen<Area extends Element>(told: {
  onMove(points: Stroke, area: Area): void;
  onStroke(points: Stroke): void;
}) {
  const under = useRef<{ readonly id: number; readonly points: Point[] } | null>(null);
  const onPointerUp = (event: PointerEvent<Area>) => {
    const stroke = under.current;
    if (stroke?.id !== event.pointerId) return;
    under.current = null;
    told.onStroke(stroke.points);
  };
  return {
    onPointerDown(event: PointerEvent<Area>) {
      if (under.current !== null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      under.current = { id: event.pointerId, points: [placeOf(event)] };
      told.onMove(under.current.points, event.currentTarget);
    },
    onPointerMove(event: PointerEvent<Area>) {
      const stroke = under.current;
      if (stroke?.id !== event.pointerId) return;
      stroke.points.push(placeOf(event));
      told.onMove(stroke.points, event.currentTarget);
    },
    onPointerUp,
    onPointerCancel: onPointerUp,
  };
}

function placeOf<Area extends Element>(event: PointerEvent<Area>): Point {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
}
