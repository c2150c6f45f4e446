/** A matter nests a condition in a condition in a question in a list; nothing honest goes deeper. */
const MAX_DEPTH = 24;
const MAX_NODES = 20_000;

/**
 * Why `data` is not plain data of a sane size (too deep, in a circle, too much of it), or `undefined`.
 * Asked before the schema walks it, because a schema that refers to itself would follow a circle for ever.
 */
export function findUnplain(data: unknown): string | undefined {
  let nodes = 0;
  function visit(value: unknown, depth: number): string | undefined {
    nodes += 1;
    if (nodes > MAX_NODES) return 'holds too much';
    if (depth > MAX_DEPTH) return 'is nested too deep, or in a circle';
    if (typeof value !== 'object' || value === null) return undefined;
    for (const part of Object.values(value)) {
      const found = visit(part, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return visit(data, 0);
}
