/**
 * A bundle of diagnostics on a stick: sealed to the platform, so that whoever finds the stick reads nothing. No part of
 * the journal: a later release may write another `v`.
 */
import { label } from '../../base/bytes.ts';
import { encodeCbor } from '../../base/cbor.ts';
import type { Crypto, OpeningKey } from '../../base/crypto/api.ts';
import { err, type Result } from '../../base/result.ts';
import { keyId } from './keys.ts';
import { bytes, fromBytes, id, ms, one, structure, toBytes, type ValueOf } from './shape.ts';

const INFO = label('yizhan/diagnostics/1');
const file = structure({ v: one, suite: one, terminalId: id, sealKeyId: id, wallMs: ms, sealed: bytes() });
type DiagnosticsFile = ValueOf<typeof file>;

/** Where bundles lie on a stick, and how their names end. */
export const DIAGNOSTICS_FOLDER = 'yizhan-diagnostics';
export const DIAGNOSTICS_ENDING = '.yzd';

/** The file for `plain`, sealed to the platform's key `recipient` (raw X25519). */
export function sealDiagnostics(
  crypto: Crypto,
  input: { terminalId: Uint8Array; recipient: Uint8Array; wallMs: number; plain: Uint8Array },
): Uint8Array {
  const { terminalId, recipient, wallMs, plain } = input;
  const head = { v: 1, suite: 1, terminalId, sealKeyId: keyId(crypto, recipient), wallMs } as const;
  const sealed = crypto.seal({ recipient, info: INFO, aad: aadOf(head), plain });
  return toBytes(file, { ...head, sealed });
}

/** What the file holds; `find` gives the private half of an opening key. */
export function openDiagnostics(
  content: Uint8Array,
  find: (sealKeyId: Uint8Array) => OpeningKey | undefined,
): Result<
  { terminalId: Uint8Array; wallMs: number; plain: Uint8Array },
  'malformed' | 'no-key' | 'unopenable'
> {
  const read = fromBytes(file, content);
  if (!read.ok) return err('malformed');
  const { terminalId, sealKeyId, wallMs, sealed } = read.value;
  const key = find(sealKeyId);
  if (key === undefined) return err('no-key');
  const opened = key.open(sealed, INFO, aadOf(read.value));
  return opened.ok ? { ok: true, value: { terminalId, wallMs, plain: opened.value } } : err('unopenable');
}

function aadOf({ terminalId, sealKeyId, wallMs }: Omit<DiagnosticsFile, 'sealed'>): Uint8Array {
  return encodeCbor([1, 1, terminalId, sealKeyId, wallMs]);
}
