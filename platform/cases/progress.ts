/** A case's progress as it goes down: sealed to the key its owner alone can open (journal.md "Feed", kind 1). */
import type { Crypto } from '../../base/crypto/api.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import type { ProgressContent } from '../../sync/contents.ts';
import { FEED_KIND, sealCaseItem } from '../../sync/formats/feed.ts';
import type { ProgressParts } from '../../sync/progress-parts.ts';
import type { FeedItem } from '../feed/outbox.ts';

/** The feed item that carries `progress` to the terminal that filed the case. */
export function progressItem(
  crypto: Crypto,
  to: { readonly terminalId: Uint8Array; readonly caseReplyKey: Uint8Array },
  progress: Pick<ProgressContent, 'caseId' | 'status' | 'atMs' | 'words' | 'provinceNumber' | 'atCounter'> &
    ProgressParts,
): FeedItem {
  const itemId = crypto.randomBytes(16);
  const { caseId } = progress;
  const content = encodeContent({ schema: 1, ...progress });
  return {
    itemId,
    terminalId: to.terminalId,
    kind: FEED_KIND.case,
    expiresMs: null,
    caseId,
    content: sealCaseItem(crypto, { caseReplyKey: to.caseReplyKey, itemId, caseId, content }),
  };
}
