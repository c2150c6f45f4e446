import { expect, test } from 'vitest';
import { allowedFields, faultFields } from './log.ts';

test('only declared fields of the declared kind pass', () => {
  const fields = { program: 'terminal', fault: 'typeError', place: 'terminal/main.ts:12', name: '张三' };
  expect(allowedFields('program.fault', fields)).toEqual({
    program: 'terminal',
    fault: 'typeError',
    place: 'terminal/main.ts:12',
  });
});

test('a name or a number of somebody does not fit a word', () => {
  const leak = allowedFields('program.fault', {
    program: '11010519491231002X',
    fault: '张三',
    place: 'a b:1',
  });
  expect(leak).toEqual({ program: '?', fault: '?', place: '?' });
  expect(allowedFields('program.started', { program: 'a13800138000', tookMs: 1 }).program).toBe('?');
});

test('a fault tells its class and our line, never its message', () => {
  const said = JSON.stringify(faultFields(new RangeError('11010519491231002X')));
  expect(said).toContain('rangeError');
  expect(said).not.toContain('1101');
});
