/** The ten commonest matters by four keys and by what is said alone, through a headphone. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page, test } from '@playwright/test';
import { finishEach, openPlace, type Place } from '../journeys/commonest/around.ts';
import { ears } from '../journeys/commonest/ears.ts';
import type { Hands } from '../journeys/commonest/hands.ts';
import { COMMONEST, TURNS } from '../journeys/commonest/matters.ts';
import { hastenVoice } from '../journeys/hastened-voice.ts';
import { writeDownWhatIsSaid } from '../journeys/written-down.ts';

const CLIPS = fileURLToPath(new URL('../../dist/screen/speech/zh/index.json', import.meta.url));

/** Listening takes long, also where the voice hurries: the first four, or with YIZHAN_EARS=all every one. */
const HEARD = 4;
const heard = process.env.YIZHAN_EARS === 'all' ? COMMONEST : COMMONEST.slice(0, HEARD);

let browser: Browser;
test.describe.configure({ timeout: 300_000 });

let place: Place;
let hands: Hands;

async function hearsInHaste(page: Page): Promise<void> {
  await writeDownWhatIsSaid(page);
  await hastenVoice(page);
}

test.beforeAll(async ({ launchOptions }) => {
  if (!existsSync(CLIPS)) throw new Error('no clips are built: npm run speech -- --part common');
  browser = await chromium.launch({
    ...launchOptions,
    // As the kiosk shell does: a headphone that is plugged in speaks before anything was touched.
    args: [...(launchOptions.args ?? []), '--autoplay-policy=no-user-gesture-required'],
  });
  place = await openPlace(browser, { isHurried: false, before: hearsInHaste });
  hands = ears(place.page);
  await place.village.dock.order({ order: 'set-sensor', sensor: 'audio-jack', on: true });
});
test.afterAll(async () => {
  await browser?.close();
  await place?.village.stop();
});

finishEach('by ear', TURNS[0], () => ({ place, hands }), heard);
