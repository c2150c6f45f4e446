import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
const page = fileURLToPath(new URL('../../renderer/gallery.html', import.meta.url));

/** The gallery, built as the screens are that ship, and served on a free port. */
export interface BuiltGallery {
  /** Where it is served, without a slash at the end. */
  readonly origin: string;
  /** Where its files lie; gone once it is closed. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Builds the gallery (about a second) and serves it with these headers. */
export async function openBuiltGallery(
  headers: Readonly<Record<string, string>> = {},
): Promise<BuiltGallery> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-gallery-'));
  const output = { outDir: folder, emptyOutDir: true };
  await build({ configFile, logLevel: 'error', build: { ...output, rolldownOptions: { input: page } } });
  const server = await preview({
    configFile,
    logLevel: 'error',
    build: output,
    preview: { host: '127.0.0.1', port: 0, headers },
  });
  return {
    origin: new URL(server.resolvedUrls?.local[0] ?? '').origin,
    folder,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
