import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const PROGRAM = `
import { pinoLog } from ${JSON.stringify(join(import.meta.dirname, 'pino-log.ts'))};
const log = pinoLog('odd');
for (let count = 0; count < 5_000; count += 1) log('program.stopping', { program: 'odd' });
setTimeout(() => process.stdout.write('lives'), 50);
`;

test('a program whose log finds no room goes on', () => {
  const full = openSync('/dev/full', 'w');
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    stdio: ['ignore', 'pipe', full],
    encoding: 'utf8',
  });
  closeSync(full);
  expect([stdout, status]).toEqual(['lives', 0]);
});
