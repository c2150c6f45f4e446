/**
 * The built screens under the content policy they are served with: nothing inline, nothing from elsewhere. The
 * gallery stands in for the whole program, since it draws every part without a terminal.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type BuiltGallery, openBuiltGallery } from './built-gallery.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'";
let gallery: BuiltGallery;

test.beforeAll(async () => {
  gallery = await openBuiltGallery({ 'Content-Security-Policy': POLICY });
});

test.afterAll(() => gallery?.close());

test('nothing breaks the policy, and nothing is asked of another machine', async ({ page }) => {
  const { origin } = gallery;
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
  await expect(page.getByRole('button', { name: '陈', exact: true })).toBeVisible();
  await page.goto(`${origin}/gallery.html#question-several-of/zh`);
  await page.getByText('出了意外').click();
  await expect(page.getByRole('checkbox', { name: '出了意外' })).toBeChecked();
  await page.goto(`${origin}/gallery.html#still-there/zh`);
  await expect(page.getByRole('timer')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('letters stay files, and no source map is built', () => {
  const files = readdirSync(join(gallery.folder, 'assets'));
  expect(files.filter((name) => name.endsWith('.woff2')).length).toBeGreaterThan(150);
  expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
});
