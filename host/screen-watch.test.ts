import { beforeEach, expect, test } from 'vitest';
import type { ScreenBeat } from '../base/screen-beat.ts';
import { handClock } from '../terminal/testing/keeper-world.ts';
import { SCREEN_WATCH, type ScreenTrouble, type ScreenWatch, watchScreen } from './screen-watch.ts';

const LOOK_MS = SCREEN_WATCH.lookEveryMs;
const WELL: ScreenBeat = { frames: 0, isVisible: true, heapBytes: 20 * 1024 * 1024, isVacant: true };

let clock: ReturnType<typeof handClock>;
let said: ScreenTrouble[];
let watch: ScreenWatch;
let frames: number;
beforeEach(() => {
  clock = handClock();
  said = [];
  frames = 0;
  watch = watchScreen({ clock, onTrouble: (trouble) => said.push(trouble) });
});

const passes = (looks: number) => {
  for (let look = 0; look < looks; look += 1) clock.advance(LOOK_MS);
};
const beats = (beat: Partial<ScreenBeat> = {}) => {
  frames += 1;
  watch.heard({ ...WELL, frames, ...beat });
};

test('a page that beats and draws is left alone for ever', () => {
  for (let beat = 0; beat < 1_000; beat += 1) {
    beats();
    passes(2);
  }
  expect(said).toEqual([]);
});

test('a page that never came up, or says nothing any more, is told once', () => {
  passes(SCREEN_WATCH.silentLooksAtStart - 1);
  expect(said).toEqual([]);
  passes(1);
  expect(said).toEqual(['silent']);
  passes(200);
  expect(said).toEqual(['silent']);
});

test('after its first beat less silence is borne, and less still once its line broke', () => {
  beats();
  passes(SCREEN_WATCH.silentLooks - 1);
  beats();
  watch.lineLost();
  passes(SCREEN_WATCH.silentLooksAlone - 1);
  expect(said).toEqual([]);
  beats();
  passes(SCREEN_WATCH.silentLooksAlone);
  expect(said, 'a beat takes the suspicion away').toEqual([]);
  watch.lineLost();
  watch.lineLost();
  passes(SCREEN_WATCH.silentLooksAlone);
  expect(said).toEqual(['silent']);
});

test('a line that breaks before the first beat changes nothing', () => {
  watch.lineLost();
  passes(SCREEN_WATCH.silentLooksAtStart - 1);
  expect(said).toEqual([]);
});

test('frames that do not come are told only of a page that can be seen', () => {
  for (let beat = 0; beat < 50; beat += 1) watch.heard({ ...WELL, frames: 7, isVisible: false });
  expect(said).toEqual([]);
  for (let beat = 0; beat < SCREEN_WATCH.stillBeats - 1; beat += 1) watch.heard({ ...WELL, frames: 7 });
  expect(said).toEqual([]);
  watch.heard({ ...WELL, frames: 8 });
  for (let beat = 0; beat < SCREEN_WATCH.stillBeats; beat += 1) watch.heard({ ...WELL, frames: 8 });
  expect(said).toEqual(['no-frames']);
});

test('a page that holds much waits until nobody stands there; one that holds too much does not', () => {
  const much = SCREEN_WATCH.vacantHeapBytes + 1;
  beats({ heapBytes: null });
  beats({ heapBytes: much, isVacant: false });
  expect(said).toEqual([]);
  beats({ heapBytes: much });
  expect(said).toEqual(['memory']);
  const other: ScreenTrouble[] = [];
  watchScreen({ clock, onTrouble: (trouble) => other.push(trouble) }).heard({
    ...WELL,
    isVacant: false,
    heapBytes: SCREEN_WATCH.mostHeapBytes + 1,
  });
  expect(other).toEqual(['memory']);
});

test('a watch that was ended says nothing', () => {
  watch.stop();
  passes(SCREEN_WATCH.silentLooksAtStart);
  watch.heard({ ...WELL, heapBytes: SCREEN_WATCH.mostHeapBytes + 1 });
  expect(said).toEqual([]);
});
