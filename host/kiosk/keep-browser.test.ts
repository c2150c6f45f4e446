import { beforeEach, expect, test } from 'vitest';
import type { ScreenBeat } from '../../base/screen-beat.ts';
import { handClock } from '../../terminal/testing/keeper-world.ts';
import { RESTART } from '../restart-policy.ts';
import { SCREEN_WATCH } from '../screen-watch.ts';
import { type KeptBrowser, keepBrowser } from './keep-browser.ts';

const BEAT: ScreenBeat = { frames: 0, isVisible: true, heapBytes: 1_000, isVacant: true };

let clock: ReturnType<typeof handClock>;
/** What happened, in order: which browser began, which was ended. */
let told: string[];
let exits: (() => void)[];
let whys: unknown[];
let kept: KeptBrowser;
let frames: number;

beforeEach(() => {
  clock = handClock();
  told = [];
  exits = [];
  whys = [];
  frames = 0;
  kept = keepBrowser({
    clock,
    log: (name, fields) => {
      if (name === 'screen.restart') whys.push('why' in fields ? fields.why : null);
    },
    start() {
      const number = exits.length + 1;
      told.push(`begins ${number}`);
      let gone = () => {};
      exits.push(() => gone());
      return {
        onExit: (listener) => {
          gone = listener;
        },
        end: async () => void told.push(`ended ${number}`),
      };
    },
  });
  kept.begin();
});

const beats = (beat: Partial<ScreenBeat> = {}) => {
  frames += 1;
  kept.news.onBeat({ ...BEAT, frames, ...beat });
};
const comesUp = () => {
  kept.news.onSession();
  beats();
};
const isSilent = () => {
  for (let look = 0; look < SCREEN_WATCH.silentLooks; look += 1) clock.advance(SCREEN_WATCH.lookEveryMs);
};

test('the next one begins over a page that hangs, which ends only once the next page lives', () => {
  comesUp();
  isSilent();
  clock.advance(RESTART.firstDelayMs);
  expect(told).toEqual(['begins 1', 'begins 2']);
  beats({ frames: 900 });
  kept.news.onSession();
  expect(told, 'loaded is not yet alive').toHaveLength(2);
  beats();
  expect(told).toEqual(['begins 1', 'begins 2', 'ended 1']);
  expect(whys).toEqual(['silent']);
});

test('one that ended by itself is followed at once, and what ends later changes nothing', () => {
  comesUp();
  exits[0]?.();
  clock.advance(RESTART.firstDelayMs);
  comesUp();
  exits[0]?.();
  clock.advance(60_000 - RESTART.firstDelayMs);
  expect(told.filter((word) => word.startsWith('begins 2'))).toHaveLength(1);
  expect(whys[0]).toBe('ended');
});

test('one that never comes up is ended, and another tried, ever more patiently', () => {
  for (let minute = 0; minute < 5; minute += 1) clock.advance(60_000);
  expect(told.filter((word) => word.startsWith('ended')).length).toBeGreaterThanOrEqual(4);
  expect(new Set(whys)).toEqual(new Set(['silent']));
});

test('drawn anew at night, with nothing counted against it', () => {
  comesUp();
  kept.renew();
  clock.advance(0);
  comesUp();
  expect(told).toEqual(['begins 1', 'begins 2', 'ended 1']);
  expect(whys).toEqual(['nightly']);
});

test('nothing begins after the end', async () => {
  comesUp();
  await kept.stop();
  exits[0]?.();
  clock.advance(60_000);
  expect(told).toEqual(['begins 1', 'ended 1']);
});
