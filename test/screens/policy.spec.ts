/**
 * The built screens under the content policy they are served with: nothing inline, nothing from elsewhere. The
 * gallery stands in for the whole program, since it draws every part without a terminal.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'";
const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
const renderer = fileURLToPath(new URL('../../renderer/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'yizhan-policy-'));
let server: PreviewServer;

test.beforeAll(async () => {
  const input = join(renderer, 'gallery.html');
  const output = { outDir: folder, emptyOutDir: true };
  await build({ configFile, logLevel: 'error', build: { ...output, rolldownOptions: { input } } });
  server = await preview({
    configFile,
    logLevel: 'error',
    build: output,
    preview: { host: '127.0.0.1', port: 0, headers: { 'Content-Security-Policy': POLICY } },
  });
});

test.afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('nothing breaks the policy, and nothing is asked of another machine', async ({ page }) => {
  const origin = new URL(server.resolvedUrls?.local[0] ?? '').origin;
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(request.url());
  });

  await page.goto(`${origin}/gallery.html#last-use/zh`);
  await page.getByRole('button', { name: '不是我办的' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.goto(`${origin}/gallery.html#question-name/zh`);
  await page.getByRole('button', { name: 'c', exact: true }).click();
  await expect(page.getByRole('button', { name: '才', exact: true })).toBeVisible();
  await page.goto(`${origin}/gallery.html#question-several-of/zh`);
  await page.getByText('出了意外').click();
  await expect(page.getByRole('checkbox', { name: '出了意外' })).toBeChecked();
  await page.goto(`${origin}/gallery.html#still-there/zh`);
  await expect(page.getByRole('timer')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('letters stay files, and no source map is built', () => {
  const files = readdirSync(join(folder, 'assets'));
  expect(files.filter((name) => name.endsWith('.woff2')).length).toBeGreaterThan(150);
  expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
});
