import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, maskName, partOfDay } from './mask.ts';

describe('maskName', () => {
  it.each([
    ['张三', '张*'],
    ['张小三', '张*'],
    ['欧阳修', '欧阳*'],
    ['欧阳', '欧*'],
    ['上官婉儿', '上官*'],
    ['𠮷野家', '𠮷*'],
    ['阿不都热合曼·买买提', '阿*·买*'],
    ['迪丽热巴•迪力木拉提', '迪*·迪*'],
    ['SMITH, JOHN', 'S* J*'],
    ['SMITH, JOHN THE 3RD', 'S* J* T* 3*'],
    [' 李四 ', '李*'],
    ['', '*'],
    ['\u202e\u200b\u0301李\u200f\u2066四<b>\ufeff', '李*'],
    ['\u202e阿\u0301·\u200b买', '阿*·买*'],
    ['\u202e\u200b', '*'],
  ])('%s becomes %s', (name, masked) => expect(maskName(name)).toBe(masked));

  it('never leaves a given name standing', () => {
    const han = fc.string({
      unit: fc.constantFrom(...'王张李欧阳司马小明伟芳娜秀英'),
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(han, (name) => {
        const shown = maskName(name).replaceAll('*', '');
        return name.startsWith(shown) && shown.length < name.length;
      }),
    );
  });
});

describe('addressOf', () => {
  it.each([
    ['张三', 'female', '张女士', 'Ms 张'],
    ['欧阳修', 'male', '欧阳先生', 'Mr 欧阳'],
    ['阿不都热合曼·买买提', 'male', '先生', 'sir'],
    ['张三', 'unknown', '您', 'you'],
    ['SMITH, JOHN THE 3RD', 'male', '先生', 'sir'],
  ] as const)('%s, %s', (name, sex, zh, en) => expect(addressOf(name, sex)).toEqual({ zh, en }));
});

it('tells the part of the day', () => {
  expect([5, 10, 11, 12, 13, 17, 18, 23, 0, 4].map(partOfDay)).toEqual([
    ...[
      'morning',
      'morning',
      'noon',
      'noon',
      'afternoon',
      'afternoon',
      'evening',
      'evening',
      'evening',
      'evening',
    ],
  ]);
});
