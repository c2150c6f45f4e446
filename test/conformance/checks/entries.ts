import { equalBytes } from '../../../base/bytes.ts';
import { invariant } from '../../../base/result.ts';
import { bent, crypto, type TestTerminal } from '../../../platform/testing/test-terminal.ts';
import { OUTCOME } from '../../../sync/formats/answers.ts';
import { encryptAttachment } from '../../../sync/formats/attachment.ts';
import { entryBytes, entryHash } from '../../../sync/formats/entry.ts';
import { FEED_KIND } from '../../../sync/formats/feed.ts';
import { type Check, expectSame } from '../check.ts';
import { lastPage } from './feed.ts';

const note = (words: string) => ({ schema: 1, kind: 'audit.note', words });
const entryOf = (terminal: TestTerminal, words = 'a note') => {
  const journal = terminal.newJournal();
  return { journal, entry: terminal.entry(note(words), { journal }) };
};

/** A file of this terminal, and how an entry lists it. */
function fileOf(bytes: number) {
  const key = crypto.randomBytes(32);
  const file = encryptAttachment(crypto, key, crypto.randomBytes(bytes));
  invariant(file.ok, 'the file is small enough');
  const { hash, sealed } = file.value;
  return { ...file.value, key, listed: { hash, bytes: sealed.length }, plainBytes: bytes };
}

