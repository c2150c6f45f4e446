import type { zh } from './zh.ts';

type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

/** The shape of a string table: every language has the same keys. */
export type Table = Same<typeof zh>;

type Keys<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}`;
}[keyof T & string];

/** A dotted key of the table. */
export type WordKey = Keys<typeof zh>;
