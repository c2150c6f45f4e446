import { findHex } from '../../base/bytes.ts';
import { citizenCheck } from '../reader/numbers.ts';
import { FILES, HOLDER_ITEMS, SSSE_NAME } from '../social-card/card-files.ts';
import { encodeAn, encodeItem } from '../social-card/items.ts';

/** A chip card that can be put into the simulated slot. */
export interface SampleChipCard {
  /** Names the card in commands. */
  readonly id: string;
  /** For the person at the dock. */
  readonly label: string;
  /** Records of each file, by the file's name; null for a card of another kind. */
  readonly files: ReadonlyMap<number, readonly Uint8Array[]> | null;
  /** It says how long its answers are and waits to be asked for them, as most do. */
  readonly isFetched: boolean;
  /** It reads records by their number alone. */
  readonly knowsTags: boolean;
}

/** The area of sample numbers, which no county bears (domain.md B.1). */
const SAMPLE_AREA = '330699';

function socialCard(
  id: string,
  label: string,
  holder: { readonly name: string; readonly birth: string; readonly sequence: string },
  ways: { readonly isFetched: boolean; readonly knowsTags: boolean },
): SampleChipCard {
  const digits = `${SAMPLE_AREA}${holder.birth}${holder.sequence}`;
  const { number, name } = HOLDER_ITEMS;
  const records = [
    encodeItem(number.tag, encodeAn(digits + citizenCheck(digits), number.bytes)),
    encodeItem(name.tag, encodeAn(holder.name, name.bytes)),
  ];
  return { id, label, files: new Map([[FILES.holder, records]]), ...ways };
}

/** The cards that lie ready. Nobody's: the people are made up, the numbers nobody's. */
export const SAMPLE_CHIP_CARDS: readonly SampleChipCard[] = [
  socialCard(
    'daughter',
    '陈秀英的社保卡',
    { name: '陈秀英', birth: '19680925', sequence: '224' },
    { isFetched: true, knowsTags: true },
  ),
  socialCard(
    'minority',
    '阿依古丽·买买提的社保卡，只按序号读',
    { name: '阿依古丽·买买提', birth: '19880606', sequence: '526' },
    { isFetched: false, knowsTags: false },
  ),
  { id: 'bank-card', label: '银行卡（不是社保卡）', files: null, isFetched: false, knowsTags: false },
];

const SELECT = 0xa4;
const READ_RECORD = 0xb2;
const GET_RESPONSE = 0xc0;
const STATUS = {
  done: '9000',
  noFile: '6A82',
  noRecord: '6A83',
  notSupported: '6A81',
  unknown: '6D00',
  refused: '6985',
} as const;

/** What a chip card answers, command by command, from the moment it is powered. */
export class ChipCard {
  readonly #card: SampleChipCard;
  #isInside = false;
  #file: readonly Uint8Array[] | undefined;
  #waiting: Uint8Array = new Uint8Array(0);

  constructor(card: SampleChipCard) {
    this.#card = card;
  }

  /** The answer to a command, its status word at the end. */
  answer(command: Uint8Array): Uint8Array {
    const [, instruction, p1 = 0, p2 = 0, length = 0, ...data] = command;
    switch (instruction) {
      case SELECT:
        return this.#select(p1, Uint8Array.from(data.slice(0, length)));
      case READ_RECORD:
        return this.#read(p1, p2, length);
      case GET_RESPONSE:
        return this.#give(this.#waiting, length);
      default:
        return status(STATUS.unknown);
    }
  }

  #select(p1: number, name: Uint8Array): Uint8Array {
    const { files } = this.#card;
    if (p1 === 0x04) {
      this.#isInside = files !== null && SSSE_NAME.every((byte, index) => name[index] === byte);
      return this.#isInside ? this.#offer(FILE_INFO) : status(STATUS.noFile);
    }
    const [high = 0, low = 0] = name;
    this.#file = this.#isInside ? files?.get((high << 8) | low) : undefined;
    return status(this.#file === undefined ? STATUS.noFile : STATUS.done);
  }

  #read(p1: number, p2: number, length: number): Uint8Array {
    if (this.#file === undefined) return status(STATUS.refused);
    if (p2 === 0x00 && !this.#card.knowsTags) return status(STATUS.notSupported);
    const record = p2 === 0x00 ? this.#file.find(([tag]) => tag === p1) : this.#file[p1 - 1];
    return record === undefined ? status(STATUS.noRecord) : this.#give(record, length);
  }

  /** What a select yields: at once, or to be fetched. */
  #offer(bytes: Uint8Array): Uint8Array {
    if (!this.#card.isFetched) return Uint8Array.from([...bytes, ...status(STATUS.done)]);
    this.#waiting = bytes;
    return Uint8Array.of(0x61, bytes.length);
  }

  /** So many bytes as were asked for; it says so when that is not how many there are. */
  #give(bytes: Uint8Array, length: number): Uint8Array {
    if (length !== bytes.length) return Uint8Array.of(0x6c, bytes.length);
    return Uint8Array.from([...bytes, ...status(STATUS.done)]);
  }
}

/** What a card says of its environment: its name again. */
const FILE_INFO = Uint8Array.of(0x6f, SSSE_NAME.length + 2, 0x84, SSSE_NAME.length, ...SSSE_NAME);

function status(hex: string): Uint8Array {
  return findHex(hex) ?? new Uint8Array();
}
