import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../base/bytes.ts';
import { SAMPLE_CARDS } from '../simulator/cards.ts';
import {
  CARD_LAYOUTS,
  type CardText,
  decodeAddedAddress,
  decodeText,
  encodeText,
  encodeUtf16,
  NO_OWN_FIELDS,
  TEXT_BYTES,
} from './card-layout.ts';
import { findNationName, findSex } from './codes.ts';
import { readIdentity, splitCardData } from './identity.ts';
import {
  citizenCheck,
  isCitizenNumber,
  isForeign2017Number,
  isForeign2023Number,
  isTravelPermitNumber,
} from './numbers.ts';

const READ_ID = '0'.repeat(32);

/** The specimen of GB 11643. */
const SPECIMEN: CardText = {
  ...NO_OWN_FIELDS,
  kind: 'citizen',
  name: '样例人',
  sex: '2',
  nation: '01',
  birth: '19491231',
  address: '样例路 1 号',
  number: '11010519491231002X',
  issuer: '样例公安局',
  validFrom: '20100101',
  validTo: '长期',
};

function read(change: Partial<CardText> = {}) {
  const blocks = { text: encodeText({ ...SPECIMEN, ...change }), photo: new Uint8Array(1024) };
  const result = readIdentity(blocks, READ_ID);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('the text block', () => {
  /** Text that fits `units` UTF-16 code units and does not end in padding. */
  const field = (units: number) =>
    fc
      .string({ unit: 'binary', maxLength: units })
      .map((text) => text.slice(0, units).replace(/[ \0]+$/, ''));

  test('comes back as it went, for every kind of card', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CARD_LAYOUTS),
        field(15),
        field(46),
        field(35),
        field(15),
        (layout, name, latin, address, issuer) => {
          const own = (field: keyof typeof NO_OWN_FIELDS, text: string) =>
            layout.places[field] === undefined ? null : text;
          const card: CardText = {
            kind: layout.kind,
            name,
            nameLatin: own('nameLatin', latin),
            sex: '1',
            nation: own('nation', '56'),
            birth: '19800101',
            address: own('address', address),
            number: '123456789012345',
            issuer: own('issuer', issuer.slice(0, layout.kind === 'foreign-2017' ? 4 : 15).trimEnd()),
            permitNumber: own('permitNumber', 'H00000000'),
            issueCount: own('issueCount', '02'),
            nationality: own('nationality', 'XXX'),
            cardVersion: own('cardVersion', '01'),
            oldNumberLink: own('oldNumberLink', '123'),
            validFrom: '20200101',
            validTo: '长期',
          };
          if (card.issuer?.endsWith('\0')) return;
          expect(decodeText(encodeText(card))).toEqual({ ok: true, value: card });
        },
      ),
    );
  });

  test('of another length is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        fc.pre(bytes.length !== TEXT_BYTES);
        expect(decodeText(bytes)).toEqual({ ok: false, error: 'short' });
      }),
    );
  });

  test('of any bytes is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: TEXT_BYTES, maxLength: TEXT_BYTES }), (text) => {
        const result = readIdentity({ text, photo: new Uint8Array(0) }, READ_ID);
        if (!result.ok) expect(result.error).toBe('unknown-kind');
      }),
    );
  });

  test('with a letter no layout has is an unknown kind', () => {
    const text = encodeText(SPECIMEN);
    text.set(encodeUtf16('Z', 2), 248);
    expect(decodeText(text)).toEqual({ ok: false, error: 'unknown-kind' });
  });

  test('no two fields of a layout overlap', () => {
    for (const { kind, places } of CARD_LAYOUTS) {
      const taken = new Set<number>([248, 249]);
      for (const [offset, length] of Object.values(places).flat()) {
        for (let at = offset; at < offset + length; at += 1) {
          expect(taken.has(at), `${kind} ${at}`).toBe(false);
          expect(at).toBeLessThan(TEXT_BYTES);
          taken.add(at);
        }
      }
    }
  });

  test('keeps characters that no font may know', () => {
    expect(read({ name: '\ue81a\ud800李' }).name).toBe('\ue81a\ud800李');
  });
});

