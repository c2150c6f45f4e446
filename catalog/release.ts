/**
 * A release of the catalog: every file of it in one, with a number that only goes up. What signs it, and that it is
 * the newest, is said around it (TUF); here is only what is in it.
 */
import { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import { type Catalog, type CatalogFiles, loadCatalog } from './load.ts';
import type { MatterProblem } from './parse.ts';

/** The name a release has in its repository. */
export const RELEASE_NAME = 'catalog.json';

/** A release in full is about 2 MB; far above is a mistake or an attack, and is not even fetched. */
export const MOST_RELEASE_BYTES = 32 * 1024 * 1024;

const releaseSchema = z.strictObject({
  format: z.literal(1),
  /** Goes up by one or more with each release. */
  number: z.int().positive(),
  /** When it was built, ms since 1970. */
  builtAtMs: z.int().nonnegative(),
  /** Texts by name, as in the catalog's folder: `matters/some-matter.yaml`. */
  files: z.record(z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?\.(yaml|json)$/), z.string()),
});
/** A release of the catalog. */
export type CatalogRelease = z.infer<typeof releaseSchema>;

/** Whether a file of the catalog's folder belongs into a release. */
export function isReleased(name: string): boolean {
  return /^([a-z0-9-]+\/)?[a-z0-9-]+\.yaml$/.test(name);
}

/** A release as bytes; the same content gives the same bytes. */
export function releaseBytes({ number, builtAtMs, files }: Omit<CatalogRelease, 'format'>): Uint8Array {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return new TextEncoder().encode(`${JSON.stringify({ format: 1, number, builtAtMs, files: sorted })}\n`);
}

/** Reads a release; what is no release is `malformed`. */
export function parseRelease(bytes: Uint8Array): Result<CatalogRelease, 'malformed'> {
  try {
    const read = releaseSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return read.success ? ok(read.data) : err('malformed');
  } catch {
    return err('malformed');
  }
}

/** The files of a release as the catalog reads them. */
export function releaseFiles({ files }: CatalogRelease): CatalogFiles {
  return {
    names: Object.keys(files).sort(),
    findText: (name) => (Object.hasOwn(files, name) ? files[name] : undefined),
  };
}

/** The catalog of a release; a broken matter is left out and named, and no matter at all is `empty`. */
export function releasedCatalog(release: CatalogRelease): Result<Catalog, 'empty'> {
  const catalog = loadCatalog(releaseFiles(release));
  return catalog.matters.length === 0 || catalog.categories.length === 0 ? err('empty') : ok(catalog);
}

/**
 * What keeps these files from being released: every problem of the catalog, and for those who serve people every matter
 * that nobody has confirmed yet.
 */
export function findReleaseProblems(
  catalog: Pick<Catalog, 'matters' | 'problems'>,
  { production }: { readonly production: boolean },
): readonly MatterProblem[] {
  const samples = catalog.matters.filter(({ status }) => production && status === 'sample');
  return [
    ...catalog.problems,
    ...samples.map(({ id }) => ({
      file: `matters/${id}.yaml`,
      path: 'status',
      words: 'is a sample: nobody has confirmed it, and a production key does not sign it',
    })),
  ];
}
