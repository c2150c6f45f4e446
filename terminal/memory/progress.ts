import { equalBytes } from '../../base/bytes.ts';
import { checkJpeg } from '../../catalog/jpeg.ts';
import { readContent } from '../../sync/content-coding.ts';
import { progressContentSchema } from '../../sync/contents.ts';
import type { Progress } from '../keeper.ts';

/** What an opened case item says; `undefined` when this release cannot read it, or it is about another case. */
export function findProgress(plain: Uint8Array, caseId: Uint8Array): Progress | undefined {
  const read = readContent(progressContentSchema, plain);
  if (!read.ok || !equalBytes(read.value.caseId, caseId)) return undefined;
  const { status, atMs, words, provinceNumber, atCounter, ask, result, remedy, duplicate, picture } =
    read.value;
  const parts = {
    ...(ask && { ask }),
    ...(result && { result }),
    ...(remedy && { remedy }),
    ...(duplicate && { duplicate }),
    ...(picture && checkJpeg(picture).ok && { picture }),
  };
  return { status, atMs, words: words === '' ? null : words, provinceNumber, atCounter, ...parts };
}
