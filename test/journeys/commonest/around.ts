/** A village, and what is around its screen for whoever finishes the ten matters. */
import { type Browser, type Page, test } from '@playwright/test';
import { paysByPhone } from '../paying.ts';
import { openScreen } from '../touches.ts';
import { openVillage, type Village } from '../village.ts';
import { finish } from './finish.ts';
import type { Around, Hands } from './hands.ts';
import { COMMONEST, type Commonest, type Turn } from './matters.ts';

/** The screen of one village, for all tests of a file. */
export interface Place {
  readonly village: Village;
  readonly page: Page;
  readonly around: Around;
}

/** Opens one. `isHurried`: see {@link openScreen}; `before` readies the page. */
export async function openPlace(
  browser: Browser,
  { isHurried = true, before }: { isHurried?: boolean; before?: (page: Page) => Promise<void> } = {},
): Promise<Place> {
  const village = await openVillage({ form: 'source', screens: 'browser' });
  const page = await (await browser.newContext({ viewport: { width: 1080, height: 1920 } })).newPage();
  await before?.(page);
  await openScreen(page, village.stack.screenUrl, { isHurried });
  const around: Around = {
    dock: village.dock,
    async pays() {
      const phone = await browser.newContext();
      await paysByPhone(phone, village);
      await phone.close();
    },
  };
  return { village, page, around };
}

/** Registers a test a matter; what it took is told with its result. */
export function finishEach(
  how: string,
  turn: Turn,
  at: () => { readonly place: Place; readonly hands: Hands },
  which: readonly Commonest[] = COMMONEST,
): void {
  for (const what of which)
    test(`${what.matterId}, ${how}`, async () => {
      const { place, hands } = at();
      const before = hands.strokes();
      await finish(what, turn, hands, place.around);
      const strokes = hands.strokes() - before;
      test.info().annotations.push({ type: 'strokes', description: `${what.matterId} ${strokes}` });
    });
}