describe('the data of a read', () => {
  const data = concat(Uint8Array.of(1, 0, 4, 0), encodeText(SPECIMEN), new Uint8Array(1024).fill(7));

  test('is taken apart by its own lengths', () => {
    const blocks = splitCardData(data);
    expect(blocks.ok && [blocks.value.text.length, blocks.value.photo.length]).toEqual([256, 1024]);
    const short = splitCardData(concat(Uint8Array.of(1, 0, 0, 0), encodeText(SPECIMEN)));
    expect(short.ok && short.value.photo.length).toBe(0);
  });

  test('cut short, or with something after it, is refused', () => {
    fc.assert(
      fc.property(fc.nat(data.length - 1), (end) => {
        expect(splitCardData(data.slice(0, end)).ok).toBe(false);
      }),
    );
    expect(splitCardData(concat(data, Uint8Array.of(0))).ok).toBe(false);
    // A text block of another length, though the lengths add up.
    expect(splitCardData(concat(Uint8Array.of(0, 255, 4, 0), new Uint8Array(255 + 1024))).ok).toBe(false);
  });
});

describe('an identity', () => {
  test('that adds up has no notes', () => {
    expect(read()).toMatchObject({
      number: '11010519491231002X',
      numberValid: true,
      birth: '1949-12-31',
      sex: 'female',
      nation: { code: '01', name: '汉' },
      validFrom: '2010-01-01',
      validTo: 'long-term',
      notes: [],
    });
  });

  test.each<[string, Partial<CardText>, readonly string[]]>([
    ['a wrong check character', { number: '110105194912310021' }, ['number-check-wrong']],
    ['another birth', { birth: '19491230' }, ['birth-differs']],
    ['another sex', { sex: '1' }, ['sex-differs']],
    [
      'an area nowhere',
      { number: `990105194912310${'02'}`.slice(0, 17) + citizenCheck('99010519491231002') },
      ['area-unknown'],
    ],
    ['a month that is none', { validFrom: '20101301' }, ['field-malformed']],
    ['a 30 February', { validTo: '20300230' }, ['field-malformed']],
    ['no nation of that code', { nation: '57' }, ['field-malformed']],
    ['no sex of that code', { sex: '5' }, ['sex-differs', 'field-malformed']],
    ['no name', { name: '' }, ['field-malformed']],
  ])('with %s has a note, and is no refusal', (_what, change, notes) => {
    expect(read(change).notes).toEqual(notes);
  });

  test('takes a small x', () => {
    expect(read({ number: '11010519491231002x' })).toMatchObject({
      number: '11010519491231002X',
      numberValid: true,
    });
  });

  test('every sample card adds up and has a photo of its own', () => {
    const people = SAMPLE_CARDS.filter((card) => card.selectStatus === null);
    for (const card of people) {
      const result = readIdentity({ text: card.text, photo: card.photo }, READ_ID);
      // No area of sample people is one of residence permits.
      expect(result.ok && result.value.notes, card.id).toEqual(card.id === 'permit' ? ['area-unknown'] : []);
      expect(new Set(card.photo).size).toBeGreaterThanOrEqual(64);
    }
    expect(new Set(people.map((card) => card.photo.join())).size).toBe(people.length);
  });

  test('a long Latin name is joined from its two pieces', () => {
    const card = SAMPLE_CARDS.find(({ id }) => id === 'foreign-2023');
    const result = card && readIdentity({ text: card.text, photo: card.photo }, READ_ID);
    expect(result?.ok && result.value).toMatchObject({
      name: 'SPECIMEN, PERSON WITH A VERY LONG NAME OF 46',
      nation: null,
      address: '',
    });
  });
});

