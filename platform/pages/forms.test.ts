import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { formOf } from './forms.ts';

test('what staff write holds no sign that nobody sees', () => {
  const body = new URLSearchParams({ words: '请带\u202e户口本\u0007\r\n再来\u200b' }).toString();
  expect(formOf({ body } as FastifyRequest)).toEqual({ words: '请带户口本\n再来' });
});
