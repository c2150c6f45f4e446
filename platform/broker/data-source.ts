/**
 * A source of shared data as the platform sees it: a port with one call. Where it stands, how it authenticates and what
 * its messages look like is an adapter's business (`http-source.ts`).
 */

/** What a source is asked, once the consent was seen to cover it; `person` is null for what it tells anyone. */
export interface SourceQuery {
  /** 32 hexadecimal digits, fresh for each call; its answer must name it. */
  readonly reference: string;
  readonly dataSet: string;
  readonly person: { readonly number: string; readonly name: string } | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What came of it. Nothing in it is checked yet. */
export type SourceAnswer =
  | {
      readonly kind: 'records';
      /** The number of the person it says these are of; null where they are nobody's. */
      readonly number: string | null;
      /** When it stood so at the source. */
      readonly asOfMs: number;
      /** None says that the source has nothing of this person. */
      readonly records: readonly Readonly<Record<string, unknown>>[];
    }
  /** The source needs longer: the same may be asked again. */
  | { readonly kind: 'later'; readonly afterS: number }
  /** `code` is a word of ours. */
  | { readonly kind: 'unavailable'; readonly code: string };

/** The port. Never throws for what a source or the way to it can do. */
export interface DataSource {
  fetch(query: SourceQuery, signal: AbortSignal): Promise<SourceAnswer>;
}
