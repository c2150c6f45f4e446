/** Each act with a card is told once to the number of record, or is known not to have been; nothing private in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { enrolTerminal, filedCase, newId, type TestTerminal } from '../testing/test-terminal.ts';
import { createTurns, GIVE_UP_MS } from './messages.ts';
import { type CarrierFault, openSampleMessages, SENT_FILE } from './sample/sample-messages.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'yizhan-messages-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));
const MINUTE_MS = 60_000;

const OWN = {
  ...{ name: '陈桂芳', number: '330699195503124026', kind: 'citizen', birth: '1955-03-12' },
  ...{ sex: '2', address: '浙江省示例县示例镇示例村1号' },
};
const PEOPLE = [
  { number: OWN.number, name: OWN.name, data: { 'contact-number': [{ phone: '13900000017' }] } },
];
const AGENT = { ...OWN, name: '吕小兰', number: '330699198807150045' };
const STRANGER = { ...OWN, name: '外地人', number: '420000195503124026' };

describeOnBoth('messages', (host) => {
  /** A platform that tells people, and what goes wrong next on the way to them. */
  async function start() {
    const faults: CarrierFault[] = [];
    const disk = nodeDisk(join(FOLDER, toHex(newId())));
    const messages = openSampleMessages({ people: PEOPLE, disk, nextFault: () => faults.shift() ?? null });
    const test = await host.start({ messages });
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    return { ...{ test, terminal, faults, messages, disk } };
  }

  async function offer(terminal: TestTerminal, contents: readonly object[]) {
    const entries = contents.map((content) => terminal.entry(content));
    expect((await terminal.offer(entries)).outcomes).toEqual(contents.map(() => 0));
    return entries;
  }

  const rowsOf = ({ platform }: TestPlatform) =>
    platform.context.store.db.selectFrom('messages').selectAll().orderBy('madeMs').execute();

  /** Once each that is owed was told, or is known not to have been: what became of them. */
  async function settled(test: TestPlatform, count: number) {
    await vi.waitFor(
      async () => {
        const rows = await rowsOf(test);
        expect(rows.filter(({ outcome }) => outcome !== null)).toHaveLength(count);
      },
      { timeout: 15_000, interval: 50 },
    );
    return (await rowsOf(test)).map(({ outcome }) => outcome);
  }

  const about = (caseId: Uint8Array, kind: string, more: object = {}) => ({
    ...{ schema: 1, kind, caseId, submissionId: newId(), words: null, ...more },
  });

  it('say where, when and which number, to the number of record, and nothing of the matter or the person', async () => {
    const { test, terminal, messages, disk } = await start();
    const matter = test.platform.context.book.find('temporary-assistance')!;
    const made = filedCase(DONGCUN, {
      matter: [matter.id, matter.version, new Uint8Array(32)],
      answers: { phone: '13811112222', reason: '家里着火了' },
    });
    const [entry] = await offer(terminal, [made.content]);
    expect(await settled(test, 1)).toEqual(['sent']);
    expect(messages.sent()).toHaveLength(1);
    const { phone, words, reference } = messages.sent()[0]!;
    expect(phone).toBe('13900000017');
    expect(reference).toBe(toHex(entry!.header.entryId));
    expect(words).toContain('有人用您的身份证在董村办了一件事');
    expect(words).toContain(made.localNumber);
    expect(words).toContain('不是您？请打 12345');
    const private_ = [
      matter.name.short.zh,
      matter.name.official.zh,
      matter.id,
      OWN.name,
      OWN.number,
      '13811112222',
    ];
    for (const trace of [...private_, OWN.address, '着火']) expect(words).not.toContain(trace);
    const rows = JSON.stringify(await rowsOf(test));
    for (const trace of [...private_, phone]) expect(rows).not.toContain(trace);
    const read = disk.read(SENT_FILE);
    expect(read.ok && new TextDecoder().decode(read.value)).toContain(words);
  });

  it('are of every act with the card, each once however often and in whatever order it comes', async () => {
    const { test, terminal, messages } = await start();
    const made = filedCase(DONGCUN);
    const consent = {
      ...{ schema: 1, kind: 'consent', submissionId: newId(), person: OWN, matter: null, purpose: '看一看' },
      ...{ dataSets: [{ id: 'household', from: '公安' }], words: '我同意', lang: 'zh', place: DONGCUN },
    };
    const supplement = about(made.caseId, 'case.supplemented', { askedMs: 1, answers: {}, attachments: [] });
    const early = await offer(terminal, [supplement]);
    // It waits for its case, and has done nothing yet that anybody could be told of.
    expect(await rowsOf(test)).toEqual([]);
    const contents = [made.content, about(made.caseId, 'case.withdrawn'), consent];
    const entries = [...early, ...(await offer(terminal, contents))];
    expect(await settled(test, 4)).toEqual(['sent', 'sent', 'sent', 'sent']);
    await terminal.offer([...entries].reverse());
    await offer(terminal, [{ schema: 1, kind: 'audit.note', words: 'nothing to tell' }]);
    expect(await rowsOf(test)).toHaveLength(4);
    expect(messages.sent()).toHaveLength(4);
    const said = ['办了一件事', '给一件事补了材料', '撤回了一件事', '查了您的资料'];
    for (const words of said)
      expect(messages.sent().filter((one) => one.words.includes(words))).toHaveLength(1);
  });

  it('go to the resident where an agent acted on an entrustment, and to nobody where no card was laid', async () => {
    const { test, terminal, messages } = await start();
    await offer(terminal, [
      filedCase(DONGCUN, { basis: 'agent', submitter: AGENT }).content,
      filedCase(DONGCUN, { submitter: null, subject: null, basis: 'open' }).content,
      filedCase(DONGCUN, { submitter: STRANGER }).content,
    ]);
    expect((await settled(test, 2)).sort()).toEqual(['no-number', 'sent']);
    expect(messages.sent().map(({ phone }) => phone)).toEqual(['13900000017']);
    expect(messages.sent()[0]!.words).toContain('董村的代办员凭您的委托，替您办了一件事');
  });

  it('say it when somebody entrusts an agent, and takes that back', async () => {
    const { test, terminal, messages } = await start();
    const [authorityId, nowMs] = [newId(), test.clock.wallMs()];
    await offer(terminal, [
      {
        ...{
          schema: 1,
          kind: 'authority.given',
          authorityId,
          localNumber: '123412341234',
          slipCode: '123456',
        },
        ...{
          submissionId: newId(),
          submitter: OWN,
          agentId: newId(),
          givenMs: nowMs,
          untilMs: nowMs + MINUTE_MS,
        },
        ...{
          matters: [{ id: 'senior-card', perMonth: 1 }],
          signature: 0,
          photo: 1,
          attachments: [],
          actors: [],
        },
        ...{ lang: 'zh', place: DONGCUN },
      },
      { schema: 1, kind: 'authority.ended', authorityId, submissionId: newId(), submitter: OWN },
    ]);
    expect(await settled(test, 2)).toEqual(['sent', 'sent']);
    const said = messages.sent().map(({ phone, words }) => `${phone} ${words}`);
    expect(said.filter((one) => /^13900000017 .*委托了代办员/.test(one))).toHaveLength(1);
    expect(said.filter((one) => /^13900000017 .*收回了给代办员的委托/.test(one))).toHaveLength(1);
  });

  it('are sent once, whether the carrier is away, loses its reply or the program stops in between', async () => {
    const { test, terminal, faults, messages } = await start();
    faults.push('lost-reply', 'away');
    await offer(terminal, [filedCase(DONGCUN).content]);
    await vi.waitFor(() => expect(faults).toEqual(['away']), { timeout: 5_000 });
    await test.restart();
    test.clock.advance(MINUTE_MS);
    await vi.waitFor(() => expect(faults).toEqual([]), { timeout: 5_000 });
    test.clock.advance(MINUTE_MS);
    expect(await settled(test, 1)).toEqual(['sent']);
    expect(messages.sent()).toHaveLength(1);
    expect((await rowsOf(test))[0]!.tries).toBe(2);
  });

  it('are known not to have been sent where the carrier refuses, or is away for a week', async () => {
    const { test, terminal, faults, messages } = await start();
    faults.push('refuse');
    await offer(terminal, [filedCase(DONGCUN).content]);
    expect(await settled(test, 1)).toEqual(['refused']);
    faults.push('away', 'away');
    await offer(terminal, [filedCase(DONGCUN).content]);
    await vi.waitFor(() => expect(faults).toEqual(['away']), { timeout: 5_000 });
    test.clock.advance(GIVE_UP_MS);
    expect((await settled(test, 2)).sort()).toEqual(['given-up', 'refused']);
    expect(messages.sent()).toEqual([]);
  });

  it('are each sent once by several programs', async () => {
    const { test, terminal, messages } = await start();
    const turns = [0, 1].map(() => createTurns(test.platform.context, messages));
    await offer(
      terminal,
      Array.from({ length: 12 }, () => filedCase(DONGCUN).content),
    );
    const work = async (turn: () => Promise<string>) => {
      while ((await turn()) === 'worked');
    };
    await Promise.all(turns.map(work));
    await settled(test, 12);
    expect(new Set(messages.sent().map(({ reference }) => reference)).size).toBe(12);
    expect(messages.sent()).toHaveLength(12);
  });

  it('are not owed where nobody can be told', async () => {
    const test = await host.start();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    await offer(terminal, [filedCase(DONGCUN).content]);
    expect(await rowsOf(test)).toEqual([]);
  });
});
