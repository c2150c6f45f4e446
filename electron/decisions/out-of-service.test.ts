import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OUT_OF_SERVICE_URL, SCREEN_URL } from './address.ts';
import { OUT_OF_SERVICE_STYLE, outOfServicePage } from './out-of-service.ts';
import { decideAnswer } from './protocol.ts';
import { getPageUrl, NO_TROUBLE } from './service.ts';

test('the page has the support number in both languages and runs no script', () => {
  const page = outOfServicePage('0575-86000000');
  expect(page.match(/0575-86000000/g)).toHaveLength(2);
  expect(page).toContain('lang="zh-CN"');
  expect(page).toContain('lang="en"');
  expect(page).not.toMatch(/<script|style=|\son\w+=/);
});

test('its style sheets are found where the page looks for them', () => {
  const links = [...outOfServicePage('1').matchAll(/<link rel="stylesheet" href="([^"]+)">/g)];
  const answers = links.map(([, href]) =>
    decideAnswer({ method: 'GET', url: new URL(href ?? '', OUT_OF_SERVICE_URL).href }),
  );
  expect(answers).toMatchObject([
    { kind: 'file', of: 'out-of-service', path: 'fonts.css' },
    { kind: 'out-of-service', part: 'style' },
  ]);
});

test('a number cannot become markup', () => {
  expect(outOfServicePage('"><script>')).not.toContain('<script>');
});

test('its colours are the screens’ own', () => {
  const look = new URL('../../renderer/src/look/', import.meta.url);
  const file = readdirSync(look).find((name) => name.endsWith('tokens.css'));
  const tokens = readFileSync(new URL(file ?? '', look), 'utf8').toLowerCase();
  const own = [...OUT_OF_SERVICE_STYLE.matchAll(/--(?:paper|ink|line): #\w+/g)].map(([line]) => line);
  expect(own).toHaveLength(3);
  for (const line of own) expect(tokens).toContain(line);
});

test('either trouble shows the page, none shows the screens', () => {
  expect(getPageUrl(NO_TROUBLE)).toBe(SCREEN_URL);
  expect(getPageUrl({ terminal: true, screen: false })).toBe(OUT_OF_SERVICE_URL);
  expect(getPageUrl({ terminal: false, screen: true })).toBe(OUT_OF_SERVICE_URL);
});
