/** Which matters the platform has taken out of service, by its last word on each. */
import type { Text } from '../../catalog/schema.ts';
import { readContent } from '../../sync/content-coding.ts';
import { matterOrderContentSchema } from '../../sync/feed-contents.ts';

/** The reason villagers read, by the id of each matter that is out. `contents` in the order in which they came. */
export function takenOutBy(contents: readonly Uint8Array[]): ReadonlyMap<string, Text> {
  const out = new Map<string, Text>();
  for (const content of contents) {
    const read = readContent(matterOrderContentSchema, content);
    if (!read.ok) continue;
    if (read.value.kind === 'matter.in') out.delete(read.value.matterId);
    else out.set(read.value.matterId, { zh: read.value.reason.zh, en: read.value.reason.en });
  }
  return out;
}
