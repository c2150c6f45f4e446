import { createHash } from 'node:crypto';

/** What the lock file says of a package. */
export interface Locked {
  readonly version?: string;
  readonly license?: string;
  /** `sha512-…`, in base64. */
  readonly integrity?: string;
}

/** One thing of others' that a package holds. */
interface Component {
  readonly type: 'library' | 'framework';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly (
    | { readonly license: { readonly id: string } }
    | { readonly expression: string }
  )[];
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
}

/** A bill of materials after CycloneDX 1.6. */
export interface Sbom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly serialNumber: string;
  readonly metadata: {
    readonly component: { readonly type: 'application'; readonly name: string; readonly version: string };
  };
  readonly components: readonly Component[];
}

/** Licences of packages that name none in the lock file, read from the file of their own that says so. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  ipp: 'MIT',
  'png-js': 'MIT',
};

/**
 * What a package of ours holds of others, each with its version, its licence and the hash it was installed by. The same
 * parts give the same bytes: no time stands in it. Throws, naming them, where a part is not in the lock file or has no
 * licence.
 */
export function makeSbom(options: {
  readonly product: { readonly name: string; readonly version: string };
  /** Folders as the lock file names them: `node_modules/ws`. */
  readonly folders: readonly string[];
  readonly locked: Readonly<Record<string, Locked>>;
}): Sbom {
  const { product, locked } = options;
  const folders = [...new Set(options.folders)].sort();
  const unknown = folders.filter((folder) => locked[folder]?.version === undefined);
  if (unknown.length > 0) throw new Error(`not in the lock file: ${unknown.join(', ')}`);
  const components = folders.map((folder) => componentOf(folder, locked[folder] ?? {}));
  const unlicensed = components.filter(({ licenses }) => licenses.length === 0).map(({ name }) => name);
  if (unlicensed.length > 0) throw new Error(`without a licence: ${unlicensed.join(', ')}`);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([product, components]))}`,
    metadata: { component: { type: 'application', ...product } },
    components,
  };
}

function componentOf(folder: string, { version = '', license, integrity }: Locked): Component {
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const said = license ?? READ_BY_HAND[name];
  return {
    type: name === 'electron' ? 'framework' : 'library',
    // A package may lie in two places, in two versions or one.
    'bom-ref': folder,
    ...{ name, version, purl },
    licenses:
      said === undefined ? [] : [/[ (]/.test(said) ? { expression: said } : { license: { id: said } }],
    ...(integrity?.startsWith('sha512-') && {
      hashes: [
        { alg: 'SHA-512' as const, content: Buffer.from(integrity.slice(7), 'base64').toString('hex') },
      ],
    }),
  };
}

/** A name-based UUID (version 8) of what it names. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
