import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SpeechIndexFile } from '../../renderer/src/voice/clips/speech-index.ts';
import { pruneClips } from './prune-clips.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'yizhan-prune-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const index = (said: string, syllable: string): SpeechIndexFile => ({
  ...{ format: 1, voice: 'made-up', surnames: {} },
  clips: { 你好: [said, 500, 700] },
  syllables: { ni3: ['你', syllable, 200, 300] },
  pauses: { short: ['pause-short', 160, 240], long: ['pause-long', 380, 560] },
});

it('keeps what an index names, in both speeds, and lets the rest go', () => {
  const kept = ['hello', 'ni', 'bonjour', 'pause-short', 'pause-long'].map((name) => `${name}.opus`);
  for (const speed of ['normal', 'slow']) {
    mkdirSync(join(cache, speed));
    for (const file of [...kept, 'farewell.opus', 'older.opus']) writeFileSync(join(cache, speed, file), '');
  }
  expect(pruneClips(cache, [index('hello', 'ni'), index('bonjour', 'ni')])).toBe(4);
  for (const speed of ['normal', 'slow']) expect(readdirSync(join(cache, speed)).sort()).toEqual(kept.sort());
  expect(pruneClips(cache, [index('hello', 'ni'), index('bonjour', 'ni')])).toBe(0);
});

it('has nothing to do where nothing is kept yet', () => {
  expect(pruneClips(join(cache, 'none'), [])).toBe(0);
});
