import type { IdentityRead } from '../api.ts';
import { type CardText, encodeText, PHOTO_BYTES } from '../reader/card-layout.ts';
import { citizenCheck } from '../reader/numbers.ts';

/** A card that can be laid on the simulated reader. */
export interface SampleCard {
  /** Names the card in commands. */
  readonly id: string;
  /** For the person at the dock: who it is, and what is special. */
  readonly label: string;
  /** 256 bytes. */
  readonly text: Uint8Array;
  /** 1,024 bytes. */
  readonly photo: Uint8Array;
  /** Two features of 512 bytes. */
  readonly fingerprint: Uint8Array;
  /** What is told of the card's body; how readers lay it out was not found, so it is bytes alone. */
  readonly bodyNumbers: Uint8Array;
  /** An added address, or `null`. */
  readonly addedAddress: string | null;
  /** Answered to "select" instead of success, by cards that are no resident ID cards. */
  readonly selectStatus: number | null;
}

const BODY_NUMBERS_BYTES = 28;

/** The area of sample numbers, which no county bears (domain.md B.1). */
const SAMPLE_AREA = '330699';

interface Sample {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly nameLatin?: string;
  readonly kind?: IdentityRead['kind'];
  readonly sex: '1' | '2';
  readonly nation?: string;
  readonly birth: string;
  /** Three digits, odd for men. */
  readonly sequence?: string;
  /** Given whole where it is not of the citizens' form. */
  readonly number?: string;
  readonly address?: string;
  readonly addedAddress?: string;
  readonly permitNumber?: string;
  readonly issueCount?: string;
  readonly nationality?: string;
  readonly cardVersion?: string;
  readonly oldNumberLink?: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly selectStatus?: number;
}

const SAMPLES: readonly Sample[] = [
  {
    id: 'mother',
    label: '张桂兰，八十多岁，女',
    name: '张桂兰',
    sex: '2',
    birth: '19410312',
    sequence: '102',
    validFrom: '20060518',
    validTo: '长期',
  },
  {
    id: 'daughter',
    label: '陈秀英，张桂兰的女儿',
    name: '陈秀英',
    sex: '2',
    birth: '19680925',
    sequence: '224',
    validFrom: '20150611',
    validTo: '长期',
  },
  {
    id: 'man-of-70',
    label: '王国强，七十岁，男，卡里有新住址',
    name: '王国强',
    sex: '1',
    birth: '19550704',
    sequence: '311',
    addedAddress: '浙江省样例县沙溪镇董村 88 号',
    validFrom: '20070902',
    validTo: '长期',
  },
  {
    id: 'young-man',
    label: '林志远，三十岁出头，男',
    name: '林志远',
    sex: '1',
    birth: '19930815',
    sequence: '037',
    validFrom: '20180403',
    validTo: '20380403',
  },
  {
    id: 'expired',
    label: '赵丽华，证件已过期',
    name: '赵丽华',
    sex: '2',
    birth: '19790120',
    sequence: '468',
    validFrom: '19990401',
    validTo: '20190401',
  },
  {
    id: 'minority',
    label: '阿依古丽·买买提，名字里有间隔号',
    name: '阿依古丽·买买提',
    sex: '2',
    nation: '05',
    birth: '19880606',
    sequence: '526',
    validFrom: '20200210',
    validTo: '20400210',
  },
  {
    id: 'rare-name',
    label: '李𬭎，名字是生僻字',
    name: '李𬭎',
    sex: '1',
    nation: '22',
    birth: '19721130',
    sequence: '633',
    validFrom: '20120730',
    validTo: '20320730',
  },
  {
    id: 'longest-name',
    label: '卡上写得下的最长的名字',
    name: '阿卜杜热合曼买买提江吐尔逊尼亚',
    sex: '1',
    nation: '05',
    birth: '19760215',
    sequence: '715',
    validFrom: '20160210',
    validTo: '20360210',
  },
  {
    id: 'dotted-name',
    label: '名字里有七个间隔号',
    name: '阿·卜·杜·热·合·曼·买·江',
    sex: '1',
    nation: '05',
    birth: '19760215',
    sequence: '733',
    validFrom: '20160210',
    validTo: '20360210',
  },
  {
    id: 'strange-name',
    label: '名字里有看不见的符号、反写记号、叠字符',
    name: '\u202e\u200b\u0301\u0301\u0301\u0301\u0301李\u200f\u2066四<b>\ufeff',
    sex: '1',
    birth: '19810215',
    sequence: '917',
    validFrom: '20160210',
    validTo: '20360210',
  },
  {
    id: 'permit',
    label: '港澳台居民居住证',
    name: '黄样例',
    kind: 'hmt-permit',
    sex: '1',
    birth: '19840217',
    sequence: '751',
    permitNumber: 'H00000000',
    issueCount: '01',
    validFrom: '20230109',
    validTo: '20280109',
  },
  {
    id: 'foreign-2017',
    label: '外国人永久居留身份证（2017 版）',
    name: '样例',
    nameLatin: 'SPECIMEN, PERSON',
    kind: 'foreign-2017',
    sex: '1',
    birth: '19800101',
    number: 'PAK310080010103',
    nationality: 'PAK',
    cardVersion: '01',
    validFrom: '20180101',
    validTo: '20280101',
  },
  {
    id: 'foreign-2023',
    label: '外国人永久居留身份证（2023 版）',
    name: '',
    nameLatin: 'SPECIMEN, PERSON WITH A VERY LONG NAME OF 46',
    kind: 'foreign-2023',
    sex: '1',
    birth: '19850101',
    number: '932682198501010017',
    issueCount: '01',
    nationality: 'SAU',
    oldNumberLink: '010',
    validFrom: '20240101',
    validTo: '20340101',
  },
  {
    id: 'agent',
    label: '吕小兰，董村代办员',
    name: '吕小兰',
    sex: '2',
    birth: '19790512',
    sequence: '846',
    validFrom: '20160309',
    validTo: '20360309',
  },
  {
    id: 'bank-card',
    label: '银行卡（不是身份证）',
    name: '',
    sex: '1',
    birth: '',
    number: '',
    validFrom: '',
    validTo: '',
    selectStatus: 0x40,
  },
];

