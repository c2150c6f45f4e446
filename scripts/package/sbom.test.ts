import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { packagesOf } from './bundled-modules.ts';
import { makeSbom } from './sbom.ts';
import { partsOf } from './sizes.ts';

const sha512 = createHash('sha512').update('x').digest();
const locked = {
  'node_modules/ws': { version: '8.23.0', license: 'MIT', integrity: `sha512-${sha512.toString('base64')}` },
  'node_modules/@a/b': { version: '1.0.0', license: '(MIT OR Apache-2.0)' },
  'node_modules/@a/b/node_modules/ws': { version: '7.0.0', license: 'MIT' },
  'node_modules/bare': { version: '1.0.0' },
};
const product = { name: 'yizhan', version: '1.2.3' };
const sbomOf = (folders: readonly string[]) => makeSbom({ product, folders, locked });

test('each part has its version, licence, address and hash; one in two places stands twice', () => {
  const { components, specVersion } = sbomOf([
    'node_modules/ws',
    'node_modules/@a/b',
    'node_modules/@a/b/node_modules/ws',
  ]);
  expect(specVersion).toBe('1.6');
  expect(components.map(({ purl }) => purl)).toEqual([
    'pkg:npm/%40a/b@1.0.0',
    'pkg:npm/ws@7.0.0',
    'pkg:npm/ws@8.23.0',
  ]);
  expect(components.map(({ licenses }) => licenses)).toEqual([
    [{ expression: '(MIT OR Apache-2.0)' }],
    [{ license: { id: 'MIT' } }],
    [{ license: { id: 'MIT' } }],
  ]);
  expect(components[2]?.hashes).toEqual([{ alg: 'SHA-512', content: sha512.toString('hex') }]);
});

test('the same parts give the same bytes in any order, others another number', () => {
  const one = sbomOf(['node_modules/ws', 'node_modules/@a/b']);
  expect(sbomOf(['node_modules/@a/b', 'node_modules/ws', 'node_modules/ws'])).toEqual(one);
  expect(sbomOf(['node_modules/ws']).serialNumber).not.toBe(one.serialNumber);
  expect(one.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test('what is unknown, or has no licence, is named', () => {
  expect(() => sbomOf(['node_modules/strange'])).toThrow('not in the lock file: node_modules/strange');
  expect(() => sbomOf(['node_modules/bare'])).toThrow('without a licence: bare');
});

test('a file’s package is found, also inside another, and ours is none', () => {
  expect(
    packagesOf([
      '/w/node_modules/ws/lib/a.js',
      '\0/w/node_modules/ws/lib/b.js?commonjs',
      '/w/node_modules/@a/b/node_modules/ws/index.js',
      '/w/base/log.ts',
    ]),
  ).toEqual(['node_modules/@a/b/node_modules/ws', 'node_modules/ws']);
});

test('every file weighs in one part', () => {
  const files = [
    ['dist/screen/speech/zh/1.opus', 5],
    ['dist/screen/assets/a.woff2', 7],
    ['dist/screen/assets/a.js', 11],
    ['dist/programs/terminal.js', 13],
    ['LICENSE', 17],
  ].map(([path, bytes]) => ({ path: String(path), bytes: Number(bytes) }));
  const parts = partsOf(files);
  expect(parts.map(({ name }) => name)).toEqual([
    'other',
    'programs',
    'screens',
    'letters of the screens',
    'voice',
  ]);
  expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(53);
});
