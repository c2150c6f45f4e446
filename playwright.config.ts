import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/**
 * Journeys in a real Chromium, as root without its sandbox (said here, and nowhere in what ships).
 * `source` and `bundle` run the same journeys on the programs' two forms; `electron` runs them in the kiosk
 * shell wherever its binary is; `gallery` draws every page in every state.
 */
export default defineConfig({
  testDir: 'test',
  outputDir: 'test-results/playwright',
  // A journey is slow as a person is, and waits more than it computes.
  workers: Math.min(availableParallelism() + 1, 8),
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  // What a starved machine let go wrong is tried once more, and counted by name in the last lines.
  retries: 1,
  // `npm test` runs the gallery beside the journeys, and each reports for itself.
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.YIZHAN_REPORT ?? 'test-results/reports/playwright.json' }],
  ],
  use: {
    actionTimeout: 30_000,
    viewport: { width: 1080, height: 1920 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions: {
      executablePath: process.env.YIZHAN_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    {
      name: 'source',
      testMatch: ['e2e/**/*.spec.ts', 'escapes/**/*.spec.ts'],
      testIgnore: '**/*.bundle.spec.ts',
    },
    { name: 'bundle', testMatch: 'e2e/**/*.bundle.spec.ts' },
    { name: 'electron', testMatch: 'electron/**/*.spec.ts' },
    { name: 'gallery', testMatch: 'screens/**/*.spec.ts', outputDir: 'test-results/gallery' },
  ],
});
