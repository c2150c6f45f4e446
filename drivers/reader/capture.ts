import { toHex } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { TEXT_BYTES, TYPE_OFFSET } from './card-layout.ts';
import { parseAnswer, type SamAnswer } from './commands.ts';
import { type CardBlocks, type DataTrouble, splitCardData } from './identity.ts';
import { checkOf, HEADER_BYTES, MAX_LENGTH, PREAMBLE } from './sam-frame.ts';
import { meaningOf, SUCCESS } from './status.ts';

/** What is wrong with a capture, and where. `offset` counts bytes of the frame, or characters of the text. */
export interface CaptureTrouble {
  readonly what: string;
  readonly unit: 'byte' | 'character';
  readonly offset: number;
  readonly expected: string;
  readonly found: string;
}

/** SW1, SW2, SW3 and the check. */
const MIN_LENGTH = 4;

/** Where an answer's data begin: after header, SW1, SW2, SW3. */
const DATA_OFFSET = HEADER_BYTES + 3;

/** The shortest data of a read: two lengths and a text block. */
const MIN_READ_BYTES = 4 + TEXT_BYTES;

/** Hex digits, with white space anywhere between them, as bytes. Error: the first character that is neither. */
export function parseHex(text: string): Result<Uint8Array, CaptureTrouble> {
  const digits: string[] = [];
  for (const { 0: character, index } of text.matchAll(/\S/gu)) {
    if (!/[\da-f]/i.test(character)) {
      return err(
        troubleAt('hex digit', index, 'a hex digit or a space', JSON.stringify(character), 'character'),
      );
    }
    digits.push(character);
  }
  if (digits.length % 2 === 1) {
    return err(
      troubleAt('hex digit', text.length, 'a second digit for the last byte', 'the end', 'character'),
    );
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (const index of bytes.keys()) {
    bytes[index] = Number.parseInt(`${digits[index * 2]}${digits[index * 2 + 1]}`, 16);
  }
  return ok(bytes);
}

/**
 * Takes one captured answer to a read (30 01 or 30 10) apart, and believes nothing of it: preamble, length,
 * check, status and the lengths within must all be right, and nothing may follow.
 * Error: the first thing that is wrong.
 */
export function readCapture(frame: Uint8Array): Result<CardBlocks, CaptureTrouble> {
  const trouble = findFrameTrouble(frame);
  if (trouble !== undefined) return err(trouble);
  const answer = parseAnswer(frame.subarray(HEADER_BYTES, -1));
  const refusal = findRefusal(answer);
  if (refusal !== undefined) return err(refusal);
  const blocks = splitCardData(answer.data);
  return blocks.ok ? blocks : err(dataTrouble(blocks.error));
}

/** The trouble with a text block of no known layout. */
export function unknownKind(blocks: CardBlocks): CaptureTrouble {
  const textOffset = DATA_OFFSET + (blocks.fingerprint.length > 0 ? 6 : 4);
  return troubleAt(
    'kind of card',
    textOffset + TYPE_OFFSET,
    '2000 (citizen), 4A00 (J), 4900 (I) or 5900 (Y)',
    hexOf(blocks.text.subarray(TYPE_OFFSET, TYPE_OFFSET + 2)),
  );
}

function findFrameTrouble(frame: Uint8Array): CaptureTrouble | undefined {
  for (const [offset, byte] of PREAMBLE.entries()) {
    const found = frame[offset];
    if (found !== byte) return troubleAt('preamble', offset, hexByte(byte), hexByte(found));
  }
  if (frame.length < HEADER_BYTES) return troubleAt('length', frame.length, 'two bytes', 'the end');
  const length = ((frame[5] ?? 0) << 8) | (frame[6] ?? 0);
  const held = frame.length - HEADER_BYTES;
  if (isWhole(frame, length) && length < held) return trailingTrouble(frame, HEADER_BYTES + length);
  if (length !== held || length < MIN_LENGTH || length > MAX_LENGTH) return lengthTrouble(length, held);
  const check = checkOf(frame, frame.length - 1);
  const found = frame.at(-1);
  return check === found
    ? undefined
    : troubleAt('check (XOR of all bytes from 5 on)', frame.length - 1, hexByte(check), hexByte(found));
}

/** Whether the frame ends, with a right check, where its length says. */
function isWhole(frame: Uint8Array, length: number): boolean {
  const end = HEADER_BYTES + length;
  return length >= MIN_LENGTH && end <= frame.length && checkOf(frame, end - 1) === frame[end - 1];
}

/** A second frame, or noise after the first. */
function trailingTrouble(frame: Uint8Array, end: number): CaptureTrouble {
  const found = `${hexByte(frame[end])}, ${frame.length - end} bytes more`;
  return troubleAt('end of the frame', end, 'the end', found);
}

/** Which of the two is wrong, the length or the number of bytes, nobody can tell: both are said. */
function lengthTrouble(length: number, held: number): CaptureTrouble {
  if (held < MIN_LENGTH || held > MAX_LENGTH) {
    const expected = `${hexWord(MIN_LENGTH)} to ${hexWord(MAX_LENGTH)} for an answer`;
    return troubleAt('length', 5, expected, `${hexWord(length)} before ${held} bytes`);
  }
  return troubleAt(
    'length',
    differingByte(5, held, length),
    `${hexWord(held)} for the ${held} bytes that follow`,
    hexWord(length),
  );
}

/** Why an answer is none to a read that went well. SW1 and SW2 are the card's own affair (domain.md A.6). */
function findRefusal(answer: SamAnswer): CaptureTrouble | undefined {
  if (answer.sw3 !== SUCCESS) {
    const meaning = meaningOf(answer.sw3).kind;
    return troubleAt(
      'status SW3',
      DATA_OFFSET - 1,
      `${hexByte(SUCCESS)} (success)`,
      `${hexByte(answer.sw3)} (${meaning})`,
    );
  }
  if (answer.data.length < MIN_READ_BYTES) {
    return troubleAt(
      'data of a read',
      DATA_OFFSET,
      `at least ${MIN_READ_BYTES} bytes`,
      `${answer.data.length} bytes: no answer to a read`,
    );
  }
  return undefined;
}

function dataTrouble({ what, offset, expected, found }: DataTrouble): CaptureTrouble {
  const at = differingByte(DATA_OFFSET + offset, expected, found);
  return troubleAt(what.replace('-', ' '), at, hexWord(expected), hexWord(found));
}

/** The offset of the first byte in which two big-endian words differ. */
function differingByte(offset: number, expected: number, found: number): number {
  return expected >>> 8 === found >>> 8 ? offset + 1 : offset;
}

function troubleAt(
  what: string,
  offset: number,
  expected: string,
  found: string,
  unit: CaptureTrouble['unit'] = 'byte',
): CaptureTrouble {
  return { what, unit, offset, expected, found };
}

function hexByte(byte: number | undefined): string {
  return byte === undefined ? 'the end' : hexOf(Uint8Array.of(byte));
}

function hexWord(value: number): string {
  return hexOf(Uint8Array.of(value >>> 8, value));
}

function hexOf(bytes: Uint8Array): string {
  return toHex(bytes).toUpperCase();
}
