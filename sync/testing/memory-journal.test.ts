import { describe, expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { OUTCOME } from '../formats/answers.ts';
import { type Entry, NO_PREVIOUS } from '../formats/entry.ts';
import { sample32, sampleEntry, sampleWorld } from '../formats/sample.ts';
import { journalPortRules } from './journal-port-rules.ts';
import { createMemoryJournal } from './memory-journal.ts';
import { enrolledTrust } from './rig.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);

function makeJournal() {
  const port = createMemoryJournal(enrolledTrust(world));
  let last: Entry | undefined;
  return {
    port,
    keep(entryClass: 0 | 1 | 2, supersedes: Uint8Array | null = null) {
      const seq = (last?.header.seq ?? 0) + 1;
      const prev = last?.entryHash ?? NO_PREVIOUS;
      last = sampleEntry(crypto, world, { seq, prev, class: entryClass, supersedes });
      port.append(last);
      const { journalId, entryId } = last.header;
      return { journalId, seq, entryId, entryHash: last.entryHash };
    },
    offerAgain: port.offerAgain,
    hasBody: (entryId: Uint8Array) => port.bodyOf(entryId) !== null,
  };
}

describe('a journal in memory', () => {
  journalPortRules(crypto, makeJournal);

  it('offers no entry whose successor is held, and closes it with its successor', () => {
    const journal = makeJournal();
    const basis = { epoch: world.epoch, keySetNumber: 1 };
    const refused = journal.keep(1);
    const items = (entry: typeof refused, outcome: number) => [{ ...entry, outcome }];
    const bytes = sample32(crypto, 'receipt');
    const { journalId } = refused;
    journal.port.applyReceipt({ journalId, items: items(refused, OUTCOME.unopenable), basis, bytes });
    const successor = journal.keep(1, refused.entryId);
    journal.port.applyReceipt({ journalId, items: items(successor, OUTCOME.held), basis, bytes });
    const later = { ...basis, keySetNumber: 2 };
    expect(journal.port.nextBatch(later, { entries: 9, bytes: 1e6 }, () => false)).toEqual([]);
    const ranges = [{ from: successor.seq, to: successor.seq, hashAtTo: successor.entryHash }];
    journal.port.applyRelease({ journalId, ranges, bytes });
    expect(journal.hasBody(refused.entryId)).toBe(false);
    expect(journal.port.owedHeads()).toEqual([]);
  });
});
