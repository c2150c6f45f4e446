/** Reads the catalog from its files. A broken file is named and left out; the others are served. */
import { parseDocument } from 'yaml';
import { err, ok, type Result } from '../base/result.ts';
import type { CertificateTemplate } from './certificate-template.ts';
import type { DataSet } from './data-set.ts';
import type { LocalData } from './local-data.ts';
import {
  type MatterProblem,
  parseCategories,
  parseDataSet,
  parseEmergencyNumbers,
  parseLocalData,
  parseMatter,
  parseTemplate,
} from './parse.ts';
import { findReferenceProblems } from './reference-rules.ts';
import type { Category, EmergencyNumber, GuidePage, Matter } from './schema.ts';

/** The files of a catalog folder. Names are relative, with `/`: `categories.yaml`, `matters/some-matter.yaml`. */
export interface CatalogFiles {
  readonly names: readonly string[];
  /** The text of one of `names`, or `undefined` when it cannot be read. */
  findText(name: string): string | undefined;
}

/** What was read. */
export interface Catalog {
  /** Ordered by file name, and so the same everywhere. */
  readonly matters: readonly Matter[];
  readonly categories: readonly Category[];
  readonly emergencyNumbers: readonly EmergencyNumber[];
  /** The guide pages of all matters, general ones (those of matters whose source is `guides`) first. */
  readonly guides: readonly GuidePage[];
  /** What may be asked for of the state, ordered by file name. */
  readonly dataSets: readonly DataSet[];
  /** Data that came with the catalog, ordered by file name. */
  readonly localData: readonly LocalData[];
  /** The papers that print matters put out, ordered by file name. */
  readonly templates: readonly CertificateTemplate[];
  readonly problems: readonly MatterProblem[];
}

/** A matter in full is under 10 KB; what is far above is a mistake or an attack. */
const MAX_FILE_CHARACTERS = 64 * 1024;
const CATEGORIES_FILE = 'categories.yaml';
const EMERGENCY_FILE = 'emergency.yaml';
const MATTERS_FOLDER = 'matters/';
const DATA_SETS_FOLDER = 'data-sets/';
const LOCAL_DATA_FOLDER = 'local-data/';
const TEMPLATES_FOLDER = 'templates/';

/**
 * Reads every matter, what they draw on, the categories and the emergency numbers; never throws for what a file holds.
 * A matter that names something that is not there is left out too: it could not be done.
 */
export function loadCatalog(files: CatalogFiles): Catalog {
  const problems: MatterProblem[] = [];
  function keep<T>(result: Result<T, readonly MatterProblem[]>): T | undefined {
    if (result.ok) return result.value;
    problems.push(...result.error);
    return undefined;
  }
  function read<T>(
    name: string,
    parse: (data: unknown) => Result<T, readonly MatterProblem[]>,
  ): T | undefined {
    const data = readData(files, name);
    return keep(data.ok ? parse(data.value) : err([{ file: name, path: '', words: data.error }]));
  }

  const categories = read(CATEGORIES_FILE, (data) => parseCategories(data, CATEGORIES_FILE));
  const emergencyNumbers = read(EMERGENCY_FILE, (data) => parseEmergencyNumbers(data, EMERGENCY_FILE));
  const categoryIds = categories && new Set(categories.map(({ id }) => id));
  function readEach<T>(
    folder: string,
    parse: (data: unknown, fileName: string) => Result<T, readonly MatterProblem[]>,
  ): readonly T[] {
    return filesOf(files, folder).flatMap((name) => {
      const parsed = read(name, (data) => renamed(parse(data, baseName(name)), name));
      return parsed === undefined ? [] : [parsed];
    });
  }
  const dataSets = readEach(DATA_SETS_FOLDER, parseDataSet);
  const localData = readEach(LOCAL_DATA_FOLDER, parseLocalData);
  const templates = readEach(TEMPLATES_FOLDER, parseTemplate);
  const differing: Matter[] = [];
  for (const matter of readEach(MATTERS_FOLDER, (data, name) => parseMatter(data, name, { categoryIds }))) {
    const clash = findClash(matter, differing);
    if (clash === undefined) differing.push(matter);
    else problems.push({ file: matterFile(matter), ...clash });
  }
  const matters = differing.filter((matter) => {
    const wrong = findReferenceProblems(matter, { matters: differing, dataSets, localData, templates });
    problems.push(...wrong.map((problem) => ({ file: matterFile(matter), ...problem })));
    return wrong.length === 0;
  });
  return {
    matters,
    categories: categories ?? [],
    emergencyNumbers: emergencyNumbers ?? [],
    guides: guidesOf(matters),
    dataSets,
    localData,
    templates,
    problems,
  };
}

/** Pages that concern everyone first: those of matters that are nothing but guides, the likeliest of them before. */
function guidesOf(matters: readonly Matter[]): readonly GuidePage[] {
  const isGeneral = ({ source }: Matter) => source === 'guides';
  const order = ({ likely }: Matter) => likely?.order ?? Number.MAX_SAFE_INTEGER;
  const general = matters.filter(isGeneral).sort((a, b) => order(a) - order(b));
  return [...general, ...matters.filter((matter) => !isGeneral(matter))].flatMap(({ guide }) => guide);
}

function filesOf({ names }: CatalogFiles, folder: string): readonly string[] {
  return [...names].sort().filter((name) => name.startsWith(folder) && name.endsWith('.yaml'));
}

function matterFile({ id }: Matter): string {
  return `${MATTERS_FOLDER}${id}.yaml`;
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function renamed<T>(
  result: Result<T, readonly MatterProblem[]>,
  file: string,
): Result<T, readonly MatterProblem[]> {
  return result.ok ? result : err(result.error.map((problem) => ({ ...problem, file })));
}

/** The data of a YAML file; no aliases, because a few of them unfold to gigabytes or to a circle. */
function readData(files: CatalogFiles, name: string): Result<unknown, string> {
  const text = files.findText(name);
  if (text === undefined) return err('cannot be read');
  if (text.length > MAX_FILE_CHARACTERS) return err(`is larger than ${MAX_FILE_CHARACTERS} characters`);
  return parseText(text);
}

/** What a text of the catalog says, or why it is no sound YAML (or JSON). */
export function parseText(text: string): Result<unknown, string> {
  try {
    // Releases hold JSON, which is YAML, and is read many times as fast.
    if (/^[[{]/.test(text)) return ok(JSON.parse(text));
    const document = parseDocument(text);
    const [trouble] = [...document.errors, ...document.warnings];
    return trouble ? err(unsound(trouble)) : ok(document.toJS({ maxAliasCount: 0 }));
  } catch (thrown) {
    return err(unsound(thrown));
  }
}

function unsound(thrown: unknown): string {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return `is no sound YAML: ${words.split('\n', 1)[0]}`;
}

/** What a matter shares with an earlier one and must not. */
function findClash(
  matter: Matter,
  earlier: readonly Matter[],
): { readonly path: string; readonly words: string } | undefined {
  const sameNo = earlier.find(({ no }) => no === matter.no);
  if (sameNo !== undefined) return { path: 'no', words: `${matter.no} is already that of ${sameNo.id}` };
  const taken = new Map(earlier.flatMap(({ id, guide }) => guide.map((page) => [page.id, id] as const)));
  const page = matter.guide.find(({ id }) => taken.has(id));
  return page && { path: 'guide', words: `the page ${page.id} is already in ${taken.get(page.id)}` };
}
