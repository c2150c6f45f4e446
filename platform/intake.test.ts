import { expect, it } from 'vitest';
import { equalBytes, toHex } from '../base/bytes.ts';
import { OUTCOME } from '../sync/formats/answers.ts';
import { encryptAttachment } from '../sync/formats/attachment.ts';
import { entryBytes } from '../sync/formats/entry.ts';
import { FEED_KIND } from '../sync/formats/feed.ts';
import { accountOf } from './ledger/account.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { bent, crypto, enrolTerminal, filedCase, newId, type TestTerminal } from './testing/test-terminal.ts';

const note = (words: string) => ({ schema: 1, kind: 'audit.note', words });

describeOnBoth('intake', (host) => {
  async function begin(options?: object): Promise<{ test: TestPlatform; terminal: TestTerminal }> {
    const test = options ? await host.start(options) : await host.shared();
    return { test, terminal: await enrolTerminal(await test.platform.enrolmentCode(DONGCUN)) };
  }
  const alarms = async ({ platform }: TestPlatform, { terminalId }: TestTerminal) => {
    const { db } = platform.context.store;
    const rows = await db
      .selectFrom('alarms')
      .select('kind')
      .where('terminalId', '=', terminalId)
      .orderBy('alarmId')
      .execute();
    return rows.map((row) => row.kind);
  };
  const count = async (
    { platform }: TestPlatform,
    { terminalId }: TestTerminal,
    table: 'bodies' | 'headers' | 'cases',
  ) => {
    const { db } = platform.context.store;
    return (await db.selectFrom(table).select('terminalId').where('terminalId', '=', terminalId).execute())
      .length;
  };

  it('holds entries in any order, once, and receipts them again when asked again', async () => {
    const { test, terminal } = await begin();
    const entries = ['a', 'b', 'c', 'd'].map((words) => terminal.entry(note(words)));
    const [first, second, third, fourth] = entries;
    expect((await terminal.offer([fourth!, second!])).outcomes).toEqual([0, 0]);
    expect((await terminal.offer([first!, fourth!, third!])).outcomes).toEqual([0, 0, 0]);
    expect((await terminal.offer(entries)).outcomes).toEqual([0, 0, 0, 0]);
    expect(await count(test, terminal, 'bodies')).toBe(4);
    expect(await count(test, terminal, 'headers')).toBe(4);
    expect(await alarms(test, terminal)).toEqual([]);
  });

  it('gives each entry of a batch its own outcome, and holds the good ones', async () => {
    const { test, terminal } = await begin();
    const good = terminal.entry(note('good'));
    const signature = terminal.entry(note('signature'));
    const body = terminal.entry(note('body'));
    const twice = terminal.entry(note('twice'));
    const reused = terminal.entry(note('another'), { entryId: twice.header.entryId });
    const last = terminal.entry(note('last'));
    const unreadable = {
      ...terminal.offered(terminal.entry(note('x'))),
      entry: Uint8Array.of(0x82, 0x01, 0x02),
    };
    const answer = await terminal.offer([
      good,
      { ...signature, signature: bent(signature.signature) },
      { ...body, body: bent(body.body!, 40) },
      twice,
      reused,
      unreadable,
      last,
    ]);
    expect(answer.outcomes).toEqual([
      OUTCOME.held,
      OUTCOME.badSignature,
      OUTCOME.unopenable,
      OUTCOME.held,
      OUTCOME.otherBody,
      OUTCOME.malformed,
      OUTCOME.held,
    ]);
    expect(await count(test, terminal, 'bodies')).toBe(3);
    const account = await accountOf(
      test.platform.context.store.db,
      terminal.terminalId,
      terminal.journal.journalId,
    );
    expect(account).toMatchObject({ top: 7, held: 3, refused: [2, 3, 5, 7], missing: [], forks: [] });
  });

  it('refuses by name what is of another release, too large, sealed wrongly or without its body', async () => {
    const { terminal } = await begin();
    const known = terminal.entry(note('known'));
    const future = {
      ...terminal.offered(known),
      entry: entryBytes({ ...known, headerBytes: withVersion(known.headerBytes) }),
    };
    const large = {
      ...terminal.offered(known),
      entry: entryBytes({ ...known, body: new Uint8Array(300_000) }),
    };
    const bodiless = terminal.entry(note('bodiless'));
    const outcomes = [];
    for (const one of [future, large, { ...bodiless, body: null }]) {
      const { receipts = [] } = await terminal.offer([one]);
      outcomes.push(receipts[0]?.items[0]?.outcome);
    }
    expect(outcomes).toEqual([OUTCOME.unsupported, OUTCOME.tooLarge, OUTCOME.malformed]);
  });

  it('takes a refused entry once it is whole, and never gives up what it holds', async () => {
    const { test, terminal } = await begin();
    const entry = terminal.entry(note('whole'));
    const hurt = { ...entry, body: bent(entry.body!, 50) };
    expect((await terminal.offer([hurt])).outcomes).toEqual([OUTCOME.unopenable]);
    expect((await terminal.offer([entry])).outcomes).toEqual([OUTCOME.held]);
    expect((await terminal.offer([hurt])).outcomes).toEqual([OUTCOME.held]);
    expect(await count(test, terminal, 'headers')).toBe(1);
  });

  it('refuses a body that opens but is not the one its header names', async () => {
    const { terminal } = await begin();
    const entry = terminal.entry(note('named'));
    const other = terminal.entry(note('other'), { entryId: entry.header.entryId });
    expect((await terminal.offer([{ ...entry, body: other.body }])).outcomes).toEqual([OUTCOME.unopenable]);
  });

  it('files what waits for what waited', async () => {
    const { test, terminal } = await begin();
    const filed = filedCase(DONGCUN);
    const caseId = newId();
    const { content } = filedCase(DONGCUN, { caseId });
    const report = {
      ...{ schema: 1, kind: 'case.frozen', caseId, submissionId: newId(), lastUseMs: 1, lang: 'zh' },
      ...{ localNumber: content.localNumber, slipCode: '111111', submitter: null, place: DONGCUN },
      ...{ caseReplyKey: null, frozenCaseIds: [filed.caseId] },
    };
    const withdrawn = {
      schema: 1,
      kind: 'case.withdrawn',
      caseId: newId(),
      submissionId: newId(),
      words: null,
    };
    const waitsForReport = { ...withdrawn, caseId };
    const entries = [waitsForReport, report, filed.content].map((one) => terminal.entry(one));
    for (const entry of entries) expect((await terminal.offer([entry])).outcomes).toEqual([0]);
    const { db } = test.platform.context.store;
    const rows = await db
      .selectFrom('cases')
      .select(['kind', 'status', 'frozen'])
      .where('terminalId', '=', terminal.terminalId)
      .orderBy('kind')
      .execute();
    expect(rows).toEqual([
      { kind: 'case', status: 'received', frozen: 1 },
      { kind: 'not-me', status: 'withdrawn', frozen: 0 },
    ]);
    const waiting = await db.selectFrom('waiting').selectAll().execute();
    expect(waiting.filter((row) => equalBytes(row.caseId, caseId))).toEqual([]);
  });

  it('asks for a later try when a key or an attachment is not known yet', async () => {
    const { terminal } = await begin();
    const stranger = crypto.openingKey(crypto.randomBytes(32));
    const sealed = terminal.entry(note('unknown key'), { sealTo: stranger.publicKey });
    const file = encryptAttachment(crypto, crypto.randomBytes(32), new Uint8Array(10));
    if (!file.ok) throw new Error('a small file');
    const attached = terminal.entry(note('file'), {
      bend: { attachments: [{ hash: file.value.hash, bytes: file.value.sealed.length }] },
    });
    const answer = await terminal.offer([sealed, attached]);
    expect(answer.outcomes).toEqual([undefined, undefined]);
    expect(answer.later.map((one) => toHex(one.entryId))).toEqual(
      [sealed, attached].map((one) => toHex(one.header.entryId)),
    );
  });

  it('holds an entry with its attachment once that was uploaded, in parts, and opens', async () => {
    const { terminal } = await begin();
    const key = crypto.randomBytes(32);
    const file = encryptAttachment(crypto, key, crypto.randomBytes(70_000));
    if (!file.ok) throw new Error('a small file');
    const { hash, name, sealed } = file.value;
    const listed = { hash, bytes: sealed.length };
    const content = { ...note('file'), attachments: [[hash, key, 'image/jpeg', 70_000]] };
    const entry = terminal.entry(content, { bend: { attachments: [listed] } });
    expect(await terminal.upload(name, sealed, 50_000)).toEqual([201, 204, 204, 204]);
    expect((await terminal.offer([entry])).outcomes).toEqual([OUTCOME.held]);

    const wrongKey = {
      ...note('wrong'),
      attachments: [[hash, crypto.randomBytes(32), 'image/jpeg', 70_000]],
    };
    const wrong = terminal.entry(wrongKey, { bend: { attachments: [listed] } });
    expect((await terminal.offer([wrong])).outcomes).toEqual([OUTCOME.unopenable]);
  });

  it('throws away an upload whose hash is not its name', async () => {
    const { terminal } = await begin();
    const sealed = crypto.randomBytes(1_000);
    const name = toHex(crypto.sha256(sealed));
    expect(await terminal.upload(name, bent(sealed), 600)).toEqual([201, 204, 409]);
    expect(await terminal.upload(name, sealed, 600)).toEqual([201, 204, 204]);
  });

  it('holds one body under two headers, and receipts both', async () => {
    const { test, terminal } = await begin();
    const first = terminal.entry(filedCase(DONGCUN).content);
    const other = terminal.newJournal();
    terminal.entry(note('opened'), { journal: other });
    const again = terminal.reheader(first, other);
    expect((await terminal.offer([first, again])).outcomes).toEqual([0, 0]);
    expect(await count(test, terminal, 'cases')).toBe(1);
    expect(await count(test, terminal, 'bodies')).toBe(1);
    expect(await count(test, terminal, 'headers')).toBe(2);
  });

  it('holds both sides of a fork, rings, and sends word to open a new journal', async () => {
    const { test, terminal } = await begin();
    const root = terminal.entry(note('root'));
    const copy = { ...terminal.journal };
    const left = terminal.entry(note('left'));
    const right = terminal.entry(note('right'), { journal: copy });
    expect((await terminal.offer([root, left, right])).outcomes).toEqual([0, 0, 0]);
    expect(await alarms(test, terminal)).toEqual(['fork']);
    const page = await terminal.feed();
    expect(page.items.map((item) => item.kind)).toEqual([FEED_KIND.newJournal]);
    const { db } = test.platform.context.store;
    const account = await accountOf(db, terminal.terminalId, terminal.journal.journalId);
    expect(account).toMatchObject({ forks: [2], broken: [], held: 2 });
  });

  it('rings for a link that does not hold, and refuses nothing for it', async () => {
    const { test, terminal } = await begin();
    const first = terminal.entry(note('first'));
    terminal.journal.prev = newId32();
    const second = terminal.entry(note('second'));
    const third = terminal.entry(note('third'));
    expect((await terminal.offer([third, second])).outcomes).toEqual([0, 0]);
    expect(await alarms(test, terminal)).toEqual([]);
    expect((await terminal.offer([first])).outcomes).toEqual([0]);
    expect(await alarms(test, terminal)).toEqual(['broken-link']);
  });

  it('tells what a terminal still owes, from the head it claims', async () => {
    const { test, terminal } = await begin();
    const entries = ['1', '2', '3', '4', '5'].map((words) => terminal.entry(note(words)));
    await terminal.hello([terminal.journal]);
    await terminal.offer([entries[0]!, entries[2]!]);
    const { db } = test.platform.context.store;
    const account = await accountOf(db, terminal.terminalId, terminal.journal.journalId);
    expect(account.missing).toEqual([
      { from: 2, to: 2 },
      { from: 4, to: 5 },
    ]);
  });

  it('rings for a head below what is held, and sends word to open a new journal', async () => {
    const { test, terminal } = await begin();
    const first = terminal.entry(note('first'));
    const old = { ...terminal.journal };
    await terminal.offer([first, terminal.entry(note('second'))]);
    await terminal.hello([old]);
    await terminal.hello([old]);
    expect(await alarms(test, terminal)).toEqual(['head-behind']);
    expect((await terminal.feed()).items).toHaveLength(1);
  });

  it('closes a refused entry that a later one supersedes, in either order', async () => {
    const { test, terminal } = await begin();
    const refused = terminal.entry(note('refused'));
    const hurt = { ...refused, body: bent(refused.body!, 60) };
    expect((await terminal.offer([hurt])).outcomes).toEqual([OUTCOME.unopenable]);
    const better = terminal.entry(note('better'), { bend: { supersedes: refused.header.entryId } });
    expect((await terminal.offer([better])).outcomes).toEqual([OUTCOME.held]);
    expect((await terminal.offer([hurt])).outcomes).toEqual([OUTCOME.superseded]);
    expect((await terminal.offer([refused])).outcomes).toEqual([OUTCOME.superseded]);
    expect((await alarms(test, terminal)).filter((kind) => kind === 'bad-supersede')).toEqual([]);

    const early = terminal.entry(note('early'), { bend: { supersedes: newId() } });
    const wrong = terminal.entry(note('wrong'), { bend: { supersedes: better.header.entryId } });
    expect((await terminal.offer([early, wrong])).outcomes).toEqual([OUTCOME.held, OUTCOME.held]);
    expect((await alarms(test, terminal)).filter((kind) => kind === 'bad-supersede')).toHaveLength(1);
  });

  it("does not take another terminal's entry as this one's", async () => {
    const { test, terminal } = await begin();
    const other = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const entry = terminal.entry(note('mine'));
    const { receipts = [] } = await other.offer([entry]);
    expect(receipts[0]?.items[0]?.outcome).toBe(OUTCOME.badSignature);
    expect(await count(test, terminal, 'headers')).toBe(0);
    expect((await terminal.offer([entry])).outcomes).toEqual([OUTCOME.held]);
  });

  it('holds what it cannot read, and files what waits for its case when the case comes', async () => {
    const { test, terminal } = await begin();
    const filed = filedCase(DONGCUN);
    const more = { schema: 1, kind: 'case.supplemented', caseId: filed.caseId, submissionId: newId() };
    const supplement = terminal.entry({ ...more, words: null, answers: {}, attachments: [] });
    const odd = [
      terminal.entry({ schema: 1, kind: 'something.new' }),
      terminal.entry({ schema: 1, kind: 'case.submitted', caseId: 7 }),
      terminal.entry(Uint8Array.of(1, 2, 3)),
    ];
    expect((await terminal.offer([supplement, ...odd])).outcomes).toEqual([0, 0, 0, 0]);
    expect((await alarms(test, terminal)).filter((kind) => kind === 'unfiled')).toHaveLength(3);
    expect((await terminal.offer([terminal.entry(filed.content)])).outcomes).toEqual([0]);
    const { db } = test.platform.context.store;
    const actions = await db
      .selectFrom('caseActions')
      .select('action')
      .where('caseId', '=', filed.caseId)
      .orderBy('no')
      .execute();
    // Nobody had asked for it: it is attached, and changes nothing.
    expect(actions.map(({ action }) => action)).toEqual(['receive', 'extra-supplement']);
    const waiting = await db.selectFrom('waiting').selectAll().where('caseId', '=', filed.caseId).execute();
    expect(waiting).toEqual([]);
  });

  it('stops every case a "not me" names, and brings them to the county', async () => {
    const { test, terminal } = await begin();
    const here = filedCase(DONGCUN);
    const later = filedCase(DONGCUN);
    const caseId = newId();
    const { content } = filedCase(DONGCUN, { caseId });
    const report = {
      ...{ schema: 1, kind: 'case.frozen', caseId, submissionId: newId(), lastUseMs: 1, lang: 'zh' },
      ...{ localNumber: content.localNumber, slipCode: '111111', submitter: null, place: DONGCUN },
      ...{ caseReplyKey: null, frozenCaseIds: [here.caseId, later.caseId] },
    };
    await terminal.offer([terminal.entry(here.content), terminal.entry(report)]);
    await terminal.offer([terminal.entry(later.content)]);
    const { db } = test.platform.context.store;
    const rows = await db
      .selectFrom('cases')
      .select(['frozen', 'deskCode', 'kind'])
      .where('terminalId', '=', terminal.terminalId)
      .orderBy('kind')
      .execute();
    expect(rows).toEqual([
      { frozen: 1, deskCode: '330624', kind: 'case' },
      { frozen: 1, deskCode: '330624', kind: 'case' },
      { frozen: 0, deskCode: '330624', kind: 'not-me' },
    ]);
    expect(await alarms(test, terminal)).toEqual([]);
  });

  it('opens on worker threads as on its own', async () => {
    const { test, terminal } = await begin({ openingThreads: 2 });
    const entries = Array.from({ length: 9 }, (_, index) => terminal.entry(note(String(index))));
    const hurt = { ...entries[4]!, body: bent(entries[4]!.body!, 44) };
    const outcomes = (await terminal.offer(entries.with(4, hurt))).outcomes;
    expect(outcomes).toEqual([0, 0, 0, 0, OUTCOME.unopenable, 0, 0, 0, 0]);
    test.platform.addSealKey();
    await terminal.fetchKeySets();
    expect((await terminal.offer([terminal.entry(note('new key'))])).outcomes).toEqual([0]);
  });

  it('keeps no name and no number in clear', async () => {
    const { test, terminal } = await begin();
    const filed = filedCase(DONGCUN);
    await terminal.offer([terminal.entry(filed.content)]);
    const { db } = test.platform.context.store;
    const tables = ['cases', 'caseActions', 'bodies', 'headers', 'feedItems', 'alarms'] as const;
    for (const table of tables) {
      for (const row of await db.selectFrom(table).selectAll().execute()) {
        const bytes = Object.values(row).map((value) =>
          value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)),
        );
        const all = Buffer.concat(bytes).toString('latin1');
        for (const secret of ['陈桂芳', '330699']) {
          expect(all).not.toContain(Buffer.from(secret).toString('latin1'));
        }
      }
    }
  });
});

const newId32 = () => crypto.randomBytes(32);

/** The header with its first item, `v`, said to be 2. */
function withVersion(header: Uint8Array): Uint8Array {
  const copy = new Uint8Array(header);
  // A CBOR array of nineteen items has one head byte; `v` is the next.
  copy[1] = 2;
  return copy;
}