/** The cards that lie ready, by their ids. Nobody's: the people are made up, the numbers nobody's. */
export const SAMPLE_CARDS: readonly SampleCard[] = SAMPLES.map((sample) => {
  const text = textOf(sample);
  return {
    id: sample.id,
    label: sample.label,
    text: encodeText(text),
    photo: bytesFor(sample.id, PHOTO_BYTES),
    fingerprint: fingerprintFor(sample.id),
    bodyNumbers: bytesFor(`${sample.id} body`, BODY_NUMBERS_BYTES),
    addedAddress: sample.addedAddress ?? null,
    selectStatus: sample.selectStatus ?? null,
  };
});

/** The card of that id, or `undefined`. */
export function findSampleCard(id: string): SampleCard | undefined {
  return SAMPLE_CARDS.find((card) => card.id === id);
}

function textOf(sample: Sample): CardText {
  const kind = sample.kind ?? 'citizen';
  const isForeign = kind === 'foreign-2017' || kind === 'foreign-2023';
  const digits17 = `${SAMPLE_AREA}${sample.birth}${sample.sequence ?? ''}`;
  return {
    kind,
    name: sample.name,
    nameLatin: sample.nameLatin ?? null,
    sex: sample.sex,
    nation: kind === 'citizen' ? (sample.nation ?? '01') : null,
    birth: sample.birth,
    address: isForeign ? null : (sample.address ?? '浙江省样例县沙溪镇董村 12 号'),
    number: sample.number ?? digits17 + citizenCheck(digits17),
    issuer: kind === 'foreign-2023' ? null : isForeign ? '3100' : '样例县公安局',
    validFrom: sample.validFrom,
    validTo: sample.validTo,
    permitNumber: sample.permitNumber ?? null,
    issueCount: sample.issueCount ?? null,
    nationality: sample.nationality ?? null,
    cardVersion: sample.cardVersion ?? null,
    oldNumberLink: sample.oldNumberLink ?? null,
  };
}

/** Bytes of this card alone: they take many values, as those of a real one do, and are always the same. */
function bytesFor(id: string, length: number): Uint8Array {
  let state = Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** Two features as registered from both thumbs (domain.md A.7), with noise for what a finger would say. */
function fingerprintFor(id: string): Uint8Array {
  const bytes = bytesFor(`${id} fingerprint`, 1024);
  for (const [start, finger] of [
    [0, 11],
    [512, 16],
  ] as const) {
    bytes[start] = 0x43;
    bytes.set([1, finger, 80], start + 4);
  }
  return bytes;
}
