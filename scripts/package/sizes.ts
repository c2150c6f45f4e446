import type { PackedFile } from './archive.ts';

/** A part of a package and what it weighs. */
export interface Part {
  readonly name: string;
  readonly bytes: number;
  readonly files: number;
}

/** The parts of the archive, each file in the first that knows it. */
const PARTS: readonly { readonly name: string; readonly path: RegExp }[] = [
  { name: 'voice', path: /^dist\/screen\/speech\// },
  { name: 'letters of the screens', path: /^dist\/(screen|programs)\/.*\.woff2$/ },
  { name: 'screens', path: /^dist\/screen\// },
  { name: 'programs', path: /^dist\/programs\// },
  { name: 'matters', path: /^catalog\// },
  { name: 'letters of papers', path: /^node_modules\/@expo-google-fonts\// },
  { name: 'modules with machine code', path: /^node_modules\// },
  { name: 'other', path: /^/ },
];

/** What the archive is made of, the heaviest part first. Every file counts in one part. */
export function partsOf(files: readonly Omit<PackedFile, 'read'>[]): readonly Part[] {
  const sums = new Map<string, { bytes: number; files: number }>();
  for (const { path, bytes } of files) {
    const { name } = PARTS.find((part) => part.path.test(path)) ?? { name: 'other' };
    const sum = sums.get(name) ?? { bytes: 0, files: 0 };
    sums.set(name, { bytes: sum.bytes + bytes, files: sum.files + 1 });
  }
  return [...sums].map(([name, sum]) => ({ name, ...sum })).sort((one, other) => other.bytes - one.bytes);
}

/** Lines for a terminal window: part, megabytes, files; the sum last. */
export function sizeTable(parts: readonly Part[]): readonly string[] {
  const total = parts.reduce(
    (sum, { bytes, files }) => ({ bytes: sum.bytes + bytes, files: sum.files + files }),
    { bytes: 0, files: 0 },
  );
  return [...parts, { name: 'all', ...total }].map(
    ({ name, bytes, files }) =>
      `${name.padEnd(26)} ${(bytes / 1e6).toFixed(1).padStart(7)} MB  ${String(files).padStart(6)} files`,
  );
}
