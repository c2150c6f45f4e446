/** What the platform said of releases of the catalog: which channel to look at, and how often it said so. */
import { readContent } from '../../sync/content-coding.ts';
import { type CatalogReleaseContent, catalogReleaseContentSchema } from '../../sync/feed-contents.ts';

/** The last word on the channel, `stable` before the first; `contents` in the order in which they came. */
export function catalogWords(contents: readonly Uint8Array[]): {
  readonly channel: CatalogReleaseContent['channel'];
  readonly count: number;
} {
  const words = contents.flatMap((content) => {
    const read = readContent(catalogReleaseContentSchema, content);
    return read.ok ? [read.value.channel] : [];
  });
  return { channel: words.at(-1) ?? 'stable', count: words.length };
}
