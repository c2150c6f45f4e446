import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { recordModules } from './scripts/package/bundled-modules.ts';

/** Chinese letters come in slices. With `swap` a page would first show itself in whatever the machine has. */
const waitForLetters: Plugin = {
  name: 'wait-for-letters',
  enforce: 'pre',
  transform: {
    filter: { id: /@fontsource-variable\/.*\.css/ },
    handler: (code) => code.replaceAll('font-display: swap', 'font-display: block'),
  },
};

/** The screens people touch. Everything is a file of its own: the content policy knows no inline code. */
export default defineConfig({
  root: join(import.meta.dirname, 'renderer'),
  base: './',
  plugins: [
    waitForLetters,
    react(),
    recordModules(join(import.meta.dirname, 'dist', 'parts', 'screen.json'), 'index.html'),
  ],
  build: {
    outDir: '../dist/screen',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Loaded from this very machine; the first page is held to 250 KB gzipped by the benchmark. The largest is the
    // table of strokes, fetched by whoever writes by hand.
    chunkSizeWarningLimit: 650,
  },
});
