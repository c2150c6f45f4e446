import { expect, test } from 'vitest';
import { judgeSandbox, type LaunchFacts, planLaunch } from './launch.ts';

const villager: LaunchFacts = {
  binaryPath: '/opt/electron',
  userId: 1000,
  hasDisplay: true,
  ownArguments: [],
};
const plan = (facts: Partial<LaunchFacts>) =>
  planLaunch({ ...villager, ...facts }, '/app/electron-main.js', '/run/shell.json');

test('an ordinary user gets the sandbox', () => {
  expect(plan({})).toMatchObject({
    kind: 'run',
    command: '/opt/electron',
    args: ['/app/electron-main.js', '--config', '/run/shell.json'],
  });
});

test('root is told so in one line, and the sandbox is never given up for them', () => {
  const told = plan({ userId: 0 });
  expect(told.kind).toBe('cannot');
  expect(told.line).toContain('--no-sandbox');
  expect(told.line).not.toContain('\n');
});

test('who writes it themselves gets it, said aloud', () => {
  const own = plan({ userId: 0, ownArguments: ['--no-sandbox'] });
  expect(own).toMatchObject({
    kind: 'run',
    args: ['--no-sandbox', '/app/electron-main.js', '--config', '/run/shell.json'],
  });
  expect(own.line).toContain('without Chromium’s sandbox');
});

test.each([
  ['no program', { binaryPath: undefined }],
  ['no display', { hasDisplay: false }],
])('%s: a line says so', (_what, facts) => {
  expect(plan(facts)).toMatchObject({ kind: 'cannot', line: expect.stringMatching(/^electron: /) });
});

test('a packaged shell never goes on without its sandbox; a developer’s may', () => {
  expect(judgeSandbox({ isPackaged: true, isUnsandboxed: true }).allowed).toBe(false);
  expect(judgeSandbox({ isPackaged: true, isUnsandboxed: false }).allowed).toBe(true);
  expect(judgeSandbox({ isPackaged: false, isUnsandboxed: true }).allowed).toBe(true);
});
