import { concat, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Place } from '../../sync/contents.ts';
import type { AttachmentWish, ContentMap, KeepWish, PersonMemory, RowFacts } from '../../terminal/keeper.ts';
import type { Chance } from './chance.ts';

/** A card's chip as far as memory goes: a made-up number of area 330699, and a photo block. */
export interface Card {
  readonly number: string;
  readonly photo: Uint8Array;
}

/** What a visitor may file. */
export type Matter = 'case' | 'withdrawal' | 'freeze' | 'rating';

/** One submission: what the screen would send again under the same id. */
export interface Submission {
  readonly submissionId: Uint8Array;
  readonly card: Card;
  readonly content: ContentMap;
  readonly entryClass: 0 | 1 | 2;
  readonly photographs: readonly AttachmentWish[];
  /** Null where nothing is remembered of it. */
  readonly row: RowFacts | null;
}

/** The sample village. */
export const PLACE: Place = {
  county: { code: '330624', name: '新昌县' },
  town: { code: '330624108', name: '沙溪镇' },
  village: { code: '330624108248', name: '董村' },
};

/** Weights of the seventeen digits, and the check characters (GB 11643). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** The cards that are laid on the terminal; every photo block can carry a key. */
export function makeCards(chance: Chance, count: number): readonly Card[] {
  return Array.from({ length: count }, (_, index) => {
    const digits = `33069919${50 + index}0101${String(100 + index)}`;
    const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
    const photo = concat(...Array.from({ length: 32 }, () => chance.bytes(32)));
    return { number: `${digits}${CHECKS[sum % 11]}`, photo };
  });
}

/** What a visitor files; `about` are cases filed before, of which some matters speak: without any it is a case. */
export function makeSubmission(
  parts: { readonly crypto: Crypto; readonly chance: Chance; readonly nowMs: number },
  card: Card,
  matter: Matter,
  about: readonly Uint8Array[],
): Submission {
  const { crypto, chance, nowMs } = parts;
  const submissionId = chance.bytes(16);
  const caseId = chance.bytes(16);
  const [earlier] = about;
  if (earlier && matter === 'rating') {
    const content = {
      ...{ schema: 1, kind: 'rating', caseId: earlier, submissionId },
      ...{ grade: 1 + chance.below(5), words: null },
    };
    return { submissionId, card, content, entryClass: 1, photographs: [], row: null };
  }
  if (earlier && matter === 'withdrawal') {
    const content = { schema: 1, kind: 'case.withdrawn', caseId: earlier, submissionId, words: null };
    return { submissionId, card, content, entryClass: 1, photographs: [], row: null };
  }
  const replyKeyPrivate = chance.bytes(32);
  const row: RowFacts = {
    matterId: matter === 'freeze' ? 'not-me' : 'sample-matter',
    localNumber: digits(chance, 12),
    slipCode: digits(chance, 6),
    keptAtMs: nowMs,
    caseId,
    replyKeyPrivate,
  };
  const shared = {
    ...{ schema: 1, caseId, localNumber: row.localNumber, slipCode: row.slipCode, submissionId },
    submitter: personOf(card),
    caseReplyKey: crypto.openingKey(replyKeyPrivate).publicKey,
    lang: 'zh',
    place: placeMap(),
  };
  if (matter === 'freeze') {
    const content = {
      ...shared,
      ...{ kind: 'case.frozen', frozenCaseIds: about, lastUseMs: null },
    };
    return { submissionId, card, content, entryClass: 0, photographs: [], row };
  }
  const photographs = makePhotographs(chance);
  const content = {
    ...shared,
    ...{ kind: 'case.submitted', matter: ['sample-matter', 1, crypto.sha256(utf8('sample-matter'))] },
    ...{ subject: personOf(card), basis: 'self', assurance: 'card', evidence: [], attachments: [] },
    answers: { words: '字'.repeat(1 + chance.below(2_000)), papers: photographs.map((_, index) => index) },
    actors: [{ role: 'submitter' }],
  };
  return { submissionId, card, content, entryClass: 1, photographs, row };
}

/** The wish to keep it, with the memory that was opened with its card. */
export function wishOf(submission: Submission, person: PersonMemory | null): KeepWish {
  const { submissionId, entryClass, content, photographs: attachments, row } = submission;
  const remember = person && row ? { person, row } : null;
  return { submissionId, entryClass, content, attachments, remember, slip: row !== null };
}

/** Every fourth case brings papers; some of them fill more than one piece of an upload. */
function makePhotographs(chance: Chance): readonly AttachmentWish[] {
  const count = chance.oneIn(4) ? 1 + chance.below(2) : 0;
  return Array.from({ length: count }, () => {
    const bytes = new Uint8Array(chance.oneIn(3) ? 70_000 : 40_000);
    bytes.set(chance.bytes(32));
    return { mediaType: 'image/jpeg', bytes };
  });
}

function personOf({ number }: Card): ContentMap {
  return { name: '样例', number, kind: 'citizen', birth: '1950-01-01', sex: '1', address: null };
}

function placeMap(): ContentMap {
  const area = ({ code, name }: Place['county']) => ({ code, name });
  return { county: area(PLACE.county), town: area(PLACE.town), village: area(PLACE.village) };
}

function digits(chance: Chance, length: number): string {
  return Array.from({ length }, () => String(chance.below(10))).join('');
}
