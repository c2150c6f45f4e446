import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{base,catalog,drivers,sync,terminal,renderer,host,electron,platform,scripts,test}/**/*.test.{ts,tsx}',
    ],
    exclude: ['**/node_modules/**', 'dist/**', 'test/bench/**'],
    // An odd time zone (+12:45, with summer time), so that a time-zone bug shows.
    env: { TZ: 'Pacific/Chatham' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
