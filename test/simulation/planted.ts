import { toHex } from '../../base/bytes.ts';
import type { Disk } from '../../base/disk.ts';
import type { PlatformContext } from '../../platform/context.ts';
import { type Answer, answerHead, served } from '../../platform/gateway/answer.ts';
import { findEntryName } from '../../platform/intake/open-entry.ts';
import { OUTCOME, receiptFormat } from '../../sync/formats/answers.ts';
import { makeBatchAnswer, type OfferedEntryMessage, parseBatch } from '../../sync/formats/messages.ts';
import type { JournalPort, OfferedEntry } from '../../sync/ports.ts';
import type { Theme } from './history.ts';
import type { Bug } from './world.ts';

/** A bug that the histories must find, in which of them, and by which law. */
export interface PlantedBug extends Bug {
  readonly foundIn: Theme;
  readonly breaks: string;
}

/** Bodies are erased when the platform says "held", instead of "held and backed up". */
const eraseAtReceipt: PlantedBug = {
  name: 'erases at the receipt',
  foundIn: 'kill',
  breaks: 'law 2',
  terminal: {
    port: (port) => ({
      ...port,
      applyReceipt(receipt) {
        const counted = port.applyReceipt(receipt);
        const ranges = receipt.items.map(({ seq, entryHash }) => ({
          from: seq,
          to: seq,
          hashAtTo: entryHash,
        }));
        port.applyRelease({ journalId: receipt.journalId, ranges, bytes: receipt.bytes });
        return counted;
      },
    }),
  },
};

/** "Kept" is said before the mirror has it: the append reaches its disk a moment later. */
const mirrorLater: PlantedBug = {
  name: 'says kept before the mirror has it',
  foundIn: 'hurt-disk',
  breaks: 'law 1',
  terminal: {
    parts: (parts, life) => {
      const { mirrorDisk, clock } = parts;
      return {
        ...parts,
        mirrorDisk: {
          ...mirrorDisk,
          appendDurably(path, bytes) {
            clock.after(2_000, () => life.alive() && mirrorDisk.appendDurably(path, bytes));
            return { ok: true, value: undefined };
          },
        },
      };
    },
  },
};

/** The entry is written before its photographs are durable: they reach the disk a moment later. */
const filesLater: PlantedBug = {
  name: 'writes an entry before its photographs are durable',
  foundIn: 'kill',
  breaks: 'law 5',
  terminal: {
    parts: (parts, life) => {
      const { disk, clock } = parts;
      return {
        ...parts,
        disk: {
          ...disk,
          writeDurably(path, bytes) {
            if (!path.startsWith('attachments/')) return disk.writeDurably(path, bytes);
            clock.after(2_000, () => life.alive() && disk.writeDurably(path, bytes));
            return { ok: true, value: undefined };
          },
        },
      };
    },
  },
};

/** Photographs are erased when the platform says "held": a platform restored from its backup has neither. */
const filesErasedAtReceipt: PlantedBug = {
  name: 'erases photographs at the receipt',
  foundIn: 'kill',
  breaks: 'law 2',
  terminal: {
    parts(parts, _life, kept) {
      kept.set('disk', parts.disk);
      return parts;
    },
    port: (port, kept) => ({
      ...port,
      applyReceipt(receipt) {
        const counted = port.applyReceipt(receipt);
        const disk = kept.get('disk') as Disk;
        for (const name of disk.list('attachments')) disk.remove(`attachments/${name}`);
        return counted;
      },
    }),
  },
};

/** What was offered once is stored as "sending" and never offered again. */
const storedSending: PlantedBug = {
  name: 'stores "sending" and never retries',
  foundIn: 'lost-reply',
  breaks: 'law 5',
  terminal: {
    port: (port, kept) => ({
      ...port,
      nextBatch(basis, limits, isSetAside) {
        const batch = port
          .nextBatch(basis, limits, isSetAside)
          .filter(({ entryId }) => !kept.has(toHex(entryId)));
        for (const { entryId } of batch) kept.set(toHex(entryId), 'sending');
        return batch;
      },
    }),
  },
};

