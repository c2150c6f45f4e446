import { expect, test } from 'vitest';
import { findForbidden } from './bundle-programs.ts';

test('nothing of the simulator, the desk, the screens or a test may be in a program', () => {
  const forbidden = [
    'drivers/simulator/cabinet.ts',
    'platform/main.ts',
    'renderer/src/main.tsx',
    'test/journeys/offline.ts',
    'scripts/stack.ts',
    'base/cbor.test.ts',
    'node_modules/@lydell/node-pty-linux-x64/index.js',
  ];
  const allowed = [
    'drivers/main.ts',
    'terminal/store/migrations/0001-journal.sql?raw',
    'node_modules/zod/index.js',
  ];
  expect(findForbidden([...allowed, ...forbidden])).toEqual(forbidden);
});
