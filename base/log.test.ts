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

test.each([
  ['at open (file:///srv/yizhan/terminal/journal/keep.ts:41:9)', 'terminal/journal/keep.ts:41'],
  ['at open (file:///opt/yizhan/dist/programs/terminal.js:30214:9)', 'dist/programs/terminal.js:30214'],
  [
    'at /opt/yizhan/resources/app.asar/dist/programs/shared-DbLPCzRi.js:7:1',
    'dist/programs/shared-DbLPCzRi.js:7',
  ],
  ['at open (file:///opt/%E9%A9%BF/dist/programs/devices.js:12:3)', 'dist/programs/devices.js:12'],
  ['at node:internal/fs:12:3', null],
])('the place is a file of ours, from source and from the bundle: %s', (frame, place) => {
  const error = new RangeError('11010519491231002X');
  error.stack = `RangeError: 11010519491231002X\n    ${frame}`;
  expect(faultFields(error)).toEqual({ fault: 'rangeError', place });
  expect(allowedFields('program.fault', { program: 'terminal', ...faultFields(error) }).place).toBe(place);
});

test('what the system says by a code is told by that code', () => {
  expect(faultFields(Object.assign(new Error('x'), { code: 'EADDRINUSE' })).fault).toBe('eaddrinuse');
  expect(faultFields(Object.assign(new Error('x'), { code: '11010519491231002X' })).fault).toBe('error');
});
