import { concat, label, u32be, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** What a card gives to remember by. */
export interface CardChip {
  /** As printed, X upper-case. */
  readonly number: string;
  /** The photo block of the chip. */
  readonly photo: Uint8Array;
}

/** Where a person's lines are found, and what opens them (journal.md part 4). Owned by one visit. */
export interface PersonKeys {
  /** Key of the line `i` of a bucket. */
  rowToken(bucket: number, i: number): Uint8Array;
  draftToken(): Uint8Array;
  lastUseToken(): Uint8Array;
  /** Where it stands which cases the holder was asked about. */
  ratingsToken(): Uint8Array;
  /** Where the holder's keys as a village agent lie, if they are one. */
  agentToken(): Uint8Array;
  /** 32 bytes, of this card and of what a PIN was made into: what an agent's keys are wrapped under. */
  agentKey(pinKey: Uint8Array): Uint8Array;
  /** 32 bytes. */
  rowKey(): Uint8Array;
  /** Overwrites every key; calls after it throw. */
  overwrite(): void;
}

const PHOTO_BYTES = 1_024;
/** A photo block of fewer values is no photo (a test card, a blank chip): anyone could guess it. */
const MIN_DISTINCT_BYTES = 64;

const PERSON_INFO = label('yizhan/person/1');
const TOKEN_INFO = label('yizhan/token/1');
const ROW_INFO = label('yizhan/row/1');
const ROW_SPACE = label('row');
const DRAFT_SPACE = label('draft');
const USE_SPACE = label('use');
const RATINGS_SPACE = label('ratings');
const AGENT_SPACE = label('agent');
const AGENT_INFO = label('yizhan/agent/1');
const NO_SALT = new Uint8Array(0);

/**
 * The keys of a card on this terminal: K = HKDF(number ‖ photo, salt of the terminal), and its two children.
 * `photo-unfit` when the photo block cannot carry a key.
 */
export function derivePersonKeys(
  crypto: Crypto,
  card: CardChip,
  salt: Uint8Array,
): Result<PersonKeys, 'photo-unfit'> {
  if (card.photo.length !== PHOTO_BYTES) return err('photo-unfit');
  if (new Set(card.photo).size < MIN_DISTINCT_BYTES) return err('photo-unfit');

  const ikm = concat(utf8(card.number.toUpperCase()), card.photo);
  const key = crypto.hkdf({ ikm, salt, info: PERSON_INFO, length: 32 });
  const tokenKey = crypto.hkdfExpand({ prk: key, info: TOKEN_INFO, length: 32 });
  const rowKey = crypto.hkdfExpand({ prk: key, info: ROW_INFO, length: 32 });
  ikm.fill(0);

  let isOpen = true;
  function checkOpen(): void {
    if (!isOpen) throw new Error('broken invariant: the memory of a visit is used after its end');
  }
  function token(...message: readonly Uint8Array[]): Uint8Array {
    checkOpen();
    return crypto.hmacSha256(tokenKey, concat(...message));
  }

  return ok({
    rowToken: (bucket, i) => token(ROW_SPACE, u32be(bucket), u32be(i)),
    draftToken: () => token(DRAFT_SPACE, u32be(0)),
    lastUseToken: () => token(USE_SPACE, u32be(0)),
    ratingsToken: () => token(RATINGS_SPACE, u32be(0)),
    agentToken: () => token(AGENT_SPACE, u32be(0)),
    agentKey(pinKey) {
      checkOpen();
      const both = concat(key, pinKey);
      const wrapping = crypto.hkdf({ ikm: both, salt: NO_SALT, info: AGENT_INFO, length: 32 });
      both.fill(0);
      return wrapping;
    },
    rowKey() {
      checkOpen();
      return rowKey;
    },
    overwrite() {
      isOpen = false;
      for (const secret of [key, tokenKey, rowKey]) secret.fill(0);
    },
  });
}
