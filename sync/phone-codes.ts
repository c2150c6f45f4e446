/** Judging a code from the phone, alike at the terminal and at the platform; and how a terminal asks its platform of one. */
import { equalBytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { DataField, QueryContent } from './contents.ts';
import { keyId } from './formats/keys.ts';
import { MOST_VALID_MS, type PhoneCode, parsePhoneCodeText, phoneCodeFormat } from './formats/phone-code.ts';
import type { Question } from './formats/query.ts';

/** Whoever issues codes. */
export interface PhoneCodeIssuer {
  /** As staff and villagers know it. */
  readonly name: string;
  /** Raw Ed25519. */
  readonly publicKey: Uint8Array;
}

/** Why a code says nothing, whoever looks at it. One that is in force too long is forged: no issuer may make it. */
export type PhoneCodeFlaw = 'not-a-code' | 'unknown-issuer' | 'forged';

/** The words of a code and its issuer, when the issuer is known and signed them; its age and its use are judged apart. */
export function readPhoneCode(
  crypto: Crypto,
  issuers: readonly PhoneCodeIssuer[],
  text: string,
): Result<{ readonly code: PhoneCode; readonly issuer: PhoneCodeIssuer }, PhoneCodeFlaw> {
  const signed = parsePhoneCodeText(text);
  if (!signed.ok) return err('not-a-code');
  const { value: code } = signed.value;
  const issuer = issuers.find(({ publicKey }) => equalBytes(keyId(crypto, publicKey), code.issuerKeyId));
  if (issuer === undefined) return err('unknown-issuer');
  const isSigned = phoneCodeFormat.isSignedBy(crypto, signed.value, issuer.publicKey);
  const validMs = code.expires - code.issuedAt;
  return isSigned && validMs > 0 && validMs <= MOST_VALID_MS ? ok({ code, issuer }) : err('forged');
}

/** By so much the clocks of an issuer and of whoever looks may differ. */
const CLOCKS_DIFFER_MS = 15_000;

/** Whether a code is in force at a time that is known. One from the future is not: it would be good for longer than it may. */
export function isInForce(
  { issuedAt, expires }: Pick<PhoneCode, 'issuedAt' | 'expires'>,
  nowMs: number,
): boolean {
  return nowMs >= issuedAt - CLOCKS_DIFFER_MS && nowMs <= expires + CLOCKS_DIFFER_MS;
}

/** From this time on a code is certainly out of force everywhere, and need not be remembered as used. */
export function endOfForceMs({ expires }: Pick<PhoneCode, 'expires'>): number {
  return expires + CLOCKS_DIFFER_MS + 1;
}

/** A longer text is no code. */
export const MOST_CODE_TEXT = 1_000;
const PART_LENGTH = 250;

/** A code as parameters of the platform's own question: in parts, `code-1` first. */
export function phoneCodeParameters(text: string): Question['parameters'] {
  const parts = Math.ceil(text.length / PART_LENGTH);
  return Array.from({ length: parts }, (_, at) => ({
    name: `code-${at + 1}`,
    value: text.slice(at * PART_LENGTH, (at + 1) * PART_LENGTH),
  }));
}

/** The code that such parameters hold; `undefined` where they hold anything else. */
export function findPhoneCodeText(parameters: Readonly<Record<string, string>>): string | undefined {
  const count = Object.keys(parameters).length;
  const parts = Array.from({ length: count }, (_, at) => parameters[`code-${at + 1}`]);
  if (count === 0 || parts.some((part) => part === undefined)) return undefined;
  const text = parts.join('');
  return text.length <= MOST_CODE_TEXT ? text : undefined;
}

/** What the platform finds wrong with a code. */
export const PHONE_CODE_REFUSALS = ['not-a-code', 'unknown-issuer', 'forged', 'old', 'used'] as const;
export type PhoneCodeRefusal = (typeof PHONE_CODE_REFUSALS)[number];

/** Whoever shows a code, as the platform vouches for them. */
export interface PhoneCodePerson {
  readonly name: string;
  readonly number: string;
}

/** What the platform's answer says; `undefined` where it says nothing of a code. */
export function findPhoneCodeAnswer(
  content: QueryContent,
): Result<PhoneCodePerson, PhoneCodeRefusal> | undefined {
  const record = content.outcome === 'found' ? content.records[0] : undefined;
  if (record === undefined) return undefined;
  const { state, name, number } = record;
  if (state === 'right' && typeof name === 'string' && typeof number === 'string')
    return ok({ name, number });
  const refusal = PHONE_CODE_REFUSALS.find((one) => one === state);
  return refusal === undefined ? undefined : err(refusal);
}

const FIELDS: DataField[] = [
  { id: 'state', label: { zh: '结果', en: 'Outcome' }, type: 'text' },
  { id: 'name', label: { zh: '姓名', en: 'Name' }, type: 'text' },
  { id: 'number', label: { zh: '身份证号', en: 'ID number' }, type: 'text' },
];

/** That answer, as the platform makes it. */
export function phoneCodeAnswer(
  judged: Result<PhoneCodePerson, PhoneCodeRefusal>,
  origin: { readonly from: { readonly zh: string; readonly en: string }; readonly asOfMs: number },
): QueryContent {
  const record = judged.ok
    ? { state: 'right', name: judged.value.name, number: judged.value.number }
    : { state: judged.error, name: null, number: null };
  return { schema: 1, outcome: 'found', ...origin, fields: FIELDS, records: [record] };
}
