import { expect, test } from 'vitest';
import { PARTITION, windowOptions } from './window.ts';

const packaged = windowOptions({ preloadPath: '/app/preload.cjs', devTools: false, windowed: false });

test('the page is sandboxed, isolated and has no Node', () => {
  expect(packaged.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    devTools: false,
    spellcheck: false,
  });
});

test('nothing a page stores reaches the disk', () => {
  expect(packaged.webPreferences?.partition).toBe(PARTITION);
  expect(PARTITION).not.toMatch(/^persist:/);
});

test('it fills the screen, and is a window with a frame on a developer’s desk', () => {
  expect(packaged).toMatchObject({ kiosk: true, frame: false });
  const windowed = windowOptions({ preloadPath: '/app/preload.cjs', devTools: true, windowed: true });
  expect(windowed).toMatchObject({ kiosk: false, fullscreen: false, frame: true });
  expect(windowed.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, devTools: true });
});
