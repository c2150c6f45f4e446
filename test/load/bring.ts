/** What terminals bring: their entries sealed, signed and linked beforehand, so that making them costs no one's time. */
import type { Crypto } from '../../base/crypto/api.ts';
import { invariant } from '../../base/result.ts';
import { filedCase } from '../../platform/testing/test-terminal.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { sealBody } from '../../sync/formats/body.ts';
import { ENTRY_CLASS, type Entry, entryBytes, makeEntry, NO_PREVIOUS } from '../../sync/formats/entry.ts';
import { makeBatch, makeHelloRequest } from '../../sync/formats/messages.ts';
import { ALLOWANCE } from '../../terminal/visit/testing/fill-in.ts';
import { type CountyTerminal, PLACE } from './county.ts';

/** A terminal's queue after days without the platform. */
export interface Queue {
  readonly journalId: Uint8Array;
  readonly entryHashes: readonly Uint8Array[];
  /** The entries as sent, as the bare floors take them. */
  readonly entries: readonly Uint8Array[];
  /** The content of `POST /v1/entries`: all of them in one batch. */
  readonly batch: Uint8Array;
  /** The content of `POST /v1/hello`, naming the head. */
  readonly hello: Uint8Array;
}

/** A journal of so many cases, every one of another person's. */
export function fillQueue(
  crypto: Crypto,
  terminal: CountyTerminal,
  sealPublicKey: Uint8Array,
  count: number,
): Queue {
  const journalId = crypto.randomBytes(16);
  const bootId = crypto.randomBytes(16);
  const made: Entry[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const prev = made.at(-1)?.entryHash ?? NO_PREVIOUS;
    made.push(makeCase(crypto, terminal, sealPublicKey, { journalId, bootId, seq, prev }));
  }
  const head = { journalId, seq: count, entryHash: made.at(-1)?.entryHash ?? NO_PREVIOUS };
  const offered = made.map((entry) => ({
    ...{ journalId, seq: entry.header.seq, entryId: entry.header.entryId, entryHash: entry.entryHash },
    entry: entryBytes(entry),
  }));
  return {
    journalId,
    entryHashes: made.map(({ entryHash }) => entryHash),
    entries: offered.map(({ entry }) => entry),
    batch: makeBatch(offered),
    hello: makeHelloRequest({ nonce: crypto.randomBytes(16), heads: [head] }),
  };
}

interface At {
  readonly journalId: Uint8Array;
  readonly bootId: Uint8Array;
  readonly seq: number;
  readonly prev: Uint8Array;
}

function makeCase(
  crypto: Crypto,
  { terminalId, key }: CountyTerminal,
  sealPublicKey: Uint8Array,
  at: At,
): Entry {
  const body = sealBody(crypto, {
    ...{ terminalId, sealPublicKey, acts: [] },
    entryId: crypto.randomBytes(16),
    content: encodeContent(filedCase(PLACE, { answers: ALLOWANCE }).content),
  });
  invariant(body.ok, 'the body fits');
  const made = makeEntry(
    crypto,
    key,
    {
      ...{ ...at, terminalId, class: ENTRY_CLASS.case, attachments: [], supersedes: null },
      ...{ wallMs: Date.now(), clock: { trusted: true, offsetMs: 0, ageMs: 0 }, monoMs: at.seq },
      software: 'yizhan/load',
    },
    body.value,
  );
  invariant(made.ok, 'the entry fits');
  return made.value;
}
