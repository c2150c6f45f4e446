/** Sample people for tests: the specimen, and numbers of area 330699, which no county bears (domain.md B.1). */
import type { IdentityRead } from '../../../drivers/api.ts';

/** What tells one sample person from another. */
export interface SamplePerson {
  readonly name: string;
  readonly number: string;
  readonly sex: 'male' | 'female';
  readonly birth: string;
  readonly validTo: string;
}

export const SPECIMEN: SamplePerson = {
  name: '张桂兰',
  number: '11010519491231002X',
  sex: 'female',
  birth: '1949-12-31',
  validTo: 'long-term',
};

/** Old enough for the old-age allowance. */
export const ELDER: SamplePerson = {
  name: '欧阳伯年',
  number: numberOf('19380304', '001'),
  sex: 'male',
  birth: '1938-03-04',
  validTo: 'long-term',
};

export const NEIGHBOUR: SamplePerson = {
  name: '俞小燕',
  number: numberOf('19850617', '004'),
  sex: 'female',
  birth: '1985-06-17',
  validTo: '2036-01-01',
};

let reads = 0;

/** Lays a card: a new read each time, with a photo block of its own memory that is the card's own. */
export function readOf(person: SamplePerson, over: Partial<IdentityRead> = {}): IdentityRead {
  reads += 1;
  return {
    readId: reads.toString(16).padStart(32, '0'),
    kind: 'citizen',
    name: person.name,
    nameLatin: null,
    sex: person.sex,
    nation: { code: '01', name: '汉' },
    birth: person.birth,
    address: '浙江省新昌县沙溪镇样板村 1 号',
    number: person.number,
    numberValid: true,
    issuer: '样板公安局',
    validFrom: '2016-01-01',
    validTo: person.validTo,
    photo: photoOf(person),
    notes: [],
    ...over,
  };
}

/** 1,024 bytes that depend on the number alone, as varied as a real block. */
function photoOf({ number }: SamplePerson): Uint8Array {
  let state = [...number].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) >>> 0, 7);
  return Uint8Array.from({ length: 1024 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** A citizen number of area 330699 with its check character. */
export function numberOf(birth: string, sequence: string): string {
  const body = `330699${birth}${sequence}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return body + '10X98765432'[sum % 11];
}
