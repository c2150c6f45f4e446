/** A paper at the machine: from home to where it can be looked at before it is printed. */
import { goToMatter, wordsOf } from './matters.ts';
import type { Visitor } from './visitor.ts';

/** With a card laid, asks for one's own proof of insurance and agrees to what it needs. */
export async function previewsProof(visitor: Visitor): Promise<void> {
  const words = wordsOf(visitor, 'insurance-proof');
  await goToMatter(visitor, 'insurance-proof');
  await visitor.taps(visitor.words.key.start);
  await visitor.sees(words.asks('purpose'));
  await visitor.chooses(words.choice('purpose', 'other'));
  await visitor.sees(visitor.words.shared.consentTitle);
  await visitor.taps(visitor.words.shared.agree);
  await visitor.sees(visitor.words.print.preview);
}
