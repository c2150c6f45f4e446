import type { Chance } from './chance.ts';
import type { Platter } from './disk.ts';
import type { Hurt } from './history.ts';
import type { StoreOnDisk } from './store.ts';

/** A page of SQLite, as the terminal's databases have them. */
const PAGE_BYTES = 4_096;

/** Hurts the mirror as its disk may be hurt while nobody looks. */
export function hurtMirror(platter: Platter, hurt: Hurt, chance: Chance): void {
  if (hurt.what === 'mirror-lost') platter.clear();
  const segments = [...platter.keys()].filter((path) => path.startsWith('journal/')).sort();
  const path =
    hurt.what === 'mirror-cut' ? segments.at(-1) : segments.length > 0 ? chance.pick(segments) : undefined;
  const bytes = path === undefined ? undefined : platter.get(path);
  if (path === undefined || !bytes || bytes.length === 0) return;
  platter.set(path, hurt.what === 'mirror-cut' ? bytes.slice(0, bytes.length / 2) : flipped(bytes, chance));
}

/** What is left of the database; `undefined` where nothing is. */
export function hurtImage(onDisk: StoreOnDisk, hurt: Hurt, chance: Chance): Uint8Array | undefined {
  const { commits, inner } = onDisk;
  const left = imageAfter(commits, inner.findImage(), hurt, chance);
  commits.splice(0);
  if (left && hurt.what === 'database-cut') commits.push(left);
  return left;
}

function imageAfter(
  commits: readonly Uint8Array[],
  image: Uint8Array | undefined,
  hurt: Hurt,
  chance: Chance,
): Uint8Array | undefined {
  if (hurt.what === 'database-cut') return commits[Math.max(0, commits.length - 1 - hurt.commits)];
  if (hurt.what === 'database-lost' || !image) return undefined;
  // The page that names all the others: whoever opens it sees that it is none.
  const broken = Uint8Array.from(image);
  broken.set(chance.bytes(Math.min(PAGE_BYTES, broken.length)));
  return broken;
}

function flipped(bytes: Uint8Array, chance: Chance): Uint8Array {
  const hurt = Uint8Array.from(bytes);
  for (let flips = 1 + chance.below(3); flips > 0; flips--) {
    const at = chance.below(hurt.length);
    hurt[at] = hurt[at]! ^ (1 << chance.below(8));
  }
  return hurt;
}
