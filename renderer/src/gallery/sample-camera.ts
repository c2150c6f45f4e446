/** A camera for the gallery, which looks down on a sample paper. */
import { err, ok } from '../../../base/result.ts';
import type { Cameras, CameraTrouble } from '../browser/cameras.ts';
import { browserClock } from '../browser/clock.ts';
import { encodeJpeg } from '../browser/pictures.ts';
import { WHOLE } from '../photo/crop.ts';
import type { Files } from '../screen-context.ts';

/** How the gallery's camera is doing in a view: well, unless its name says otherwise. */
export function camerasOf(name: string): Cameras {
  const isStarting = name.endsWith('-starting');
  const trouble = (['missing', 'blocked', 'failed'] as const).find((one) => name.endsWith(`photo-${one}`));
  return {
    report: async () => [],
    onChange: () => () => undefined,
    open: ({ device }) => (isStarting ? new Promise(() => undefined) : openSample(device, trouble)),
  };
}

async function openSample(device: 'document-camera' | 'face-camera', trouble: CameraTrouble | undefined) {
  if (trouble !== undefined) return err(trouble);
  const canvas = await drawSample();
  const stream = canvas.captureStream(5);
  // A stream shows what is drawn after it was asked for.
  let cancel = () => {};
  const draw = () => {
    canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
    cancel = browserClock.after(200, draw);
  };
  draw();
  return ok({
    device,
    stream,
    onGone: () => undefined,
    close() {
      cancel();
      for (const track of stream.getTracks()) track.stop();
    },
  });
}

/** Takes no photograph, and has one to look at. */
export const SAMPLE_PHOTOS: Files = {
  attach: async () => false,
  find: async () => encodeJpeg(await drawSample(), WHOLE, 1600, 0.8),
};

const WIDTH = 2592;
const HEIGHT = 1944;

/** A grey table with a white paper on it, whose words say that it is none. */
async function drawSample(): Promise<HTMLCanvasElement> {
  await document.fonts.ready;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('broken invariant: a canvas can be drawn on');
  pen.fillStyle = '#5d625f';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.translate(WIDTH / 2, HEIGHT / 2);
  pen.rotate(-0.02);
  pen.fillStyle = '#fbfaf6';
  pen.fillRect(-640, -860, 1280, 1720);
  pen.fillStyle = '#22282a';
  pen.font = '700 96px "Noto Sans SC Variable"';
  pen.fillText('样张', -520, -660);
  pen.font = '500 54px "Noto Sans SC Variable"';
  for (let line = 0; line < 16; line += 1)
    pen.fillText('这是一张样张，不是真的材料。', -520, -500 + line * 82);
  return canvas;
}
