import type { Matter } from './schema.ts';

/**
 * A matter as the bytes its hash is made of: JSON in UTF-8, keys sorted, nothing between. The same matter
 * gives the same bytes wherever and in whatever order it was read, so a case can say which words its
 * submitter saw (journal.md, Content: `matter`).
 */
export function canonicalBytes(matter: Matter): Uint8Array {
  return new TextEncoder().encode(canonicalJson(matter));
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
