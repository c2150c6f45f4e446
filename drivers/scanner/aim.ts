import type { Symbology } from '../api.ts';

/** The kinds of code by the letter of their AIM identifier, `]Q1`: `]`, letter, modifier (domain.md C.1). */
const SYMBOLOGIES: Readonly<Record<string, Symbology>> = {
  A: 'code-39',
  C: 'code-128',
  d: 'data-matrix',
  E: 'ean',
  F: 'codabar',
  G: 'code-93',
  h: 'han-xin',
  I: 'interleaved',
  L: 'pdf417',
  Q: 'qr',
  z: 'aztec',
};

/** Bytes of an AIM identifier. */
export const AIM_BYTES = 3;

const BRACKET = 0x5d;

/** The kind of code three bytes name, `other` for one we have no word for; `undefined` when they name none. */
export function findSymbology(aim: Uint8Array): Symbology | undefined {
  const [bracket, letter = 0, modifier = 0] = aim;
  if (bracket !== BRACKET || !isWordByte(letter) || !isWordByte(modifier)) return undefined;
  return SYMBOLOGIES[String.fromCharCode(letter)] ?? 'other';
}

function isWordByte(byte: number): boolean {
  return /^[0-9A-Za-z]$/.test(String.fromCharCode(byte));
}
