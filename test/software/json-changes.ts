/** What somebody may change in a piece of JSON, for tests. */

/** Something else in JSON: a new value, or one made from the former. */
export type Change = (json: unknown) => void;
/** At a path with dots. */
export const set =
  (path: string, value: unknown): Change =>
  (json) => {
    const keys = path.split('.');
    const holder = keys.slice(0, -1).reduce((inner, key) => (inner as Json)[key] as Json, json as Json);
    const key = keys.at(-1) ?? '';
    holder[key] = typeof value === 'function' ? value(holder[key]) : value;
  };
type Json = Record<string, unknown>;
/** All changes made, in their order. */
export const changed = <T>(json: T, changes: readonly Change[]): T => {
  for (const change of changes) change(json);
  return json;
};
