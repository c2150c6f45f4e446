import { expect, it } from 'vitest';
import { z } from 'zod';
import { utf8 } from './bytes.ts';
import { findJson } from './json.ts';

const schema = z.object({ n: z.int() });

it.each([
  ['{"n":1}', { n: 1 }],
  ['{"n":"1"}', undefined],
  ['{"n":1', undefined],
  ['', undefined],
  ['null', undefined],
])('finds in %s what is of the form asked for, and nothing else', (text, found) => {
  expect(findJson(schema, utf8(text))).toEqual(found);
});

it('takes bytes that are no text for no JSON', () => {
  expect(findJson(schema, Uint8Array.of(0xff, 0xfe, 0x00))).toBeUndefined();
});
