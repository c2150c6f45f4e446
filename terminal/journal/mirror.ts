import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { invariant, type Result } from '../../base/result.ts';
import { type Entry, entryBytes, parseEntry } from '../../sync/formats/entry.ts';
import { type FrameLocal, makeFrame, readFrames } from '../../sync/formats/frame.ts';

/** An entry as it was found in the mirror. */
export interface MirrorFrame {
  readonly entry: Entry;
  readonly local: FrameLocal | null;
  readonly segment: number;
}

/** What a segment holds: its good frames in order, and whether anything in it is damaged. */
export interface SegmentContent {
  readonly frames: readonly MirrorFrame[];
  /** Bytes of no good frame somewhere before the last good one. */
  readonly damaged: boolean;
  /** Bytes of no good frame after the last good one: the mark of an append that was cut off. */
  readonly torn: boolean;
}

/** A segment is closed when it has grown past this, so that what is released can go in pieces. */
const SEGMENT_BYTES = 1024 * 1024;

/**
 * The second copy of the journal: every entry, in the order kept, as fsynced frames in numbered segments. A
 * segment is removed when nothing in it is owed; the newest always begins with, or holds, the journal's head.
 */
export class Mirror {
  readonly #disk: Disk;
  readonly #crypto: Crypto;
  #segment: number;
  #bytes: number;

  constructor(disk: Disk, crypto: Crypto) {
    this.#disk = disk;
    this.#crypto = crypto;
    this.#segment = Math.max(1, ...this.segments());
    this.#bytes = disk.findSize(pathOf(this.#segment)) ?? 0;
  }

  /** The numbers of the segments on disk, oldest first. */
  segments(): readonly number[] {
    return this.#disk.list(FOLDER).flatMap((name) => {
      const number = NAME.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  }

  /** Where the next frame will go. */
  nextSegment(): number {
    return this.#bytes >= SEGMENT_BYTES ? this.#segment + 1 : this.#segment;
  }

  /**
   * Appends an entry and fsyncs. When it cannot, the segment is as it was before; a segment that cannot be put
   * back either is a broken mirror: that throws, and the next start heals it.
   */
  append(
    entry: Pick<Entry, 'headerBytes' | 'signature' | 'body'>,
    local: FrameLocal | null,
  ): Result<void, DiskTrouble> {
    const segment = this.nextSegment();
    const before = segment === this.#segment ? this.#bytes : 0;
    const frame = makeFrame(this.#crypto, entryBytes(entry), local);
    const appended = this.#disk.appendDurably(pathOf(segment), frame);
    if (!appended.ok) {
      this.#cutBack(segment, before);
      return appended;
    }
    this.#segment = segment;
    this.#bytes = before + frame.length;
    return appended;
  }

  /** Makes the next frame begin a new segment. */
  startSegment(): void {
    if (this.#bytes === 0) return;
    this.#segment += 1;
    this.#bytes = 0;
  }

  /** Removes the segments before the newest for which `isOwed` is false. */
  dropSegments(isOwed: (segment: number) => boolean): Result<void, DiskTrouble> {
    for (const segment of this.segments()) {
      if (segment >= this.#segment || isOwed(segment)) continue;
      const removed = this.#disk.remove(pathOf(segment));
      if (!removed.ok) return removed;
    }
    return { ok: true, value: undefined };
  }

  /** The newest segment's number and whether it holds nothing yet. */
  newest(): { readonly segment: number; readonly empty: boolean } {
    return { segment: this.#segment, empty: this.#bytes === 0 };
  }

  /** Reads a segment; one that is not there holds nothing. */
  readSegment(segment: number): Result<SegmentContent, DiskTrouble> {
    const read = this.#disk.read(pathOf(segment));
    if (!read.ok) {
      return read.error.code === 'not-found' ? { ok: true, value: EMPTY } : read;
    }
    const frames: MirrorFrame[] = [];
    let damaged = false;
    let torn = false;
    for (const event of readFrames(this.#crypto, read.value)) {
      const entry = event.kind === 'frame' ? parseEntry(this.#crypto, event.entryBytes) : undefined;
      if (event.kind === 'frame' && entry?.ok) {
        frames.push({ entry: entry.value, local: event.local, segment });
      } else if (event.end === read.value.length) torn = true;
      else damaged = true;
    }
    return { ok: true, value: { frames, damaged, torn } };
  }

  #cutBack(segment: number, bytes: number): void {
    const size = this.#disk.findSize(pathOf(segment)) ?? 0;
    if (size === bytes) return;
    const cut = this.#disk.truncate(pathOf(segment), bytes);
    invariant(cut.ok, 'half an append can be taken back');
  }
}

const FOLDER = 'journal';
const NAME = /^(\d{6,})\.yzf$/;
const EMPTY: SegmentContent = { frames: [], damaged: false, torn: false };

function pathOf(segment: number): string {
  return `${FOLDER}/${String(segment).padStart(6, '0')}.yzf`;
}
