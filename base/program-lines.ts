/**
 * What a program tells whoever started it: one line of JSON each on standard output, `{"ready": …}` once it is up
 * and `{"alive": n}` again and again while its event loop turns. Libraries may print there too: any other line is
 * passed over.
 */

/** What one line says. */
export type ProgramWord =
  | { readonly kind: 'ready'; readonly ready: Readonly<Record<string, unknown>> }
  | { readonly kind: 'alive' };

/** How often a program that is asked to (`--say-alive`) says that it lives. */
export const ALIVE_EVERY_MS = 2_000;

/** The line of a program that is up. */
export function readyLine(ready: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ ready })}\n`;
}

/** The line of a program that lives, for the `count`th time. */
export function aliveLine(count: number): string {
  return `${JSON.stringify({ alive: count })}\n`;
}

/** What a line says; `undefined` for a line that is not the program's own word. */
export function findProgramWord(line: string): ProgramWord | undefined {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof said !== 'object' || said === null) return undefined;
  if ('alive' in said && typeof said.alive === 'number') return { kind: 'alive' };
  const ready = 'ready' in said ? said.ready : undefined;
  return typeof ready === 'object' && ready !== null ? { kind: 'ready', ready: { ...ready } } : undefined;
}
