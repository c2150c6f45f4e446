import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProvinceNumber, isProvincePassword } from './province-number.ts';

const check = (number: string) => {
  const checked = checkProvinceNumber(number, '33');
  return checked.ok ? 'fits' : checked.error.code;
};

describe('a number of the province', () => {
  it('is taken in both known splits', () => {
    expect(check('330624001261121000001')).toBe('fits');
    expect(check('330624012611210000001')).toBe('fits');
    expect(check('33062400A261121000001')).toBe('fits');
  });

  it.each([
    ['not-21-characters', ''],
    ['not-21-characters', '33062400126112100001'],
    ['not-21-characters', '3306240012611210000011'],
    ['not-21-characters', ' 30624001261121000001'],
    ['not-21-characters', '330624001261121000001\n'],
    ['not-21-characters', '３30624001261121000001'],
    ['not-21-characters', '33062a001261121000001'],
    ['not-21-characters', "330624001261121'--001"],
    ['other-province', '440624001261121000001'],
    ['no-date', '330624001261321000001'],
    ['no-date', '330624001260230000001'],
    ['no-date', '330624999999999999999'],
  ])('is refused as %s: %j', (why, number) => {
    expect(check(number)).toBe(why);
  });

  it('is never longer or shorter, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        if (check(text) === 'fits') expect([...text]).toHaveLength(21);
      }),
    );
  });

  it('comes with a password of six digits', () => {
    expect(isProvincePassword('042917')).toBe(true);
    for (const bad of ['', '42917', '0429170', '04291x', '042917\n'])
      expect(isProvincePassword(bad)).toBe(false);
  });
});
