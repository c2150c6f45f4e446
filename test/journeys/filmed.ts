/** A village whose cabinet has a camera that sees a sample paper, and a microphone; Chromium plays both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions, type Page } from '@playwright/test';
import { findBase64Url } from '../../base/bytes.ts';
import { filmPaper } from './sample-paper.ts';
import { openScreen } from './touches.ts';
import { openVillage, type Village } from './village.ts';

/** What Chromium calls the first of its fake microphones. */
const MICROPHONE = 'Fake Audio Input 1';

/** The village and its screen. */
export interface Filmed {
  readonly village: Village;
  readonly page: Page;
  /** What the screen handed to the terminal so far, as it went over the line: photographs, signatures, recordings. */
  readonly handedIn: readonly Uint8Array[];
  stop(): Promise<void>;
}

/** Opens one, with this catalog where one is named; `drawing` draws the paper. */
export async function openFilmed(options: {
  readonly drawing: Browser;
  readonly launchOptions: LaunchOptions;
  readonly catalogDir?: string;
}): Promise<Filmed> {
  const { drawing, launchOptions, catalogDir } = options;
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-film-'));
  const film = join(folder, 'paper.y4m');
  const easel = await drawing.newPage();
  await filmPaper(easel, film);
  await easel.close();
  const village = await openVillage({
    ...{ form: 'source', screens: 'browser', ...(catalogDir === undefined ? {} : { catalogDir }) },
    // Chromium calls its fake camera by the film it plays.
    ...{ cameraLabel: film, microphoneLabel: MICROPHONE },
  });
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  const page = await (await browser.newContext({ viewport: { width: 1080, height: 1920 } })).newPage();
  const handedIn: Uint8Array[] = [];
  page.on('websocket', (line) =>
    line.on('framesent', ({ payload }) => {
      const sent = /"bytes":"([\w-]{1000,})"/.exec(String(payload))?.[1];
      const bytes = sent === undefined ? undefined : findBase64Url(sent);
      if (bytes !== undefined) handedIn.push(bytes);
    }),
  );
  await openScreen(page, village.stack.screenUrl, { isHurried: true });
  return {
    village,
    page,
    handedIn,
    async stop() {
      await browser.close();
      await village.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
