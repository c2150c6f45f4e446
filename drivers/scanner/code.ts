import iconv from 'iconv-lite';
import type { CodeScan, Symbology } from '../api.ts';

/** A code of more bytes is no code of ours; the largest QR code holds 2,953. */
export const MAX_CODE_BYTES = 4096;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a scanned code: UTF-8, or GB18030 as Chinese codes often are. Nothing is taken out: a control
 * character is one character of data. `undefined` when the bytes are neither, or too many, or none.
 */
export function decodeCode(bytes: Uint8Array, symbology: Symbology | null): CodeScan | undefined {
  if (bytes.length === 0 || bytes.length > MAX_CODE_BYTES) return undefined;
  const text = decodeText(bytes);
  return text === undefined ? undefined : { symbology, text };
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    const text = iconv.decode(Buffer.from(bytes), 'gb18030');
    return text.includes('\u{fffd}') ? undefined : text;
  }
}
