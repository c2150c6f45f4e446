/** The platform's words on a certificate, as the paper and the journal have them. */
import type { Random } from '../../base/random.ts';
import { invariant } from '../../base/result.ts';
import { certificateFormat } from '../../sync/formats/certificate.ts';
import { ENTRY_CLASS } from '../../sync/formats/entry.ts';
import type { Keeper, KeepWish } from '../keeper.ts';
import type { Issued } from './certificate.ts';

/** Number and code of a paper, from signed words that were verified before. */
export function issuedOf(words: Uint8Array, keeper: Pick<Keeper, 'certificateQr'>): Issued {
  return { number: numberOf(words), qrText: keeper.certificateQr(words) };
}

/** `certificate.voided`: the papers of these words did not come out as they should; `reason` is a code of ours. */
export function voidedWish(words: readonly Uint8Array[], reason: string, random: Random): KeepWish {
  const submissionId = random.bytes(16);
  return {
    ...{ submissionId, entryClass: ENTRY_CLASS.urgent, attachments: [], remember: null, slip: false },
    content: { schema: 1, kind: 'certificate.voided', submissionId, numbers: words.map(numberOf), reason },
  };
}

function numberOf(words: Uint8Array): string {
  const read = certificateFormat.parse(words);
  invariant(read.ok, 'words that were verified can be read');
  return read.value.value.number;
}
