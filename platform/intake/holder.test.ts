import { expect, it } from 'vitest';
import { OUTCOME } from '../../sync/formats/answers.ts';
import type { PlatformContext } from '../context.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { enrolTerminal, filedCase, type TestTerminal } from '../testing/test-terminal.ts';
import { createHolder } from './holder.ts';
import { judgeBatch } from './judge.ts';

const place = DONGCUN;

describeOnBoth('batches held together', (host) => {
  async function begin(terminals: number): Promise<{ test: TestPlatform; terminals: TestTerminal[] }> {
    const test = await host.shared();
    const enrolled: TestTerminal[] = [];
    for (let index = 0; index < terminals; index++) {
      enrolled.push(await enrolTerminal(await test.platform.enrolmentCode(place)));
    }
    return { test, terminals: enrolled };
  }

  /** A context that counts its transactions; `spoil` makes one fail. */
  function watched({ platform }: TestPlatform, spoil: (number: number) => boolean = () => false) {
    let transactions = 0;
    const { store } = platform.context;
    const transaction: typeof store.transaction = (work) =>
      store.transaction(async (tx) => {
        const number = ++transactions;
        const made = await work(tx);
        if (spoil(number)) throw new Error('spoiled');
        return made;
      });
    const context: PlatformContext = { ...platform.context, store: { ...store, transaction } };
    return { context, count: () => transactions };
  }

  async function judged({ platform }: TestPlatform, terminal: TestTerminal, cases: number) {
    const { opener, openingKeys, store } = platform.context;
    const entries = Array.from({ length: cases }, () => terminal.entry(filedCase(place).content));
    const offered = entries.map((entry) => terminal.offered(entry));
    return judgeBatch({ opener, openingKeys, db: store.db }, terminal.terminalId, offered);
  }

  const casesOf = async ({ platform }: TestPlatform, { terminalId }: TestTerminal) => {
    const { db } = platform.context.store;
    const rows = await db
      .selectFrom('bodies')
      .innerJoin('cases', 'cases.entryId', 'bodies.entryId')
      .select('bodies.heldOrder')
      .where('bodies.terminalId', '=', terminalId)
      .execute();
    return rows.length;
  };

  it('puts those that wait into one transaction, and answers each its own', async () => {
    const { test, terminals } = await begin(4);
    const { context, count } = watched(test);
    const holder = createHolder(context);
    const batches = await Promise.all(terminals.map((terminal, index) => judged(test, terminal, index + 1)));
    const verdicts = await Promise.all(
      terminals.map(({ terminalId }, index) =>
        holder.hold({ terminalId, place, isRevoked: false }, batches[index]!),
      ),
    );
    // The first went at once, and the others waited for it.
    expect(count()).toBe(2);
    for (const [index, said] of verdicts.entries()) {
      const named = batches[index]!.map(({ name }) => name.entryId);
      expect(said.map(({ item }) => item.entryId)).toEqual(named);
      expect(said.every(({ item }) => item.outcome === OUTCOME.held)).toBe(true);
      expect(await casesOf(test, terminals[index]!)).toBe(index + 1);
    }
  });

  it('holds the same batch once, sent twice over', async () => {
    const { test, terminals } = await begin(1);
    const [terminal] = terminals;
    const holder = createHolder(test.platform.context);
    const batch = await judged(test, terminal!, 3);
    const offerer = { terminalId: terminal!.terminalId, place, isRevoked: false };
    const [once, again] = await Promise.all([1, 2, 3].map(() => holder.hold(offerer, batch)));
    expect(again).toEqual(once);
    expect(await casesOf(test, terminal!)).toBe(3);
  });

  it('tries each alone where they fail together, and tells only whose own fails', async () => {
    const { test, terminals } = await begin(4);
    // Transaction 1 is the first batch's; 2 is the others' together; 3, 4 and 5 are theirs alone.
    const { context } = watched(test, (number) => number === 2 || number === 4);
    const holder = createHolder(context);
    const batches = await Promise.all(terminals.map((terminal) => judged(test, terminal, 2)));
    const settled = await Promise.allSettled(
      terminals.map(({ terminalId }, index) =>
        holder.hold({ terminalId, place, isRevoked: false }, batches[index]!),
      ),
    );
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await Promise.all(terminals.map((terminal) => casesOf(test, terminal)))).toEqual([2, 2, 0, 2]);
  });

  it('takes no more into one transaction than keeps it short', async () => {
    const { test, terminals } = await begin(5);
    const { context, count } = watched(test);
    const holder = createHolder(context);
    const batches = await Promise.all(terminals.map((terminal) => judged(test, terminal, 90)));
    await Promise.all(
      terminals.map(({ terminalId }, index) =>
        holder.hold({ terminalId, place, isRevoked: false }, batches[index]!),
      ),
    );
    expect(count()).toBe(3);
  });
});
