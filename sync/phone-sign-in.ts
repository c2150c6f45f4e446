/**
 * Signing in at a machine by telephone, without a network: the machine shows a challenge, whoever holds the county's key
 * computes the answer to it, and the answer is typed. Digits alone, because they are said over a bad line. It is bound to
 * the machine, the role and this one challenge; the machine takes it once.
 */
import { concat, label, utf8 } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';

const MACHINE_LABEL = label('yizhan/phone-sign-in/machine/1');
const ANSWER_LABEL = label('yizhan/phone-sign-in/1');

/** The number by which a machine is named over the telephone: it stands on its cabinet and in its configuration. */
export const MACHINE_NUMBER_FORM = /^\d{4,8}$/;
/** What a challenge looks like: three digits of a counter, five by chance, and one that tells a mishearing. */
export const CHALLENGE_FORM = /^\d{9}$/;

/** The key of one machine, 32 bytes, from the county's. Whoever has it can answer for that machine alone. */
export function machineKey(
  crypto: Pick<Crypto, 'hmacSha256'>,
  countyKey: Uint8Array,
  machine: string,
): Uint8Array {
  return crypto.hmacSha256(countyKey, concat(MACHINE_LABEL, utf8(machine)));
}

/** A challenge that this machine has not shown before, by its counter. `chance`: five digits. */
export function makeChallenge(counter: number, chance: string): string {
  const digits = `${pad(counter % 1_000, 3)}${chance}`;
  return `${digits}${checkDigit(digits)}`;
}

/** Whether it was heard right: nine digits whose last one fits. */
export function isChallenge(text: string): boolean {
  return CHALLENGE_FORM.test(text) && checkDigit(text.slice(0, 8)) === text.slice(8);
}

/** The eight digits that answer it. */
export function answerTo(
  crypto: Pick<Crypto, 'hmacSha256'>,
  key: Uint8Array,
  asked: { readonly role: string; readonly challenge: string },
): string {
  const mac = crypto.hmacSha256(key, concat(ANSWER_LABEL, utf8(`${asked.role}/${asked.challenge}`)));
  const view = new DataView(mac.buffer, mac.byteOffset, 8);
  return pad(Number(view.getBigUint64(0) % 100_000_000n), 8);
}

/** ISO/IEC 7064, MOD 11,10: finds any one digit that was changed, and nearly every pair that was swapped. */
function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
