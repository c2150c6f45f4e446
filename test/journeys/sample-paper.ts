/** A paper under a camera, as a film that Chromium's fake camera plays, and how clear it still is in a photograph. */
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** Size of the film in pixels: what a document camera of three million pixels gives. */
export const FILM = { width: 2048, height: 1536 } as const;

/** Fine lines on the paper, and how far they are apart, in pixels of the film: as the strokes of small print are. */
const LINES = { left: 620, top: 1200, width: 480, height: 120, pitch: 8 } as const;

/** Runs in a page: draws the paper and gives its shades of grey, row after row, in base64. */
const DRAW = `(async () => {
  const film = ${JSON.stringify(FILM)};
  const lines = ${JSON.stringify(LINES)};
  const canvas = Object.assign(document.createElement('canvas'), film);
  const pen = canvas.getContext('2d');
  const box = (shade, left, top, width, height) => {
    pen.fillStyle = shade;
    pen.fillRect(left, top, width, height);
  };
  box('#60605c', 0, 0, film.width, film.height);
  box('#f4f4f0', 480, 100, 1090, 1330);
  pen.fillStyle = '#202428';
  pen.font = '36px sans-serif';
  for (let line = 0; line < 22; line += 1) pen.fillText('样张 0123456789 SAMPLE', 560, 190 + line * 44);
  for (let at = 0; at < lines.width; at += lines.pitch)
    box('#202428', lines.left + at, lines.top, lines.pitch / 2, lines.height);
  const { data } = pen.getImageData(0, 0, film.width, film.height);
  const grey = new Uint8Array(film.width * film.height).map((_none, index) => {
    const at = index * 4;
    return Math.round(0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]);
  });
  const reader = new FileReader();
  await new Promise((resolve) => {
    reader.onload = resolve;
    reader.readAsDataURL(new Blob([grey]));
  });
  return reader.result.split(',')[1];
})()`;

/** Films the paper: words that say they are a sample, fine lines below them, on an even grey table. */
export async function filmPaper(page: Page, path: string): Promise<void> {
  const grey = Buffer.from(await page.evaluate<string>(DRAW), 'base64');
  const header = `YUV4MPEG2 W${FILM.width} H${FILM.height} F5:1 Ip A1:1 C420jpeg\nFRAME\n`;
  const colours = Buffer.alloc((FILM.width * FILM.height) / 2, 128);
  writeFileSync(path, Buffer.concat([Buffer.from(header), grey, colours]));
}

/** What a photograph of the paper shows, in pixels and in shades of grey from 0 to 255. */
export interface PhotoFacts {
  readonly width: number;
  readonly height: number;
  /** The shade of the table, and of the bare paper. */
  readonly table: number;
  readonly paper: number;
  /** How much darker the fine lines are than what is between them, on average. */
  readonly contrast: number;
}

/** Opens a photograph of all of the film in a page, and looks at it. */
export async function lookAt(page: Page, jpeg: Uint8Array): Promise<PhotoFacts> {
  return page.evaluate<PhotoFacts>(`(async () => {
    const lines = ${JSON.stringify(LINES)};
    const text = atob('${Buffer.from(jpeg).toString('base64')}');
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    const { width, height } = picture;
    const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
    pen.drawImage(picture, 0, 0);
    const scale = width / ${FILM.width};
    const shadeAt = (x, y) => pen.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data[0];
    const count = lines.width / lines.pitch;
    let contrast = 0;
    for (let line = 0; line < count; line += 1) {
      const dark = lines.left + line * lines.pitch + lines.pitch / 4;
      const y = lines.top + lines.height / 2;
      contrast += (shadeAt(dark + lines.pitch / 2, y) - shadeAt(dark, y)) / count;
    }
    return { width, height, table: shadeAt(200, 700), paper: shadeAt(1300, 1370), contrast };
  })()`);
}
