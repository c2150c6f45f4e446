/** Free words, a county's reason for closing a machine among them, may hold what no clip was built for. */
import { expect, it } from 'vitest';
import { isSaidWhole } from './clips.ts';
import { type IndexedClip, openSpeechIndex } from './speech-index.ts';

const clip: IndexedClip = ['name', 100, 150];
const file = {
  format: 1,
  voice: 'none',
  surnames: {},
  pauses: { short: clip, long: clip },
} as const;
const index = openSpeechIndex({
  zh: { ...file, clips: { A: clip }, syllables: { ji1: ['机', ...clip], ting2: ['停', ...clip] } },
  en: { ...file, clips: { closed: clip, A: clip, B: clip }, syllables: {} },
});

it.each([
  ['停机', 'zh', true],
  ['停机，停。 ·“机”', 'zh', true],
  ['A 机停', 'zh', true],
  ['停机㙟', 'zh', false],
  ['closed', 'en', true],
  ['closed AB', 'en', true],
  ['closed Ж', 'en', false],
] as const)('says whether all of %s is said', (text, language, isWhole) => {
  expect(isSaidWhole(text, language, index)).toBe(isWhole);
});
