/**
 * Writes the lexicon of the on-screen keyboard: words and characters by the syllables they are read with, and how
 * often they are written. How often comes from the dictionary of the segmenter jieba, readings from pinyin-pro (both
 * MIT); places and words of matters are the project's own.
 *
 * Run it by hand when places or many matters changed: `npm pack @node-rs/jieba`, unpack it, then
 * `node scripts/pinyin-lexicon.ts package/dict.txt`. The lexicon is kept in the repository; the dictionary is needed
 * for nothing else.
 */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { COUNTY, TOWNS } from '../catalog/places.ts';
import type { Lexicon } from '../renderer/src/keyboard/pinyin/lexicon.ts';
import { treeOf, type Weighed } from '../renderer/src/keyboard/pinyin/tree.ts';
import { projectCatalog } from '../test/project-catalog.ts';
import { catalogTexts, catalogWords } from './pinyin/catalog-words.ts';
import { countCharacters, type Entry, gb2312Characters, readDictionary } from './pinyin/dictionary.ts';
import { GIVEN_CHARACTERS, RARE_NAME_CHARACTERS, SURNAME_READINGS, SURNAMES } from './pinyin/names.ts';
import { findReading, readingsOf } from './pinyin/readings.ts';
import { segment } from './pinyin/segment.ts';

const WORDS_KEPT = 60_000;
const LONGEST_WORD = 6;
/** A further reading of a character is so much rarer than the one before, where no word says otherwise. */
const FURTHER_READING = 0.1;
/** How many surnames are common enough that three characters after them are somebody's name. */
const COMMON_SURNAMES = 150;
/** What standing in longer words counts towards a character that stands alone. */
const WITHIN_WORDS = 0.1;
/** What a village is, left out by who speaks of it. */
const PLACE_ENDINGS = /(?:社区|居委会|村|街道|镇|乡|县)$/u;
/** Newspapers say what is written in general, the matters what is written here: this part is theirs. */
const CATALOG_PART = 0.2;

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('say where the dictionary of jieba is: package/dict.txt');
const { matters } = projectCatalog();
const entries = withCatalog(readDictionary(path));
const known = new Set([...gb2312Characters(), ...RARE_NAME_CHARACTERS]);
const total = entries.reduce((sum, { count }) => sum + count, 0);

const lexicon: Lexicon = {
  general: treeOf([...generalWords(), ...generalCharacters()]),
  places: treeOf(alike(placeNames())),
  catalog: treeOf(alike(catalogWords(matters, cutter(entries)))),
  surnames: treeOf(ranked(SURNAMES, (name) => SURNAME_READINGS[name] ?? findReading(name))),
  given: treeOf(ranked([...GIVEN_CHARACTERS, ...RARE_NAME_CHARACTERS], (each) => readingsOf(each)[0])),
};
const text = `${JSON.stringify(lexicon)}\n`;
writeFileSync(new URL('../renderer/src/keyboard/pinyin/lexicon.txt', import.meta.url), text);
const kb = (bytes: number) => `${Math.round(bytes / 1024)} KB`;
process.stdout.write(`${kb(Buffer.byteLength(text))}, gzipped ${kb(gzipSync(text).length)}\n`);

/** The dictionary as if the matters' texts had been counted with the newspapers. */
function withCatalog(dictionary: readonly Entry[]): readonly Entry[] {
  const sum = dictionary.reduce((so, { count }) => so + count, 0);
  const here = catalogTexts(matters).flatMap(cutter(dictionary));
  const times = new Map([...Map.groupBy(here, (word) => word)].map(([word, all]) => [word, all.length]));
  const each = (sum * CATALOG_PART) / (1 - CATALOG_PART) / here.length;
  return dictionary.map((entry) => ({
    ...entry,
    count: entry.count + each * (times.get(entry.word) ?? 0),
  }));
}

/** Cuts texts by a dictionary. */
function cutter(dictionary: readonly Entry[]): (text: string) => readonly string[] {
  const sum = dictionary.reduce((so, { count }) => so + count, 0);
  const shares = new Map(dictionary.map(({ word, count }) => [word, (count + 1) / sum]));
  return (text) => segment(text, (word) => shares.get(word));
}

/** The commonest words of two characters and more; full names of people are none of them. */
function generalWords(): Weighed[] {
  return entries
    .filter(({ word }) => [...word].length >= 2 && [...word].length <= LONGEST_WORD)
    .filter((entry) => !isPersonName(entry) && [...entry.word].every((character) => known.has(character)))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, WORDS_KEPT)
    .flatMap(({ word, count }) => weighed(word, findReading(word), count / total));
}

function isPersonName({ word, tag }: Entry): boolean {
  const [first = ''] = word;
  return tag.startsWith('nr') && [...word].length >= 3 && SURNAMES.slice(0, COMMON_SURNAMES).includes(first);
}

/** Every character under each of its readings, weighed by how often the words it stands in read it so. */
function generalCharacters(): Weighed[] {
  const alone = new Map(entries.map(({ word, count }) => [word, count]));
  const within = countCharacters(entries);
  const readAs = countReadings();
  return [...known].flatMap((character) => {
    const readings = readingsOf(character);
    const counted = readings.map((syllable) => readAs.get(`${character} ${syllable}`) ?? 0);
    const sum = counted.reduce((a, b) => a + b, 0);
    const count = 1 + (alone.get(character) ?? 0) + WITHIN_WORDS * (within.get(character) ?? 0);
    return readings.flatMap((syllable, order) => {
      const share = sum === 0 ? 0 : (counted[order] ?? 0) / sum;
      return weighed(character, syllable, (count * Math.max(share, FURTHER_READING ** order)) / total);
    });
  });
}

/** How often each character is read so in the words of the dictionary: `行 hang`. */
function countReadings(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { word, count } of entries.filter((entry) => [...entry.word].length > 1 && entry.count >= 20)) {
    const syllables = findReading(word)?.split(' ') ?? [];
    [...word].forEach((character, at) => {
      const key = `${character} ${syllables[at]}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    });
  }
  return counts;
}

function placeNames(): readonly string[] {
  const full = [
    COUNTY.name.zh,
    ...TOWNS.flatMap(({ name, villages }) => [name.zh, ...villages.map((village) => village.name.zh)]),
  ];
  const short = full.map((name) => name.replace(PLACE_ENDINGS, '')).filter((name) => [...name].length >= 2);
  return [...full, ...short];
}

/** Words of a list, none likelier than another. */
function alike(words: readonly string[]): Weighed[] {
  const each = [...new Set(words)];
  return each.flatMap((word) => weighed(word, findReading(word), 1 / each.length));
}

/** Words of a list that says the likeliest first. */
function ranked(words: readonly string[], readingOf: (word: string) => string | undefined): Weighed[] {
  const each = [...new Set(words)];
  const sum = each.reduce((so, _, rank) => so + 1 / (rank + 10), 0);
  return each.flatMap((word, rank) => weighed(word, readingOf(word), 1 / (rank + 10) / sum));
}

function weighed(word: string, reading: string | undefined, share: number): Weighed[] {
  return reading === undefined ? [] : [{ word, reading, share }];
}