/** What is held, what is refused, and what is said of it. */
export const ENTRY_CHECKS: readonly Check[] = [
  {
    section: '3',
    promise: 'an entry is held and receipted; offered again, it is receipted again, signed anew',
    async run({ terminal }) {
      const { entry } = entryOf(terminal);
      expectSame('outcome', (await terminal.offer([entry])).outcomes, [OUTCOME.held]);
      expectSame('outcome again', (await terminal.offer([entry, entry])).outcomes, [
        OUTCOME.held,
        OUTCOME.held,
      ]);
    },
  },
  {
    section: '2',
    promise: 'entries are held in any order, and whatever their content is',
    async run({ terminal }) {
      const journal = terminal.newJournal();
      const [a, b, c] = ['a', 'b', 'c'].map((words) => terminal.entry(note(words), { journal }));
      invariant(a && b && c, 'three entries');
      expectSame('the third alone', (await terminal.offer([c])).outcomes, [OUTCOME.held]);
      expectSame('the others', (await terminal.offer([b, a])).outcomes, [OUTCOME.held, OUTCOME.held]);
      const odd = terminal.entry(
        { schema: 9, kind: 'of another time', nested: { is: [1, null, true] } },
        { journal },
      );
      expectSame('odd content', (await terminal.offer([odd])).outcomes, [OUTCOME.held]);
    },
  },
  {
    section: '2',
    promise: 'what a person does to a case later is held, also before the case itself has come',
    async run({ terminal }) {
      const of = { schema: 1, caseId: crypto.randomBytes(16), submissionId: crypto.randomBytes(16) };
      const acts = [
        { ...of, kind: 'case.supplemented', words: null, askedMs: 1, answers: {}, attachments: [] },
        { ...of, kind: 'case.withdrawn', words: null },
        { ...of, kind: 'case.collected', how: 'card' },
      ];
      const journal = terminal.newJournal();
      const outcomes = await terminal.offer(acts.map((content) => terminal.entry(content, { journal })));
      expectSame('outcomes', outcomes.outcomes, [OUTCOME.held, OUTCOME.held, OUTCOME.held]);
    },
  },
  {
    section: '3',
    promise: 'each entry of a batch has its own outcome; a bad one spoils no other',
    async run({ terminal, other }) {
      const journal = terminal.newJournal();
      const next = (words: string, bend = {}) => terminal.entry(note(words), { journal, bend });
      const [good, hurt, swapped, foreign, last] = [
        next('good'),
        next('hurt'),
        next('swapped'),
        entryOf(other).entry,
        next('last'),
      ];
      const garbage = { ...terminal.offered(next('garbage')), entry: Uint8Array.of(0x82, 0xff) };
      const unsigned = { ...next('unsigned'), signature: new Uint8Array(64) };
      const otherKey = terminal.entry(note('sealed to nobody here'), {
        journal,
        sealTo: terminal.trust().keySet.value.keys.find(({ uses }) => uses.includes(1))!.publicKey,
      });
      const { outcomes } = await terminal.offer([
        good,
        { ...hurt, body: hurt.body && bent(hurt.body, 60) },
        { ...swapped, body: hurt.body },
        foreign,
        garbage,
        unsigned,
        otherKey,
        last,
      ]);
      const refusals = new Set<number | undefined>([OUTCOME.unopenable, OUTCOME.malformed]);
      expectSame('the good ones', [outcomes[0], outcomes[6], outcomes[7]], [0, 0, 0]);
      if (!refusals.has(outcomes[1])) throw new Error(`a hurt body: found ${outcomes[1]}`);
      if (!refusals.has(outcomes[2])) throw new Error(`the body of another: found ${outcomes[2]}`);
      if (outcomes[3] === OUTCOME.held) throw new Error("another terminal's entry was held as this one's");
      expectSame('bytes nobody can read', outcomes[4], OUTCOME.malformed);
      expectSame('no signature', outcomes[5], OUTCOME.badSignature);
    },
  },
  {
    section: '3',
    promise: 'a body that does not open is refused, and held once it does',
    async run({ terminal }) {
      const { entry } = entryOf(terminal);
      const wrong = terminal.entry(note('sealed to a key of nobody'), {
        ...{ journal: terminal.newJournal(), sealTo: crypto.openingKey(crypto.randomBytes(32)).publicKey },
      });
      const first = await terminal.offer([wrong]);
      expectSame('a key nobody knows is no refusal', first.outcomes, [undefined]);
      expectSame('and is asked for later', first.later?.length, 1);
      const hurt = { ...entry, body: entry.body && bent(entry.body, entry.body.length - 1) };
      const { outcomes } = await terminal.offer([hurt]);
      if (outcomes[0] === OUTCOME.held) throw new Error('a hurt body was held');
      expectSame('the same entry, whole', (await terminal.offer([entry])).outcomes, [OUTCOME.held]);
      expectSame('hurt again, it stays held', (await terminal.offer([hurt])).outcomes, [OUTCOME.held]);
    },
  },
  {
    section: '3',
    promise: 'one entry id holds one body, under every header it comes with',
    async run({ terminal }) {
      const { entry } = entryOf(terminal);
      const again = terminal.reheader(entry, terminal.newJournal());
      expectSame('both headers', (await terminal.offer([entry, again])).outcomes, [
        OUTCOME.held,
        OUTCOME.held,
      ]);
      const journal = terminal.newJournal();
      const other = terminal.entry(note('another body'), { journal, entryId: entry.header.entryId });
      expectSame('another body', (await terminal.offer([other])).outcomes, [OUTCOME.otherBody]);
    },
  },
  {
    section: '3',
    promise: 'of a fork both branches are held and receipted, and word comes to open a new journal',
    async run({ terminal }) {
      const { journal, entry } = entryOf(terminal, 'root');
      const copy = { ...journal };
      const left = terminal.entry(note('left'), { journal });
      const right = terminal.entry(note('right'), { journal: copy });
      const { next } = await lastPage(terminal);
      expectSame('both', (await terminal.offer([entry, left, right])).outcomes, [0, 0, 0]);
      const { items } = await terminal.feed(next);
      const word = items.find(({ kind }) => kind === FEED_KIND.newJournal);
      if (!word) throw new Error('no word to open a new journal came down');
    },
  },
  {
    section: '3',
    promise: 'a link that does not hold is no reason to refuse',
    async run({ terminal }) {
      const { journal, entry } = entryOf(terminal);
      journal.prev = crypto.randomBytes(32);
      const leaping = terminal.entry(note('after nothing'), { journal });
      expectSame('outcomes', (await terminal.offer([entry, leaping])).outcomes, [0, 0]);
    },
  },
  {
    section: '3',
    promise: 'a refused entry whose successor is held is superseded',
    async run({ terminal }) {
      const { journal, entry } = entryOf(terminal);
      const hurt = { ...entry, body: entry.body && bent(entry.body, 60) };
      await terminal.offer([hurt]);
      const supersedes = entry.header.entryId;
      const better = terminal.entry(note('better'), { journal, bend: { supersedes } });
      expectSame('the successor', (await terminal.offer([better])).outcomes, [OUTCOME.held]);
      expectSame('the refused one', (await terminal.offer([hurt])).outcomes, [OUTCOME.superseded]);
    },
  },
  {
    section: '3',
    promise: 'an entry waits for its attachment, and is refused when that does not open',
    async run({ terminal }) {
      const [file, locked] = [fileOf(70_000), fileOf(100)];
      const made = (of: ReturnType<typeof fileOf>, key: Uint8Array) =>
        terminal.entry(
          { ...note('with a file'), attachments: [[of.hash, key, 'image/jpeg', of.plainBytes]] },
          { journal: terminal.newJournal(), bend: { attachments: [of.listed] } },
        );
      const entry = made(file, file.key);
      const early = await terminal.offer([entry]);
      expectSame('before its file', [early.outcomes, early.later?.length], [[undefined], 1]);
      await terminal.upload(file.name, file.sealed, 50_000);
      expectSame('after it', (await terminal.offer([entry])).outcomes, [OUTCOME.held]);
      await terminal.upload(locked.name, locked.sealed, 100_000);
      const wrongKey = made(locked, crypto.randomBytes(32));
      expectSame('a file with another key', (await terminal.offer([wrongKey])).outcomes, [
        OUTCOME.unopenable,
      ]);
    },
  },
  {
    section: '3',
    promise: 'a release covers nothing that was not offered, and is of the own branch',
    async run({ terminal }) {
      const { entry, journal } = entryOf(terminal);
      await terminal.offer([entry]);
      for (const { journalId, ranges } of (await terminal.offer([])).releases) {
        if (!equalBytes(journalId, journal.journalId)) continue;
        expectSame('the range', ranges, [{ from: 1, to: 1, hashAtTo: entry.entryHash }]);
      }
    },
  },
  {
    section: '5',
    promise: 'a batch of more than 4 MiB is too large, and bytes that are no batch are malformed',
    async run({ terminal }) {
      const journal = terminal.newJournal();
      const heavy = Array.from({ length: 17 }, () =>
        terminal.entry({ ...note('heavy'), more: 'x'.repeat(200_000) }, { journal }),
      );
      const { trouble } = await terminal.offer(heavy);
      expectSame('too large', trouble && 'status' in trouble && trouble.status, 413);
      const odd = await terminal.call('entries', Uint8Array.of(0xff));
      expectSame('no batch', !odd.ok && 'status' in odd.error && odd.error.status, 400);
    },
  },
  {
    section: '1',
    promise: 'bytes that are not the shortest form of what they say are refused',
    async run({ terminal }) {
      const { entry } = entryOf(terminal);
      const bytes = entryBytes(entry);
      // An array of three, written with a length byte it does not need.
      const long = Uint8Array.of(0x98, 0x03, ...bytes.subarray(1));
      const message = { ...terminal.offered(entry), entry: long };
      expectSame('outcome', (await terminal.offer([message])).outcomes, [OUTCOME.malformed]);
      expectSame('the same, well written', (await terminal.offer([entry])).outcomes, [OUTCOME.held]);
    },
  },
  {
    section: '2',
    promise: 'an unknown version or suite is told so',
    async run({ terminal }) {
      const { entry } = entryOf(terminal);
      // The header is an array of which `v` is the first: its byte follows the array's own.
      const headerBytes = entry.headerBytes.map((byte, index) => (index === 1 ? 2 : byte));
      const whole = { ...entry, headerBytes };
      const message = { ...terminal.offered(whole), entryHash: entryHash(crypto, headerBytes) };
      expectSame('outcome', (await terminal.offer([message])).outcomes, [OUTCOME.unsupported]);
    },
  },
];
