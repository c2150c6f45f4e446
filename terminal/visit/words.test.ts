import { expect, it } from 'vitest';
import { GUARDIAN_WORDS } from '../cases/children.ts';
import { BLOCKED_FOR_NOW, BLOCKED_WORDS, PAY_NEEDS_NETWORK, REFUSAL_WORDS } from './words.ts';

/** Where a refusal leads: to somebody, to the page, or to what is to be done. */
const NEXT_STEP = { zh: /请|再点/, en: /please|ask|come again|lay|go to|look/i };
/** One line of the screen's largest words would break in three. */
const LONGEST = { zh: 30, en: 80 };

it.each(
  Object.entries({
    ...REFUSAL_WORDS,
    ...BLOCKED_WORDS,
    ...GUARDIAN_WORDS,
    BLOCKED_FOR_NOW,
    PAY_NEEDS_NETWORK,
  }),
)('%s: a reason in a line, and what to do next', (_code, words) => {
  for (const language of ['zh', 'en'] as const) {
    expect(words[language]).toMatch(NEXT_STEP[language]);
    expect(words[language].length).toBeLessThanOrEqual(LONGEST[language]);
  }
});
