/** A line over time, small: what it was, least and most, in words beside it. */
import { type Html, html } from '../../pages/html.ts';

const WIDTH = 400;
const HEIGHT = 50;

/** The line; fewer than two points are no trend. */
export function trendView(
  words: string,
  points: readonly { readonly atMs: number; readonly value: number }[],
  unit: (value: number) => string,
): Html | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return null;
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || 1;
  const x = (atMs: number) => Math.round(((atMs - first.atMs) / (last.atMs - first.atMs)) * WIDTH);
  const y = (value: number) => Math.round(HEIGHT - 4 - ((value - least) / span) * (HEIGHT - 8));
  const path = points.map(({ atMs, value }, at) => `${at === 0 ? 'M' : 'L'}${x(atMs)} ${y(value)}`).join('');
  return html`<p class="aside">${words}：现在 ${unit(last.value)}${least === most ? '，没有变过' : `，最少 ${unit(least)}，最多 ${unit(most)}`}</p><svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><line x1="0" x2="${WIDTH}" y1="${HEIGHT - 1}" y2="${HEIGHT - 1}"></line><path d="${path}"></path></svg>`;
}
