/**
 * Brings the bytes of a release to this machine, through cuts and kills: the parts of packs that are lacking, in runs of
 * a few megabytes, each a file that grows. A run that is whole is held against the hashes of its files at once, so a
 * mirror that sends rubbish wastes one run and no more; what is half there is gone on with the next time.
 */
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { SOFTWARE_FOLDER, type SoftwareFile, type SoftwareManifest } from '../../sync/software-release.ts';
import type { PartTrouble, SoftwareFrom } from './source.ts';

/** Why the bytes are not all here. */
export type DepotTrouble = PartTrouble | 'wrong-hash' | DiskTrouble['code'];

/** A run of bytes of one pack that holds some files. */
interface Run {
  readonly pack: string;
  readonly from: number;
  readonly to: number;
  readonly files: readonly SoftwareFile[];
}

/** What one release lacks here. */
export interface Delivery {
  /** Bytes still to come. */
  missing(): number;
  /** Brings them, verified; what belongs to another delivery is thrown away first. */
  bring(from: SoftwareFrom): Promise<Result<void, DepotTrouble>>;
  /** A file that was brought, verified once more: a disk may have hurt it since. */
  find(file: SoftwareFile): Uint8Array | undefined;
}

/** The bytes that came. */
export interface Depot {
  /** The bytes of a manifest, verified; it stays until its release is ready, so that no look fetches it twice. */
  fetchManifest(
    from: SoftwareFrom,
    named: { readonly sha256: string; readonly bytes: number },
  ): Promise<Result<Uint8Array, DepotTrouble>>;
  /** What it takes to have these files of a release, of whose manifest this is the hash. */
  plan(manifest: SoftwareManifest, lacking: readonly SoftwareFile[], sha256: string): Delivery;
  /** Throws everything away. */
  clear(): void;
}

/** A run is no longer, unless one file is: what a bad mirror can waste. */
const RUN_BYTES = 4 * 1024 * 1024;
/** What is asked for at once; less where the line is slow, more again where it is not. */
const MOST_PART_BYTES = 256 * 1024;
const LEAST_PART_BYTES = 16 * 1024;

/** A depot in a folder of its own. */
export function createDepot(disk: Disk, crypto: Crypto): Depot {
  let partBytes = MOST_PART_BYTES;

  /** Brings `whole` bytes of a file there from `at` on into one here, and goes on where that ends. */
  async function grow(
    from: SoftwareFrom,
    { there, name, at, whole }: Readonly<Record<'there' | 'name', string> & Record<'at' | 'whole', number>>,
  ): Promise<Result<void, DepotTrouble>> {
    for (let have = disk.findSize(name) ?? 0; have < whole; have = disk.findSize(name) ?? 0) {
      const wanted = Math.min(partBytes, whole - have);
      const part = await from.fetchPart(`${SOFTWARE_FOLDER}/${there}`, at + have, wanted);
      partBytes = part.ok
        ? Math.min(MOST_PART_BYTES, partBytes * 2)
        : Math.max(LEAST_PART_BYTES, partBytes / 4);
      if (!part.ok) return part;
      if (part.value.length === 0 || part.value.length > wanted) return err('not-there');
      const appended = disk.appendDurably(name, part.value);
      if (!appended.ok) return err(appended.error.code);
    }
    return ok(undefined);
  }

  /** Whether every file of a run is what was signed; a run of which one is not is thrown away whole. */
  function isSound(run: Run): boolean {
    const read = disk.read(fileOf(run));
    const sound =
      read.ok &&
      read.value.length === run.to - run.from &&
      run.files.every((file) => isSame(partOf(run, read.value, file), file));
    if (!sound) disk.remove(fileOf(run));
    return sound;
  }

  const isSame = (bytes: Uint8Array, { sha256 }: SoftwareFile) => toHex(crypto.sha256(bytes)) === sha256;
  const isEmpty = (file: SoftwareFile) => isSame(new Uint8Array(), file);

  return {
    async fetchManifest(from, { sha256, bytes }) {
      const name = manifestName(sha256);
      const grown = await grow(from, { there: name, name, at: 0, whole: bytes });
      // What ends too soon is another one: nothing of it is gone on with.
      const isShort = !grown.ok && grown.error === 'not-there' && disk.findSize(name) !== undefined;
      if (!grown.ok && !isShort) return grown;
      const read = disk.read(name);
      if (read.ok && toHex(crypto.sha256(read.value)) === sha256) return ok(read.value);
      disk.remove(name);
      return err('wrong-hash');
    },

    plan(manifest, lacking, sha256) {
      const runs = runsOf(manifest, lacking);
      const runOf = new Map(runs.flatMap((run) => run.files.map((file) => [file.path, run] as const)));
      return {
        missing: () =>
          runs.reduce(
            (sum, run) => sum + Math.max(0, run.to - run.from - (disk.findSize(fileOf(run)) ?? 0)),
            0,
          ),

        async bring(from) {
          if (!lacking.every((file) => file.bytes > 0 || isEmpty(file))) return err('wrong-hash');
          const wanted = new Set([manifestName(sha256), ...runs.map(fileOf)]);
          for (const name of disk.list('.')) if (!wanted.has(name)) disk.remove(name);
          for (const run of runs) {
            const { pack, from: at, to } = run;
            const grown = await grow(from, {
              ...{ there: `${pack}.pack`, name: fileOf(run), at, whole: to - at },
            });
            if (!grown.ok) return grown;
            if (!isSound(run)) return err('wrong-hash');
          }
          return ok(undefined);
        },

        find(file) {
          if (file.bytes === 0) return isEmpty(file) ? new Uint8Array() : undefined;
          const run = runOf.get(file.path);
          const read = run && disk.readPart(fileOf(run), file.at - run.from, file.bytes);
          return read?.ok && isSame(read.value, file) ? read.value : undefined;
        },
      };
    },

    clear() {
      for (const name of disk.list('.')) disk.remove(name);
    },
  };
}

function manifestName(sha256: string): string {
  return `${sha256}.json`;
}

function fileOf({ pack, from, to }: Run): string {
  return `${pack}.${from}-${to}`;
}

function partOf(run: Run, bytes: Uint8Array, { at, bytes: length }: SoftwareFile): Uint8Array {
  return bytes.subarray(at - run.from, at - run.from + length);
}

/** The runs that hold these files: what lies side by side goes together. The same files give the same runs. */
function runsOf(manifest: SoftwareManifest, files: readonly SoftwareFile[]): readonly Run[] {
  const sorted = files
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => a.pack - b.pack || a.at - b.at || a.bytes - b.bytes);
  const runs: Run[] = [];
  for (const file of sorted) {
    const pack = manifest.packs[file.pack]?.sha256 ?? '';
    const end = file.at + file.bytes;
    const last = runs.at(-1);
    const joins =
      last?.pack === pack && file.at <= last.to && Math.max(end, last.to) - last.from <= RUN_BYTES;
    if (last !== undefined && joins)
      runs[runs.length - 1] = { ...last, to: Math.max(end, last.to), files: [...last.files, file] };
    else runs.push({ pack, from: file.at, to: end, files: [file] });
  }
  return runs;
}
