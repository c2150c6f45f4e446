/** Pictures as canvases: taken from a camera, cut out, made grey, encoded. No picture ever has an address. */
import { invariant } from '../../../base/result.ts';
import type { Crop } from '../photo/crop.ts';
import type { GreyPicture } from '../photo/find-paper.ts';

/** Copies what the video shows now; nothing while it shows nothing yet. */
export function takeStill(video: HTMLVideoElement): HTMLCanvasElement | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return undefined;
  return drawn(width, height, (pen) => pen.drawImage(video, 0, 0));
}

/** The long side of a part of a picture, in its own pixels. */
export function longSideOf(picture: HTMLCanvasElement, crop: Crop): number {
  return Math.round(Math.max(crop.width * picture.width, crop.height * picture.height));
}

/** The JPEG of a part of a picture, drawn with this long side. */
export async function encodeJpeg(
  picture: HTMLCanvasElement,
  crop: Crop,
  longSidePx: number,
  quality: number,
): Promise<Uint8Array> {
  const scale = longSidePx / longSideOf(picture, crop);
  const [width, height] = [crop.width * picture.width, crop.height * picture.height];
  const [left, top] = [crop.left * picture.width, crop.top * picture.height];
  const [toWidth, toHeight] = [Math.round(width * scale), Math.round(height * scale)];
  const canvas = drawn(toWidth, toHeight, (pen) => {
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, left, top, width, height, 0, 0, toWidth, toHeight);
  });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  dropPicture(canvas);
  invariant(blob !== null, 'the browser encodes JPEG');
  return new Uint8Array(await blob.arrayBuffer());
}

/** A small grey copy, this many pixels wide. */
export function greyCopy(picture: HTMLCanvasElement, width: number): GreyPicture {
  const height = Math.max(1, Math.round((picture.height / picture.width) * width));
  const small = drawn(width, height, (pen) => pen.drawImage(picture, 0, 0, width, height));
  const { data } = penOf(small).getImageData(0, 0, width, height);
  const pixels = new Uint8Array(width * height).map((_none, index) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(index * 4, index * 4 + 3);
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
  dropPicture(small);
  return { width, height, pixels };
}

/** Draws a JPEG file on a canvas, as large as the picture is, if that is still shown once the file is read. */
export async function showJpeg(
  canvas: HTMLCanvasElement,
  jpeg: Uint8Array,
  isShown: () => boolean,
): Promise<void> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }));
  } catch {
    // What is no picture shows as an empty place.
    return;
  }
  if (isShown()) {
    [canvas.width, canvas.height] = [picture.width, picture.height];
    penOf(canvas).drawImage(picture, 0, 0);
  }
  picture.close();
}

/** Draws a picture on a canvas that is shown, this many pixels wide at most. */
export function showPicture(
  canvas: HTMLCanvasElement,
  picture: HTMLCanvasElement,
  mostWidthPx: number,
): void {
  const scale = Math.min(1, mostWidthPx / picture.width);
  [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  penOf(canvas).drawImage(picture, 0, 0, canvas.width, canvas.height);
}

/** Lets go of a picture's pixels at once. */
export function dropPicture(picture: HTMLCanvasElement): void {
  [picture.width, picture.height] = [0, 0];
}

/** Whether a picture's pixels were let go of. */
export function isDropped(picture: HTMLCanvasElement): boolean {
  return picture.width === 0;
}

function drawn(width: number, height: number, draw: (pen: CanvasRenderingContext2D) => void) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  draw(penOf(canvas));
  return canvas;
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d');
  invariant(pen !== null, 'a canvas can be drawn on');
  return pen;
}
