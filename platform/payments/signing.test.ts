import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { crypto } from '../testing/test-terminal.ts';
import { SCHEMES, type Signed, sealsOf } from './signing.ts';
import { keyPair } from './testing/pay-bench.ts';

const SIGNED: Signed = { kind: 'request', appId: 'a', id: '0f'.repeat(16), about: 'open' };
const BODY = utf8('{"reference":"1"}');

describe.each(SCHEMES)('a message signed with %s', (scheme) => {
  const { ours, its } = keyPair(scheme);
  const [here, there] = [sealsOf(crypto, ours), sealsOf(crypto, its)];
  const { id, ...claim } = SIGNED;

  it('is what was signed, by whom it was signed for', () => {
    expect(there.findId(here.headers(SIGNED, BODY), claim, BODY)).toBe(id);
  });

  it('is nothing else: no other body, call, county, id or way of signing', () => {
    const headers = here.headers(SIGNED, BODY);
    const others: Partial<Signed>[] = [{ about: 'refund' }, { appId: 'b' }, { about: 'open\n' }];
    for (const other of others) expect(there.findId(headers, { ...claim, ...other }, BODY)).toBeUndefined();
    expect(there.findId(headers, claim, utf8('{"reference":"2"}'))).toBeUndefined();
    for (const bent of [
      { 'pay-id': 'ff'.repeat(16) },
      { 'pay-id': undefined },
      { 'pay-scheme': SCHEMES.find((one) => one !== scheme) },
      { 'pay-signature': '' },
      { 'pay-signature': [headers['pay-signature'] ?? ''] },
    ])
      expect(there.findId({ ...headers, ...bent }, claim, BODY)).toBeUndefined();
  });

  it('cannot be sent back to whoever signed it', () => {
    for (const kind of ['request', 'answer', 'notice', 'notice-answer'] as const) {
      const headers = here.headers({ ...SIGNED, kind }, BODY);
      for (const as of ['request', 'answer', 'notice', 'notice-answer'] as const)
        expect(there.findId(headers, { ...claim, kind: as }, BODY)).toBe(as === kind ? id : undefined);
    }
  });
});
