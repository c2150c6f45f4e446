/**
 * What a program tells whoever started it: one line of JSON each on standard output, `{"ready": …}` once it is up,
 * `{"alive": n}` again and again while its event loop turns, and `{"health": …}` whenever that changes, where a launcher
 * wants to know (`host/launcher/README.md`). Libraries may print there too: any other line is
 * passed over.
 */

/** What one line says. */
export type ProgramWord =
  | { readonly kind: 'ready'; readonly ready: Readonly<Record<string, unknown>> }
  | { readonly kind: 'alive' }
  | { readonly kind: 'health'; readonly health: Health };

/** How one thing stands that a version on trial must show to work. */
export type CheckState = 'ok' | 'waiting' | 'ill';

/** What the program that runs says of its checks, by name. */
export interface Health {
  /** How often parts of it had to be started again since it began. */
  readonly restarts: number;
  /** Of those, how often the program that serves people ended by itself; left out where nobody counts it. */
  readonly crashes?: number;
  readonly checks: Readonly<Record<string, CheckState>>;
}

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

/** The line of a program that says how it is. */
export function healthLine(health: Health): string {
  return `${JSON.stringify({ health })}\n`;
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
  if ('health' in said) return findHealth(said.health);
  const ready = 'ready' in said ? said.ready : undefined;
  return typeof ready === 'object' && ready !== null ? { kind: 'ready', ready: { ...ready } } : undefined;
}

function findHealth(said: unknown): ProgramWord | undefined {
  if (typeof said !== 'object' || said === null || !('restarts' in said) || !('checks' in said))
    return undefined;
  const { restarts, checks } = said;
  if (typeof restarts !== 'number' || typeof checks !== 'object' || checks === null) return undefined;
  const named = Object.entries(checks).map(([name, how]) => [name, isCheckState(how) ? how : 'ill']);
  return { kind: 'health', health: { restarts, checks: Object.fromEntries(named) } };
}

function isCheckState(how: unknown): how is CheckState {
  return how === 'ok' || how === 'waiting' || how === 'ill';
}
