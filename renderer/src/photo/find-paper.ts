import { type Crop, WHOLE } from './crop.ts';

/** A small grey picture: one byte a pixel, row after row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** How far from the ground's grey something counts as lying on it. */
const STANDS_OUT = 36;
/** A row or column belongs to the paper when this share of it stands out. */
const COVERED = 0.12;
/** What is left around the paper, so that no edge is lost. */
const MARGIN = 0.02;
/** Anything smaller is a speck or a shadow, anything larger fills the picture anyway. */
const SMALLEST_SIDE = 0.3;
const LARGEST_AREA = 0.94;

/**
 * Where a paper lies in the picture of a document camera: what stands out from the even ground that the picture's
 * edge shows. All of the picture where that is not sure, since a paper must never be cut.
 */
export function findPaper(picture: GreyPicture): Crop {
  const { width, height, pixels } = picture;
  const ground = medianOfEdge(picture);
  const columns = new Uint32Array(width);
  const rows = new Uint32Array(height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (Math.abs((pixels[y * width + x] ?? 0) - ground) < STANDS_OUT) continue;
      columns[x] = (columns[x] ?? 0) + 1;
      rows[y] = (rows[y] ?? 0) + 1;
    }
  }
  const across = findSpan(columns, height * COVERED);
  const down = findSpan(rows, width * COVERED);
  if (across === undefined || down === undefined) return WHOLE;
  const found = { left: across.from, top: down.from, width: across.length, height: down.length };
  const isSure =
    Math.min(found.width, found.height) >= SMALLEST_SIDE && found.width * found.height <= LARGEST_AREA;
  return isSure ? found : WHOLE;
}

/** From the first to the last that is covered, with the margin, in shares of the whole. */
function findSpan(
  counts: Uint32Array,
  least: number,
): { readonly from: number; readonly length: number } | undefined {
  const first = counts.findIndex((count) => count >= least);
  if (first < 0) return undefined;
  const last = counts.findLastIndex((count) => count >= least);
  const from = Math.max(0, first / counts.length - MARGIN);
  const to = Math.min(1, (last + 1) / counts.length + MARGIN);
  return { from, length: to - from };
}

function medianOfEdge({ width, height, pixels }: GreyPicture): number {
  const edge: number[] = [];
  for (let x = 0; x < width; x += 1) {
    edge.push(pixels[x] ?? 0, pixels[(height - 1) * width + x] ?? 0);
  }
  for (let y = 0; y < height; y += 1) {
    edge.push(pixels[y * width] ?? 0, pixels[y * width + width - 1] ?? 0);
  }
  edge.sort((a, b) => a - b);
  return edge[Math.floor(edge.length / 2)] ?? 0;
}