describe('numbers (domain.md B.1, B.2)', () => {
  test.each(['11010519491231002X', '932682198501010017', '911124198108030024'])('%s is right', (number) => {
    expect(isCitizenNumber(number)).toBe(true);
  });

  test('a foreign number of 2017', () => {
    expect(isForeign2017Number('PAK310080010103')).toBe(true);
    expect(isForeign2017Number('CAN110019810803')).toBe(false);
  });

  test('a foreign number of 2023 begins with 9', () => {
    expect(['932682198501010017', '911124198108030024'].map(isForeign2023Number)).toEqual([true, true]);
    expect(isForeign2023Number('11010519491231002X')).toBe(false);
  });

  test('numbers of travel permits', () => {
    const right = ['H00000000', 'M0000000000', '00000000', '0000000000'];
    expect(right.map(isTravelPermitNumber)).toEqual([true, true, true, true]);
    expect(['K00000000', 'H0000000', '000000000', ''].map(isTravelPermitNumber)).not.toContain(true);
  });

  test('a card says what is not as it should be for its kind', () => {
    const notesOf = (id: string, change: Partial<CardText>) => {
      const text = decodeText(SAMPLE_CARDS.find((card) => card.id === id)?.text ?? new Uint8Array(0));
      if (!text.ok) throw new Error(text.error);
      const block = encodeText({ ...text.value, ...change });
      const result = readIdentity({ text: block, photo: new Uint8Array(1024) }, READ_ID);
      return result.ok && result.value.notes;
    };
    const digits17 = '81000019840217751';
    expect(notesOf('permit', { number: digits17 + citizenCheck(digits17) })).toEqual([]);
    expect(notesOf('permit', { permitNumber: 'K1' })).toEqual(['area-unknown', 'field-malformed']);
    expect(notesOf('permit', { permitNumber: '', issueCount: '' })).toEqual(['area-unknown']);
    expect(notesOf('permit', { issueCount: 'x' })).toEqual(['area-unknown', 'field-malformed']);
    expect(notesOf('foreign-2017', { nationality: 'P1K' })).toEqual(['field-malformed']);
    expect(notesOf('foreign-2017', { number: 'PAK990080010104' })).toEqual([
      'number-check-wrong',
      'area-unknown',
    ]);
    expect(notesOf('foreign-2023', { oldNumberLink: '1' })).toEqual(['field-malformed']);
    expect(notesOf('foreign-2023', { number: '11010519491231002X' })).toEqual([
      'number-check-wrong',
      'birth-differs',
      'area-unknown',
    ]);
  });

  test('one wrong digit, or two neighbours swapped, is noticed', () => {
    const digits = fc.stringMatching(/^\d{17}$/);
    fc.assert(
      fc.property(digits, fc.nat(16), fc.integer({ min: 1, max: 9 }), (digits17, at, by) => {
        const number = digits17 + citizenCheck(digits17);
        expect(isCitizenNumber(number)).toBe(true);
        const other = (Number(number.charAt(at)) + by) % 10;
        expect(isCitizenNumber(number.slice(0, at) + other + number.slice(at + 1))).toBe(false);
      }),
    );
  });
});

test('codes (domain.md A.8)', () => {
  expect([findSex('1'), findSex('2'), findSex('9'), findSex('3')]).toEqual([
    'male',
    'female',
    'not-stated',
    undefined,
  ]);
  const some = ['01', '05', '15', '20', '22', '46', '56', '97', '98', '57', '00'].map(findNationName);
  expect(some).toEqual([
    '汉',
    '维吾尔',
    '土家',
    '傈僳',
    '畲',
    '德昂',
    '基诺',
    '其他',
    '外国血统中国籍',
    undefined,
    undefined,
  ]);
});

test('an added address is trimmed', () => {
  expect(decodeAddedAddress(encodeUtf16('样例路 2 号', 70))).toBe('样例路 2 号');
});
