import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type CatalogFiles, loadCatalog } from './load.ts';
import { sampleMatterData } from './testing/sample-matter.ts';

const CATEGORIES = '- { id: feedback, name: { zh: 反映问题, en: Report } }';
const EMERGENCY = "- { name: { zh: 报警, en: Police }, phone: '110' }";
const page = (id: string) => ({ id, title: { zh: '题', en: 'Title' }, body: [{ zh: '文', en: 'Text' }] });
const SOUND = stringify(sampleMatterData({ guide: [page('how-bench')] }));
const OTHER = stringify(sampleMatterData({ id: 'lamp', no: 901 }));

function filesOf(texts: Readonly<Record<string, string>>): CatalogFiles {
  const all: Readonly<Record<string, string>> = {
    'categories.yaml': CATEGORIES,
    'emergency.yaml': EMERGENCY,
    ...texts,
  };
  return { names: Object.keys(all), findText: (name) => all[name] };
}

/** Loads `text` as a second matter beside a sound one, which must be served all the same. */
function problemWith(text: string): string {
  const catalog = loadCatalog(
    filesOf({ 'matters/aaa.yaml': text, 'matters/bench-repair.yaml': SOUND, 'notes.txt': 'x' }),
  );
  expect(catalog.matters.map(({ id }) => id)).toEqual(['bench-repair']);
  expect(new Set(catalog.problems.map(({ file }) => file))).toEqual(new Set(['matters/aaa.yaml']));
  return catalog.problems[0]?.words ?? '';
}

describe('a catalog', () => {
  it('is read whole, in the order of file names', () => {
    const catalog = loadCatalog(filesOf({ 'matters/lamp.yaml': OTHER, 'matters/bench-repair.yaml': SOUND }));
    expect(catalog.problems).toEqual([]);
    expect(catalog.matters.map(({ id }) => id)).toEqual(['bench-repair', 'lamp']);
    expect(catalog.categories.map(({ id }) => id)).toEqual(['feedback']);
    expect(catalog.emergencyNumbers.map(({ phone }) => phone)).toEqual(['110']);
    expect(catalog.guides.map(({ id }) => id)).toEqual(['how-bench']);
  });

  it('serves its matters when the categories are broken', () => {
    const catalog = loadCatalog(filesOf({ 'categories.yaml': '{', 'matters/lamp.yaml': OTHER }));
    expect(catalog.matters.map(({ id }) => id)).toEqual(['lamp']);
    expect(catalog.problems.map(({ file }) => file)).toEqual(['categories.yaml']);
  });

  it('names the file of a number or a guide page that is taken', () => {
    const twin = stringify(sampleMatterData({ id: 'twin' }));
    const copied = stringify(sampleMatterData({ id: 'copied', no: 902, guide: [page('how-bench')] }));
    const catalog = loadCatalog(
      filesOf({
        'matters/bench-repair.yaml': SOUND,
        'matters/copied.yaml': copied,
        'matters/twin.yaml': twin,
      }),
    );
    expect(catalog.matters.map(({ id }) => id)).toEqual(['bench-repair']);
    expect(catalog.problems).toEqual([
      {
        file: 'matters/copied.yaml',
        path: 'guide',
        words: 'the page how-bench is already in bench-repair',
      },
      { file: 'matters/twin.yaml', path: 'no', words: '900 is already that of bench-repair' },
    ]);
  });
});

describe('a broken or hostile file is named and left out', () => {
  it('that cannot be read', () => {
    const catalog = loadCatalog({
      names: ['categories.yaml', 'emergency.yaml', 'matters/lamp.yaml'],
      findText: (name) => (name === 'matters/lamp.yaml' ? undefined : filesOf({}).findText(name)),
    });
    expect(catalog.problems).toEqual([{ file: 'matters/lamp.yaml', path: '', words: 'cannot be read' }]);
  });

  it('that is no YAML', () => {
    expect(problemWith('id: [')).toMatch(/^is no sound YAML: /);
  });

  it('that says a thing twice', () => {
    expect(problemWith(`${SOUND}\nid: other\n`)).toMatch(/^is no sound YAML: Map keys must be unique/);
  });

  it('that unfolds to billions', () => {
    const rows = Array.from({ length: 12 }, (_, at) => {
      const part = at === 0 ? 'x' : `*a${at - 1}`;
      return `a${at}: &a${at} [${Array.from({ length: 9 }, () => part).join(', ')}]`;
    });
    expect(problemWith(rows.join('\n'))).toMatch(/^is no sound YAML: .*alias/i);
  });

  it('that refers to itself', () => {
    expect(problemWith('questions: &a [*a]')).toMatch(/^is no sound YAML: .*alias/i);
  });

  it('of 2 MB', () => {
    expect(problemWith(`${SOUND}# ${'x'.repeat(2 * 1024 * 1024)}`)).toBe('is larger than 65536 characters');
  });

  it('that is nested beyond the stack', () => {
    expect(problemWith(`a: ${'['.repeat(60_000)}`)).toMatch(/^is no sound YAML: /);
    expect(problemWith(`a: ${'['.repeat(32_000)}${']'.repeat(32_000)}`)).not.toBe('');
    expect(problemWith(`a: ${'['.repeat(500)}${']'.repeat(500)}`)).toBe('is nested too deep, or in a circle');
  });

  it('that is written as JSON, as releases are, and nested beyond the stack or cut short', () => {
    expect(problemWith(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)).toBe(
      'is nested too deep, or in a circle',
    );
    expect(problemWith('{"id": ')).toMatch(/^is no sound YAML: /);
  });

  it('that holds two documents, or a tag of a language', () => {
    expect(problemWith(`${SOUND}---\n${SOUND}`)).toMatch(/^is no sound YAML: /);
    expect(problemWith('a: !!js/function "function () {}"')).toMatch(/^is no sound YAML: Unresolved tag/);
  });
});
