import { toHex } from '../../base/bytes.ts';
import type { Disk } from '../../base/disk.ts';
import type { Random } from '../../base/random.ts';
import type { JournalPort, OfferedEntry } from '../../sync/ports.ts';
import type { PlantedBug } from './planted.ts';

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

/** After three tries an entry is given up as hopeless. */
const givesUp: PlantedBug = {
  name: 'gives an entry up after three tries',
  foundIn: 'lost-reply',
  breaks: 'law 5',
  terminal: {
    port: (port, kept) => ({
      ...port,
      noteTry(attempt) {
        for (const id of attempt.entryIds) kept.set(toHex(id), Number(kept.get(toHex(id)) ?? 0) + 1);
        port.noteTry(attempt);
      },
      nextBatch: (basis, limits, isSetAside) =>
        port.nextBatch(basis, limits, (id) => isSetAside(id) || Number(kept.get(toHex(id)) ?? 0) >= 3),
    }),
  },
};

/** Whatever comes under the platform's names is believed. */
const anySignature: PlantedBug = {
  name: 'does not look at signatures',
  foundIn: 'forged-reply',
  breaks: 'law 2',
  terminal: { parts: (parts) => ({ ...parts, crypto: { ...parts.crypto, verify: () => true } }) },
};

/** The counter of requests begins at 1 again under the boot's old name. */
const bootReused: PlantedBug = {
  name: 'counts from 1 again after a reboot, as the same boot',
  foundIn: 'kill',
  breaks: 'law 5',
  terminal: {
    parts(parts, _life, kept) {
      let isFirst = true;
      const random: Random = {
        ...parts.random,
        bytes(length) {
          const bytes = parts.random.bytes(length);
          if (!isFirst || length !== 16) return bytes;
          isFirst = false;
          if (!kept.has('boot')) kept.set('boot', bytes);
          return kept.get('boot') as Uint8Array;
        },
      };
      return { ...parts, random };
    },
  },
};

/** The time of any signed answer is taken for now, however long it was on the way. */
const clockFromAnswers: PlantedBug = {
  name: 'sets the clock from any signed answer',
  foundIn: 'duplicate',
  breaks: 'law 9',
  terminal: {
    time: (time, { clock }) => ({
      ...time,
      raiseFloor(issuedAtMs) {
        time.learn({ issuedAtMs, sentMonoMs: clock.monoMs(), receivedMonoMs: clock.monoMs() });
        return time.raiseFloor(issuedAtMs);
      },
    }),
  },
};

/** The repeat of a submission is filed as another one. */
const keptTwice: PlantedBug = {
  name: 'keeps a repeated submission again',
  foundIn: 'lost-reply',
  breaks: 'law 1',
  terminal: {
    wish(wish, kept) {
      const times = Number(kept.get('wishes') ?? 0);
      kept.set('wishes', times + 1);
      const submissionId = Uint8Array.from(wish.submissionId);
      submissionId[0] = times % 256;
      return { ...wish, submissionId };
    },
  },
};

/** A full mirror is passed over: the database has it. */
const mirrorOptional: PlantedBug = {
  name: 'goes on without a mirror that is full',
  foundIn: 'full-disk',
  breaks: 'mirror',
  terminal: {
    parts(parts) {
      const { mirrorDisk } = parts;
      const appendDurably: Disk['appendDurably'] = (path, bytes) => {
        const before = mirrorDisk.findSize(path) ?? 0;
        const appended = mirrorDisk.appendDurably(path, bytes);
        if (!appended.ok) mirrorDisk.truncate(path, before);
        return { ok: true, value: undefined };
      };
      return { ...parts, mirrorDisk: { ...mirrorDisk, appendDurably } };
    },
  },
};

/** Entries are offered while their photographs are still here, which then never leave. */
const filesForgotten: PlantedBug = {
  name: 'leaves photographs to be uploaded after their entry',
  foundIn: 'partition',
  breaks: 'law 5',
  terminal: { port: (port) => ({ ...port, entriesWithFiles: () => [] }) },
};

/** An item that comes down once more is taken for another: only the cursor keeps it away. */
const itemsTwice: PlantedBug = {
  name: 'takes a feed item as often as it comes',
  foundIn: 'platform-restored',
  breaks: 'feed',
  terminal: {
    port: (port, kept) => ({
      ...port,
      applyPage(page) {
        const items = page.items.map((item) => {
          const times = Number(kept.get(toHex(item.itemId)) ?? 0);
          kept.set(toHex(item.itemId), times + 1);
          const itemId = Uint8Array.from(item.itemId);
          itemId[0] = itemId[0]! ^ times;
          return { ...item, itemId };
        });
        return port.applyPage({ ...page, items });
      },
    }),
  },
};

/** What the terminal's program may get wrong. */
export const PLANTED_IN_TERMINAL: readonly PlantedBug[] = [
  eraseAtReceipt,
  mirrorLater,
  filesLater,
  filesErasedAtReceipt,
  storedSending,
  trustedOrder,
  epochForgotten,
  cursorFirst,
  givesUp,
  anySignature,
  bootReused,
  clockFromAnswers,
  keptTwice,
  mirrorOptional,
  filesForgotten,
  itemsTwice,
];
