/** Two pictures of one heap, compared: what came to lie on it between them, and who holds that. */
import { readFileSync } from 'node:fs';

/** As V8 writes one: fields of nodes and edges in long rows of numbers. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** One line of what grew. */
interface Grown {
  readonly what: string;
  readonly bytes: number;
  readonly count: number;
}

/** What V8 keeps of programs, not of data: compiled code, what it learned for compiling, shapes of objects. */
const OF_CODE: ReadonlySet<string> = new Set(['code', 'object shape', 'hidden']);
const LINES = 25;
/** Steps of a way to what holds something. */
const WAY = 6;

/** What a snapshot, as text, says lies on its heap, in bytes: data, and what V8 keeps of programs. What is not V8's is left out. */
export function sizesOf(text: string): { readonly data: number; readonly code: number } {
  let [data, code] = [0, 0];
  for (const [what, { bytes }] of heapOf(text).byType()) {
    if (OF_CODE.has(what)) code += bytes;
    else if (what !== 'native') data += bytes;
  }
  return { data, code };
}

/** What grew between two snapshots of one process, in words: in all, by kind, and what is new by its holders. */
export function compareSnapshots(beforePath: string, afterPath: string): string {
  const before = heapOf(readFileSync(beforePath, 'utf8'));
  const after = heapOf(readFileSync(afterPath, 'utf8'));
  const kinds = grown(before.byKind(), after.byKind());
  const sum = (isMeant: (what: string) => boolean) =>
    kinds.reduce((bytes, line) => bytes + (isMeant(line.what) ? line.bytes : 0), 0);
  const isCode = (what: string) => OF_CODE.has(what.split(':')[0] ?? '');
  return [
    `grown by ${sum(() => true)} bytes, ${sum(isCode)} of them code, what it learned, and shapes`,
    ...kinds
      .filter(({ what }) => !isCode(what))
      .slice(0, LINES)
      .map(inWords),
    'new, and held by:',
    ...grown(new Map(), after.newByHolder(before.ids())).slice(0, LINES).map(inWords),
  ].join('\n');
}

function inWords({ what, bytes, count }: Grown): string {
  return `${String(bytes).padStart(10)} bytes ${String(count).padStart(7)} × ${what}`;
}

type Sums = ReadonlyMap<string, { readonly bytes: number; readonly count: number }>;

function grown(before: Sums, after: Sums): readonly Grown[] {
  const lines = [...after].map(([what, { bytes, count }]) => {
    const was = before.get(what);
    return { what, bytes: bytes - (was?.bytes ?? 0), count: count - (was?.count ?? 0) };
  });
  return lines.sort((a, b) => b.bytes - a.bytes);
}

function heapOf(text: string) {
  const { snapshot, nodes, edges, strings } = JSON.parse(text) as Snapshot;
  const { node_fields: fields, edge_fields: edgeFields, node_types, edge_types } = snapshot.meta;
  const [nodeTypes, edgeTypes] = [node_types[0], edge_types[0]];
  const at = (node: number, field: string) => nodes[node * fields.length + fields.indexOf(field)] ?? 0;
  const count = nodes.length / fields.length;
  const typeOf = (node: number) => nodeTypes[at(node, 'type')] ?? '';
  const nameOf = (node: number) => strings[at(node, 'name')] ?? '';
  const isText = (type: string) => type.includes('string');
  const kindOf = (node: number) => {
    const type = typeOf(node);
    return isText(type) || type === 'number' ? type : `${type}: ${nameOf(node).slice(0, 60)}`;
  };

  function summed(keyOf: (node: number) => string | undefined): Sums {
    const sums = new Map<string, { bytes: number; count: number }>();
    for (let node = 0; node < count; node += 1) {
      const key = keyOf(node);
      if (key === undefined) continue;
      const sum = sums.get(key) ?? { bytes: 0, count: 0 };
      sums.set(key, { bytes: sum.bytes + at(node, 'self_size'), count: sum.count + 1 });
    }
    return sums;
  }

  /** Of each node the one that holds it on the shortest way from the root, and by what name. */
  function holders() {
    const holder = new Int32Array(count).fill(-1);
    const edgeOf = new Int32Array(count);
    const firstEdge = new Int32Array(count + 1);
    for (let node = 0; node < count; node += 1)
      firstEdge[node + 1] = (firstEdge[node] ?? 0) + at(node, 'edge_count');
    const queue = [0];
    holder[0] = 0;
    for (const node of queue) {
      for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge += 1) {
        const from = edge * edgeFields.length;
        const to = (edges[from + 2] ?? 0) / fields.length;
        if (edgeTypes[edges[from] ?? 0] === 'weak' || holder[to] !== -1) continue;
        holder[to] = node;
        edgeOf[to] = edge;
        queue.push(to);
      }
    }
    return { holder, edgeOf };
  }

  return {
    byType: () => summed(typeOf),
    byKind: () => summed(kindOf),
    ids: () => new Set(Array.from({ length: count }, (_, node) => at(node, 'id'))),
    /** Nodes that `known` does not name, by kind and by the way to them; code and shapes left out. */
    newByHolder(known: ReadonlySet<number>): Sums {
      const { holder, edgeOf } = holders();
      const wayTo = (node: number): string => {
        const steps: string[] = [];
        for (let here = node; here !== 0 && steps.length < WAY; here = holder[here] ?? 0) {
          const from = (edgeOf[here] ?? 0) * edgeFields.length;
          const type = edgeTypes[edges[from] ?? 0] ?? '';
          const isNumbered = type === 'element' || type === 'hidden';
          const name = isNumbered ? '[]' : (strings[edges[from + 1] ?? 0] ?? '').slice(0, 40);
          steps.push(`${name} of ${nameOf(holder[here] ?? 0).slice(0, 40)}`);
        }
        return steps.join(' ← ');
      };
      return summed((node) =>
        known.has(at(node, 'id')) || OF_CODE.has(typeOf(node)) || holder[node] === -1
          ? undefined
          : `${isText(typeOf(node)) ? typeOf(node) : kindOf(node)} ← ${wayTo(node)}`,
      );
    },
  };
}
