import { expect, test } from 'vitest';
import { FAILURES } from '../../../host/launcher/states.ts';
import { updateWords } from './rollout-words.ts';
import { lineWords } from './words.ts';

test('a trouble of the line is said in words, what the platform answered by its number', () => {
  expect(lineWords('timeout')).toBe('太慢，没等到');
  expect(lineWords('http-503')).toBe('平台答 503');
  expect(lineWords('of-a-later-release')).toBe('of-a-later-release');
});

test('whatever a launcher may say of an update that was not kept has its words', () => {
  for (const failure of FAILURES) expect(updateWords(failure)).not.toBe(failure);
});
