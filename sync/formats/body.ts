import { concat, label } from '../../base/bytes.ts';
import { encodeCbor } from '../../base/cbor.ts';
import type { Crypto, OpeningKey, SigningKey } from '../../base/crypto/api.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { keyId } from './keys.ts';
import { BODY_SIZES, padToSizes, unpad } from './padding.ts';
import {
  bytes,
  type FormatTrouble,
  fromBytes,
  id,
  list,
  sig,
  structure,
  toBytes,
  type ValueOf,
} from './shape.ts';

/** An agent's own signature under what they did: over "yizhan/act/1\0" ‖ entryId ‖ content. */
const act = structure({ agentKeyId: id, signature: sig });

/** What a body holds once opened: the content as CBOR bytes (see `../contents.ts`) and the agents' acts. */
const inside = structure({ content: bytes(), acts: list(act) });

/** One act: which agent's key, and its signature. */
export type Act = ValueOf<typeof act>;
/** An opened body. */
export type Inside = ValueOf<typeof inside>;

/** A body sealed to the platform, ready for its header. */
export interface SealedBody {
  readonly entryId: Uint8Array;
  readonly sealKeyId: Uint8Array;
  /** enc ‖ ct. */
  readonly sealed: Uint8Array;
  readonly bodyHash: Uint8Array;
  readonly bodyBytes: number;
}

const BODY_INFO = label('yizhan/body/1');
const ACT_LABEL = label('yizhan/act/1');
/** enc and tag around a padded body. */
const OVERHEAD_BYTES = 32 + 16;

/** The largest sealed body. */
export const MAX_BODY_BYTES = Math.max(...BODY_SIZES) + OVERHEAD_BYTES;

/** Signs an agent's act on the content of one entry. */
export function makeAct(
  crypto: Crypto,
  agentKey: SigningKey,
  entry: { entryId: Uint8Array; content: Uint8Array },
): Act {
  return {
    agentKeyId: keyId(crypto, agentKey.publicKey),
    signature: agentKey.sign(concat(ACT_LABEL, entry.entryId, entry.content)),
  };
}

/** Whether `agentPublicKey` made `act` on this content of this entry. */
export function isActBy(
  crypto: Crypto,
  made: Act,
  signedOver: { entryId: Uint8Array; content: Uint8Array; agentPublicKey: Uint8Array },
): boolean {
  const message = concat(ACT_LABEL, signedOver.entryId, signedOver.content);
  return crypto.verify({ publicKey: signedOver.agentPublicKey, message, signature: made.signature });
}

/**
 * Seals content and acts to the platform's key `sealPublicKey` (raw X25519, from the key set). Done before the
 * transaction that writes the entry. `too-large` when they do not fit 256 KiB.
 */
export function sealBody(
  crypto: Crypto,
  input: {
    terminalId: Uint8Array;
    entryId: Uint8Array;
    sealPublicKey: Uint8Array;
    content: Uint8Array;
    acts: readonly Act[];
  },
): Result<SealedBody, FormatTrouble> {
  const plain = toBytes(inside, { content: input.content, acts: input.acts });
  const padded = padToSizes(plain, BODY_SIZES);
  plain.fill(0);
  if (!padded.ok) return padded;
  const sealKeyId = keyId(crypto, input.sealPublicKey);
  const sealed = crypto.seal({
    recipient: input.sealPublicKey,
    info: BODY_INFO,
    aad: bodyAad({ ...input, sealKeyId }),
    plain: padded.value,
  });
  padded.value.fill(0);
  const bodyHash = crypto.sha256(sealed);
  return ok({ entryId: input.entryId, sealKeyId, sealed, bodyHash, bodyBytes: sealed.length });
}

/** Opens a body with the platform's key. `unopenable` covers every reason, a wrong padding included. */
export function openBody(
  key: OpeningKey,
  header: { terminalId: Uint8Array; entryId: Uint8Array; sealKeyId: Uint8Array },
  sealed: Uint8Array,
): Result<Inside, 'unopenable'> {
  const opened = key.open(sealed, BODY_INFO, bodyAad(header));
  if (!opened.ok || !BODY_SIZES.includes(opened.value.length)) return err('unopenable');
  const plain = unpad(opened.value);
  if (!plain.ok) return plain;
  const parsed = fromBytes(inside, plain.value);
  return parsed.ok ? parsed : err('unopenable');
}

function bodyAad(header: { terminalId: Uint8Array; entryId: Uint8Array; sealKeyId: Uint8Array }): Uint8Array {
  return encodeCbor([1, 1, header.terminalId, header.entryId, header.sealKeyId]);
}
