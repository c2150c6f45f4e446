import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readFolder } from '../base/node/read-folder.ts';
import { loadCatalog } from '../catalog/load.ts';
import { preparedCatalog } from './prepared-catalog.ts';

const PROJECT = join(import.meta.dirname, '..', 'catalog');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-prepared-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('holds what the files say, and no YAML any more', () => {
  const prepared = readFolder(preparedCatalog(PROJECT, folder));
  expect(loadCatalog(prepared)).toEqual(loadCatalog(readFolder(PROJECT)));
  expect(prepared.names.length).toBeGreaterThan(217);
  expect(prepared.names.filter((name) => !/^[[{]/.test(prepared.findText(name) ?? ''))).toEqual([]);
});

it('is made once for the same texts, and anew for others', () => {
  const [source, kept] = [join(folder, 'source'), join(folder, 'kept')];
  mkdirSync(join(source, 'matters'), { recursive: true });
  writeFileSync(join(source, 'matters', 'one.yaml'), 'no: 1\n');
  const first = preparedCatalog(source, kept);
  expect(preparedCatalog(source, kept)).toBe(first);
  writeFileSync(join(source, 'matters', 'one.yaml'), 'no: 2\n');
  const second = preparedCatalog(source, kept);
  expect(readFileSync(join(first, 'matters', 'one.yaml'), 'utf8')).toBe('{"no":1}');
  expect(readFileSync(join(second, 'matters', 'one.yaml'), 'utf8')).toBe('{"no":2}');
  expect(readdirSync(kept)).toHaveLength(2);
});

it('leaves as it is what is not sound, or what JSON cannot say', () => {
  const texts = { twice: 'a: 1\na: 2\n', alias: 'a: &x [1]\nb: *x\n', nan: 'a: .nan\n', broken: 'a: [1\n' };
  const source = join(folder, 'source');
  mkdirSync(source);
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(source, `${name}.yaml`), text);
  const prepared = readFolder(preparedCatalog(source, join(folder, 'kept')));
  for (const [name, text] of Object.entries(texts)) expect(prepared.findText(`${name}.yaml`)).toBe(text);
});
