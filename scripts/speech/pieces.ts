/** Everything fixed that a screen can say: what a voice must have a clip of. */
import { join } from 'node:path';
import { readFolder } from '../../base/node/read-folder.ts';
import banks from '../../catalog/banks.json' with { type: 'json' };
import { type Catalog, loadCatalog } from '../../catalog/load.ts';
import { NOTICE_FORM } from '../../catalog/notice-form.ts';
import { COUNTY, TOWNS } from '../../catalog/places.ts';
import type { Matter } from '../../catalog/schema.ts';
import { fixedPieces } from '../../renderer/src/voice/clips/written.ts';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import type { Language } from '../../terminal/api.ts';
import { readSourceTexts } from './source-texts.ts';

/** How much is built: what our own programs say, that and the commonest matters, or everything. */
export type Part = 'ui' | 'common' | 'all';
export const PARTS: readonly Part[] = ['ui', 'common', 'all'];

/**
 * The likeliest matters on home are of the `common` part, and all that bear a picture: home never names the private
 * ones of these, which are as common.
 */
const LIKELIEST_MATTERS = 10;

/** The pieces of `part` in `language`, each once, in reading order: a matter's words stand together. */
export function collectPieces(root: string, part: Part, language: Language): readonly string[] {
  const texts = collectTexts(root, part, language);
  return [...new Set(texts.flatMap((text) => fixedPieces(text, language)))];
}

/** The texts they are pieces of, with their blanks. */
export function collectTexts(root: string, part: Part, language: Language): readonly string[] {
  const catalog = loadCatalog(readFolder(join(root, 'catalog')));
  return [
    ...wordsOfTable(tableOf(part, language)),
    ...readSourceTexts(root).map((text) => text[language]),
    ...textsWithin([catalog.categories, catalog.emergencyNumbers, banks, NOTICE_FORM], language),
    ...(part === 'ui' ? [] : placeNames(language)),
    ...(part === 'common' ? textsWithin(commonMatters(catalog), language) : []),
    ...(part === 'all' ? wholeCatalog(catalog, language) : []),
  ];
}

/** The words of English pieces, for texts that come from elsewhere: a word without a clip would be spelled. */
export function wordsOfPieces(pieces: readonly string[]): readonly string[] {
  return [...new Set(pieces.flatMap((piece) => piece.match(/[A-Za-z]+(?:['’-][A-Za-z]+)*/g) ?? []))].sort();
}

/** Names of the county, its towns and villages, as they stand alone. */
function placeNames(language: Language): readonly string[] {
  return [COUNTY, ...TOWNS.flatMap((town) => [town, ...town.villages])].map(({ name }) => name[language]);
}

function commonMatters({ matters }: Catalog): readonly Matter[] {
  const order = ({ likely }: Matter) => likely?.order ?? Number.MAX_SAFE_INTEGER;
  const likeliest = matters.toSorted((one, other) => order(one) - order(other)).slice(0, LIKELIEST_MATTERS);
  const others = matters.filter((matter) => matter.picture !== undefined && !likeliest.includes(matter));
  return [...likeliest, ...others];
}

function wholeCatalog(
  { matters, dataSets, localData, templates }: Catalog,
  language: Language,
): readonly string[] {
  return [
    ...textsWithin([matters, dataSets, localData, templates], language),
    // Names in local data are Chinese for everybody.
    ...(language === 'zh' ? localData.flatMap(({ rows }) => rows.flatMap(chineseWithin)) : []),
  ];
}

/** Pages for maintainers, who can read, are spoken where everything is. */
function tableOf(part: Part, language: Language): object {
  const { upkeep, ...forEverybody } = language === 'zh' ? zh : en;
  return part === 'all' ? { ...forEverybody, upkeep } : forEverybody;
}

function wordsOfTable(table: object): readonly string[] {
  return Object.values(table).flatMap((value) => (typeof value === 'string' ? [value] : wordsOfTable(value)));
}

function chineseWithin(row: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(row)
    .filter((value) => typeof value === 'string')
    .filter((value) => /\p{Script=Han}/u.test(value));
}

/** Words in both languages anywhere within data, those in `language`; of a unit also its word for one. */
function textsWithin(data: unknown, language: Language): readonly string[] {
  if (typeof data !== 'object' || data === null) return [];
  if (!('zh' in data && 'en' in data))
    return Object.values(data).flatMap((value) => textsWithin(value, language));
  return Object.entries(data)
    .filter(([name]) => name.startsWith(language))
    .map(([, value]) => String(value));
}
