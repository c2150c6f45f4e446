import { expect } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import {
  caseWish,
  contentOf,
  crash,
  findUnmirrored,
  idOf,
  type MemoryParts,
  memoryParts,
  offered,
  openEnrolled,
  parsed,
  specimenMemory,
} from './keeper-world.ts';

/** A terminal that has kept these cases of the specimen, crashed. */
export function kept(...names: readonly string[]): MemoryParts {
  const parts = memoryParts();
  keepMore(parts, ...names);
  return parts;
}

/** Keeps these too, and crashes. */
export function keepMore(parts: MemoryParts, ...names: readonly string[]): void {
  const opened = openEnrolled(parts);
  for (const name of names) {
    expect(opened.keeper.keep(caseWish(specimenMemory(opened), name)).ok).toBe(true);
  }
  crash(parts);
}

/** The paths of the mirror's segments. */
export function segments(parts: MemoryParts): string[] {
  return [...parts.mirrorDisk.files().keys()].filter((path) => path.startsWith('journal/')).sort();
}

/** Changes one file of the mirror's disk; `undefined` removes it. */
export function change(
  parts: MemoryParts,
  path: string,
  edit: (bytes: Uint8Array) => Uint8Array | undefined,
): void {
  const files = new Map(parts.mirrorDisk.files());
  const edited = edit(files.get(path)!.slice());
  if (edited) files.set(path, edited);
  else files.delete(path);
  parts.mirrorDisk.restore(files);
}

/** The case ids of the specimen, and of what is offered, each exactly once. */
export function expectAllThere(parts: MemoryParts, ...names: readonly string[]) {
  const opened = openEnrolled(parts);
  expect(findUnmirrored(parts)).toEqual([]);
  const cases = specimenMemory(opened).cases();
  expect(cases.map(({ caseId }) => toHex(caseId))).toEqual(names.map((name) => toHex(idOf(`case ${name}`))));
  const filed = parsed(offered(opened)).filter((entry) => contentOf(entry).kind === 'case.submitted');
  expect(filed.map(({ header }) => toHex(header.entryId)).sort()).toEqual(
    cases.map(({ entryId }) => toHex(entryId)).sort(),
  );
  for (const name of names) {
    const again = opened.keeper.keep(caseWish(specimenMemory(opened), name));
    expect(again).toMatchObject({ ok: true, value: { repeated: true } });
  }
  return opened;
}