/** A receipt's items are taken for the entries of the last batch, by their order. */
const trustedOrder: PlantedBug = {
  name: "trusts a receipt's order",
  foundIn: 'garbled-reply',
  breaks: 'law 1',
  terminal: {
    port(port) {
      let last: readonly OfferedEntry[] = [];
      return {
        ...port,
        nextBatch(basis, limits, isSetAside) {
          last = port.nextBatch(basis, limits, isSetAside);
          return last;
        },
        applyReceipt(receipt) {
          const items = receipt.items.flatMap(({ outcome }, index) => {
            const entry = last[index];
            return entry
              ? [{ seq: entry.seq, entryId: entry.entryId, entryHash: entry.entryHash, outcome }]
              : [];
          });
          const journalId = last[0]?.journalId ?? receipt.journalId;
          return port.applyReceipt({ ...receipt, journalId, items });
        },
      };
    },
  },
};

/** Receipts of a former epoch still count after the platform came back from a backup. */
const epochForgotten: PlantedBug = {
  name: 'lets receipts of a former epoch count',
  foundIn: 'platform-restored',
  breaks: 'law 1',
  terminal: {
    port(port, kept) {
      const first = (basis: Parameters<JournalPort['nextBatch']>[0]) => {
        if (!kept.has('epoch')) kept.set('epoch', basis.epoch);
        return { ...basis, epoch: kept.get('epoch') as Uint8Array };
      };
      return {
        ...port,
        nextBatch: (basis, limits, isSetAside) => port.nextBatch(first(basis), limits, isSetAside),
        applyReceipt: (receipt) => port.applyReceipt({ ...receipt, basis: first(receipt.basis) }),
        countOwed: (basis) => port.countOwed(basis && first(basis)),
      };
    },
  },
};

/** The cursor of the feed moves on before a page's items are stored. */
const cursorFirst: PlantedBug = {
  name: "moves the feed's cursor before its items are stored",
  foundIn: 'progress',
  breaks: 'feed',
  terminal: {
    port: (port) => ({
      ...port,
      applyPage(page) {
        port.applyPage({ ...page, items: [] });
        return port.applyPage({ ...page, after: page.next, next: page.next });
      },
    }),
  },
};

/** The platform knows entries by their number instead of their id: a number it saw before is "held" already. */
const onceBySeq: PlantedBug = {
  name: 'holds once by number instead of by id',
  foundIn: 'hurt-disk',
  breaks: 'law 1',
  platform: {
    dispatch(dispatch, context) {
      const seen = new Map<number, string>();
      return async (name, request) => {
        const batch = name === 'entries' ? parseBatch(request.content) : undefined;
        const offered = batch?.ok ? batch.value : [];
        const doubled = offered.filter(
          ({ seq, entryId }) => (seen.get(seq) ?? toHex(entryId)) !== toHex(entryId),
        );
        if (doubled.length > 0) return sayHeld(context, doubled);
        const answer = await dispatch(name, request);
        if (answer.status === 200) for (const { seq, entryId } of offered) seen.set(seq, toHex(entryId));
        return answer;
      };
    },
  },
};

function sayHeld(context: PlatformContext, entries: readonly OfferedEntryMessage[]): Answer {
  const { key } = context.keys.answerKey();
  const receipts = entries.flatMap(({ entry, journalId, seq, entryId, entryHash }) => {
    const name = findEntryName(context.crypto, entry);
    if (!name) return [];
    const items = [{ seq, entryId, entryHash, outcome: OUTCOME.held }];
    return [receiptFormat.make(key, { ...answerHead(context, name.terminalId), journalId, items })];
  });
  return served(makeBatchAnswer({ receipts, releases: [], later: [] }));
}

/** Each must be found by the histories. */
export const PLANTED: readonly PlantedBug[] = [
  eraseAtReceipt,
  mirrorLater,
  filesLater,
  filesErasedAtReceipt,
  storedSending,
  trustedOrder,
  epochForgotten,
  cursorFirst,
  onceBySeq,
];
