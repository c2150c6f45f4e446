import { describe, expect, it } from 'vitest';
import { concat } from '../../base/bytes.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { sealBody } from '../../sync/formats/body.ts';
import { type Entry, entryBytes, makeEntry } from '../../sync/formats/entry.ts';
import { makeFrame } from '../../sync/formats/frame.ts';
import { SAMPLE_MS } from '../../sync/formats/sample.ts';
import {
  BASIS,
  crash,
  crypto,
  idOf,
  type MemoryParts,
  offered,
  openEnrolled,
  parsed,
  receipt,
  release,
  world,
} from '../testing/keeper-world.ts';
import { change, keepMore, kept, segments } from '../testing/kept.ts';
import { Mirror } from './mirror.ts';

describe('an entry that supersedes another', () => {
  /** Appends to the mirror an entry of this terminal, as a later release of ours may make it. */
  function appendSuperseding(parts: MemoryParts, last: Entry, supersedes: Uint8Array): void {
    const { terminalId, journalId, bootId } = last.header;
    const body = sealBody(crypto, {
      ...{ terminalId, entryId: idOf('successor'), sealPublicKey: world.sealing.publicKey },
      ...{ content: encodeContent({ schema: 1, kind: 'case.submitted' }), acts: [] },
    });
    if (!body.ok) throw new Error('seals');
    const made = makeEntry(
      crypto,
      world.terminal,
      {
        ...{
          terminalId,
          journalId,
          bootId,
          seq: last.header.seq + 1,
          prev: last.entryHash,
          class: 1 as const,
        },
        ...{
          attachments: [],
          supersedes,
          wallMs: SAMPLE_MS,
          clock: last.header.clock,
          monoMs: 1,
          software: 'x',
        },
      },
      body.value,
    );
    if (!made.ok) throw new Error('makes');
    new Mirror(parts.mirrorDisk, crypto).append(made.value, null);
  }

  it('stops the offering of the earlier once it is held, and closes it when it is closed', () => {
    const parts = kept('a');
    const first = openEnrolled(parts);
    const a = offered(first).find(({ seq }) => seq === 2)!;
    receipt(first, [a], 4);
    crash(parts);
    appendSuperseding(parts, parsed([a])[0]!, a.entryId);
    const opened = openEnrolled(parts);
    const later = { ...BASIS, keySetNumber: 2 };
    const seqs = () => offered(opened, later).map(({ seq }) => seq);
    expect(seqs()).toEqual([2, 3, 1]);
    const successor = offered(opened).find(({ seq }) => seq === 3)!;
    receipt(opened, [successor]);
    expect(seqs()).toEqual([1]);
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 1, held: 1, refused: 1 });
    expect(release(opened, successor, 3)).toBe(1);
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 1, held: 0, refused: 0 });
    expect(opened.keeper.entryState(a.entryId)).toBe('delivered');
  });
});

describe('frames that are not this terminal’s', () => {
  it('are not taken when the own key did not sign them', () => {
    const parts = kept('a');
    const older = parts.store.findImage();
    keepMore(parts, 'b');
    const entry = parsed(offered(openEnrolled(parts))).find(({ header }) => header.seq === 3)!;
    crash(parts);
    const forged = { ...entry, signature: entry.signature.slice().fill(1) };
    change(parts, segments(parts)[0]!, (bytes) => {
      const frame = makeFrame(crypto, entryBytes(entry), null);
      const at = Buffer.from(bytes).lastIndexOf('YZF1');
      expect(bytes.length - at).toBeGreaterThan(frame.length);
      return concat(bytes.subarray(0, at), makeFrame(crypto, entryBytes(forged), null));
    });
    parts.store.putImage(older);
    const opened = openEnrolled(parts);
    expect(opened.recovery.fromMirror).toBe(0);
    expect(offered(opened).map(({ seq }) => seq)).not.toContain(3);
  });
});
