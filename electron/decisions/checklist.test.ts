/** Items of Electron's security checklist that are held by what the shell never says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { windowOptions } from './window.ts';

const SHELL = join(import.meta.dirname, '..');
const sources = readdirSync(SHELL, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(SHELL, name), 'utf8') }));

test.each([
  ['nothing is opened outside', /\bopenExternal\b|\bopenPath\b|\bshowItemInFolder\b/],
  [
    'no page is given functions of Electron’s',
    /\bexposeInMainWorld\b|\bcontextBridge\b|\bexposeInIsolatedWorld\b/,
  ],
  ['no page of a file’s or of the network’s is loaded', /\.loadFile\(|loadURL\(['"`]/],
  [
    'no certificate is taken for good',
    /\bcertificate-error\b|\bsetCertificateVerifyProc\b|ignore-certificate-errors/,
  ],
  [
    'no dialog of the system’s is shown',
    /\bdialog\b.*from 'electron'|showMessageBox|showOpenDialog|showErrorBox/,
  ],
  ['no feature is turned on by name', /enableBlinkFeatures|enable-blink-features|enable-features/],
  ['no answer is waited for from a page’s call', /ipcMain\.handle\(|\.returnValue/],
])('%s', (_what, words) => {
  for (const { name, text } of sources) expect(text, name).not.toMatch(words);
});

test('what is asked of a window names no blink feature, and no partition that is kept', () => {
  const { webPreferences = {} } = windowOptions({ preloadPath: '/p', devTools: false, windowed: false });
  expect(webPreferences).not.toHaveProperty('enableBlinkFeatures');
  expect(webPreferences.partition).not.toMatch(/^persist:/);
  expect(webPreferences).toMatchObject({ sandbox: true, devTools: false, disableDialogs: true });
});
