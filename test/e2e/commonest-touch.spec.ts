/** The ten commonest matters by touch: an ordinary finger, a hand that trembles and misses, and a slow machine. */
import { test } from '@playwright/test';
import { finishEach, openPlace, type Place } from '../journeys/commonest/around.ts';
import { type Hands, steadyFinger } from '../journeys/commonest/hands.ts';
import { COMMONEST, TURNS } from '../journeys/commonest/matters.ts';
import { tremblingHand } from '../journeys/commonest/tremor.ts';

const SLOWDOWN = 4;
/** One that is looked up, one that is paid and one that is filled in; with YIZHAN_SLOW=all every one. */
const SLOWED = new Set(['money-arrived', 'medical-premium', 'old-age-allowance']);
const slowed = COMMONEST.filter(({ matterId }) => process.env.YIZHAN_SLOW === 'all' || SLOWED.has(matterId));

test.describe.configure({ timeout: 300_000 });

let place: Place;
let hand: Hands;

test.beforeAll(async ({ browser }) => {
  place = await openPlace(browser);
});
test.afterAll(() => place?.village.stop());

test.describe('a hand that trembles', () => {
  test.beforeAll(() => {
    hand = tremblingHand(place.page, 'an old hand');
  });
  finishEach('by a hand that trembles and misses', TURNS[0], () => ({ place, hands: hand }));
});

test.describe('a slow machine', () => {
  test.beforeAll(async () => {
    hand = steadyFinger(place.page);
    const line = await place.page.context().newCDPSession(place.page);
    await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  });
  finishEach('on a machine four times slower', TURNS[1], () => ({ place, hands: hand }), slowed);
});
