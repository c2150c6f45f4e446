/**
 * Whether bytes a screen hands in are one recording of speech and nothing else: WebM (RFC 8794 EBML, RFC 9559
 * Matroska) with a single track of Opus, as browsers record it. Whatever such a recording does not hold is refused:
 * pictures, files inside the file, notes on where and when, bytes behind the end. Nothing is decoded here.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { RECORDING_LIMITS, RECORDING_SLACK_SECONDS } from '../../catalog/recording.ts';

/** Why bytes are not taken as a recording. */
export type WebmProblem = 'too-large' | 'no-webm' | 'holds-more' | 'too-long' | 'silent';

/** Element ids (RFC 9559, section 5.1). */
const ID = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackType: 0x83,
  codec: 0x86,
  cluster: 0x1f43b675,
  clusterTime: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  cues: 0x1c53bb6b,
  void: 0xec,
  checksum: 0xbf,
} as const;

/** What may lie in a segment besides what is looked into, and says nothing of anybody. */
const PLAIN: ReadonlySet<number> = new Set([ID.seekHead, ID.info, ID.cues, ID.void, ID.checksum]);

/** Looked into where they stand; browsers give neither of the first two a length. */
const OPENED: ReadonlySet<number> = new Set([ID.segment, ID.cluster, ID.blockGroup]);

const AUDIO_TRACK = 2;
const OPUS = 'A_OPUS';

/** Timestamps count milliseconds, in every recording a browser makes. */
const MILLISECOND_NS = 1_000_000;

interface Element {
  readonly id: number;
  /** Where its content begins, and where it ends. */
  readonly from: number;
  readonly to: number;
}

/** How long the one recording in `bytes` is in milliseconds, or why they are not taken. */
export function checkWebm(bytes: Uint8Array, maxSeconds: number): Result<number, WebmProblem> {
  if (bytes.length > RECORDING_LIMITS.maxBytes) return err('too-large');
  const header = findElement(bytes, 0, bytes.length);
  if (header?.id !== ID.header || textIn(bytes, header, ID.docType) !== 'webm') return err('no-webm');
  const read = { tracks: 0, blocks: 0, clusterMs: 0, lastMs: 0 };
  for (let at = header.to; at < bytes.length; ) {
    const element = findElement(bytes, at, bytes.length);
    if (element === undefined || (at === header.to) !== (element.id === ID.segment)) return err('no-webm');
    const { id, from, to } = element;
    if (id === ID.tracks) {
      if (!isSpeechAlone(bytes, element)) return err('holds-more');
      read.tracks += 1;
    } else if (id === ID.clusterTime) read.clusterMs = numberAt(bytes, element);
    else if (id === ID.simpleBlock || id === ID.block) {
      read.blocks += 1;
      read.lastMs = Math.max(read.lastMs, read.clusterMs + blockMs(bytes, element));
    } else if (id === ID.info && !countsMilliseconds(bytes, element)) return err('no-webm');
    else if (!PLAIN.has(id) && !OPENED.has(id)) return err('holds-more');
    at = OPENED.has(id) ? from : to;
  }
  if (read.tracks !== 1) return err('no-webm');
  if (read.blocks === 0) return err('silent');
  return read.lastMs > (maxSeconds + RECORDING_SLACK_SECONDS) * 1000 ? err('too-long') : ok(read.lastMs);
}

/** One track, of speech, in the codec that the desk can play. */
function isSpeechAlone(bytes: Uint8Array, tracks: Element): boolean {
  const entries = [...childrenOf(bytes, tracks)].filter(({ id }) => id === ID.trackEntry);
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) return false;
  const type = [...childrenOf(bytes, entry)].find(({ id }) => id === ID.trackType);
  return (
    type !== undefined && numberAt(bytes, type) === AUDIO_TRACK && textIn(bytes, entry, ID.codec) === OPUS
  );
}

function countsMilliseconds(bytes: Uint8Array, info: Element): boolean {
  const scale = [...childrenOf(bytes, info)].find(({ id }) => id === ID.timestampScale);
  return scale === undefined || numberAt(bytes, scale) === MILLISECOND_NS;
}

/** The time of a block after its cluster's: behind the track number, two bytes with a sign. */
function blockMs(bytes: Uint8Array, { from, to }: Element): number {
  if (to - from < 4) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset + from + 1, 2).getInt16(0);
}

function* childrenOf(bytes: Uint8Array, parent: Element): Generator<Element> {
  for (let at = parent.from; at < parent.to; ) {
    const child = findElement(bytes, at, parent.to);
    if (child === undefined) return;
    yield child;
    at = child.to;
  }
}

function textIn(bytes: Uint8Array, parent: Element, id: number): string | undefined {
  const found = [...childrenOf(bytes, parent)].find((child) => child.id === id);
  return found && String.fromCharCode(...bytes.subarray(found.from, Math.min(found.to, found.from + 32)));
}

function numberAt(bytes: Uint8Array, { from, to }: Element): number {
  return bytes.subarray(from, Math.min(to, from + 6)).reduce((number, byte) => number * 256 + byte, 0);
}

/** The element that begins at `at`; one of unknown length reaches to `end`. */
function findElement(bytes: Uint8Array, at: number, end: number): Element | undefined {
  const id = findVint(bytes, at, 4);
  const size = id && findVint(bytes, at + id.length, 8);
  if (id === undefined || size === undefined) return undefined;
  const from = at + id.length + size.length;
  const to = size.isUnknown && OPENED.has(id.whole) ? end : from + size.value;
  return to <= end ? { id: id.whole, from, to } : undefined;
}

interface Vint {
  readonly length: number;
  /** With the mark of its length, as ids are written. */
  readonly whole: number;
  readonly value: number;
  /** All ones: no length is said. */
  readonly isUnknown: boolean;
}

/** A number of variable length (RFC 8794, section 4) of at most `most` bytes. */
function findVint(bytes: Uint8Array, at: number, most: number): Vint | undefined {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > most || at + length > bytes.length) return undefined;
  const mark = 1 << (8 - length);
  const rest = bytes.subarray(at + 1, at + length);
  const fold = (start: number) => rest.reduce((number, byte) => number * 256 + byte, start);
  const isUnknown = (first & (mark - 1)) === mark - 1 && rest.every((byte) => byte === 0xff);
  return { length, whole: fold(first), value: fold(first & (mark - 1)), isUnknown };
}
