import { expect, it } from 'vitest';
import { createCrypto } from '../base/crypto/self-test.ts';
import { MOST_VALID_MS, type PhoneCode, phoneCodeText } from './formats/phone-code.ts';
import {
  endOfForceMs,
  findPhoneCodeAnswer,
  findPhoneCodeText,
  isInForce,
  phoneCodeAnswer,
  phoneCodeParameters,
  readPhoneCode,
} from './phone-codes.ts';

const crypto = createCrypto();
const key = crypto.signingKey(new Uint8Array(32).fill(7));
const stranger = crypto.signingKey(new Uint8Array(32).fill(8));
const issuers = [{ name: '省里', publicKey: key.publicKey }];

const said: Omit<PhoneCode, 'v' | 'suite' | 'issuerKeyId'> = {
  ...{ codeId: new Uint8Array(16).fill(1), name: '李明华', number: '11010519491231002X' },
  ...{ issuedAt: 1_000_000, expires: 1_060_000 },
};
const textOf = (over: Partial<typeof said> = {}, by = key) => phoneCodeText(crypto, by, { ...said, ...over });
const flawOf = (text: string) => {
  const read = readPhoneCode(crypto, issuers, text);
  return read.ok ? 'right' : read.error;
};

it('reads a code of a known issuer, and no other', () => {
  const read = readPhoneCode(crypto, issuers, textOf());
  expect(read).toMatchObject({ ok: true, value: { code: said, issuer: { name: '省里' } } });
  expect(flawOf(textOf({}, stranger))).toBe('unknown-issuer');
  expect(flawOf('https://example.invalid/s#1.AAAA')).toBe('not-a-code');
  expect(flawOf('YZP1.AAAA')).toBe('not-a-code');
});

it('calls every changed character forged, of another issuer, or no code: never right', () => {
  const text = textOf();
  for (let at = 0; at < text.length; at += 1) {
    const other = text[at] === 'A' ? 'B' : 'A';
    expect(flawOf(text.slice(0, at) + other + text.slice(at + 1)), `character ${at}`).not.toBe('right');
  }
});

it('takes no code that is longer in force than any may be, or for no time', () => {
  expect(flawOf(textOf({ expires: said.issuedAt + MOST_VALID_MS }))).toBe('right');
  expect(flawOf(textOf({ expires: said.issuedAt + MOST_VALID_MS + 1 }))).toBe('forged');
  expect(flawOf(textOf({ expires: said.issuedAt }))).toBe('forged');
});

it('is in force from its making to its end, give or take what clocks differ', () => {
  expect(isInForce(said, said.issuedAt)).toBe(true);
  expect(isInForce(said, said.issuedAt - 15_001)).toBe(false);
  expect(isInForce(said, said.expires + 15_000)).toBe(true);
  expect(isInForce(said, endOfForceMs(said))).toBe(false);
});

it('asks in parts that come together again, and in no other', () => {
  const text = 'x'.repeat(501);
  const parameters = phoneCodeParameters(text);
  expect(parameters.map(({ value }) => value.length)).toEqual([250, 250, 1]);
  const byName = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  expect(findPhoneCodeText(byName)).toBe(text);
  expect(findPhoneCodeText({ 'code-2': 'x' })).toBeUndefined();
  expect(findPhoneCodeText({ ...byName, other: 'x' })).toBeUndefined();
  expect(findPhoneCodeText({})).toBeUndefined();
});

it('reads what the platform answers, and nothing into another answer', () => {
  const origin = { from: { zh: '县里', en: 'The county' }, asOfMs: 1 };
  const person = { name: said.name, number: said.number };
  expect(findPhoneCodeAnswer(phoneCodeAnswer({ ok: true, value: person }, origin))).toEqual({
    ok: true,
    value: person,
  });
  expect(findPhoneCodeAnswer(phoneCodeAnswer({ ok: false, error: 'used' }, origin))).toEqual({
    ok: false,
    error: 'used',
  });
  expect(findPhoneCodeAnswer({ schema: 1, outcome: 'unavailable' })).toBeUndefined();
});
