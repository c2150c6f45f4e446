import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'vite';

/** A path from the first `node_modules/` up to the name after the last: the package it belongs to. */
const OF_PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+\//;

/** The folders of the packages that files come from, as the lock file names them: sorted, each once. */
export function packagesOf(paths: readonly string[]): readonly string[] {
  const folders = paths.flatMap((path) => {
    const plain = path.replaceAll('\\', '/');
    const at = plain.indexOf('node_modules/');
    const own = at < 0 ? undefined : OF_PACKAGE.exec(plain.slice(at))?.[0];
    return own === undefined ? [] : [own.slice(0, -1)];
  });
  return [...new Set(folders)].sort();
}

/**
 * Writes beside the bundles which packages went into them, for whoever says what a package of ours is made of. With
 * `only`, where the output holds that file: another page built by the same settings is no part of it.
 */
export function recordModules(file: string, only?: string): Plugin {
  const found = new Set<string>();
  return {
    name: 'yizhan:record-modules',
    generateBundle: {
      // Behind Vite's own, which add the page.
      order: 'post',
      handler(_options, bundle) {
        if (only !== undefined && !(only in bundle)) return;
        for (const folder of packagesOf([...this.getModuleIds()])) found.add(folder);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${JSON.stringify([...found].sort(), null, 2)}\n`);
      },
    },
  };
}
