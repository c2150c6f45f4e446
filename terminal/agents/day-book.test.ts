import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { crypto, memoryParts, openEnrolled } from '../testing/keeper-world.ts';
import { AGENT_ID, DAY_MS, signIn, withRegisteredAgent } from '../visit/testing/agents.ts';
import { createBench } from '../visit/testing/bench.ts';
import { ALLOWANCE, answerAll, opened } from '../visit/testing/fill-in.ts';
import { ELDER } from '../visit/testing/people.ts';
import { START_MS } from '../visit/testing/site.ts';
import { DAY_BOOK_MS, forgetOldDays, insertDayRow, sealDayRow } from './day-book.ts';

const TODAY = '2026-06-12';

/** An elder's allowance, handed in with the agent beside. */
function handedIn(bench = withRegisteredAgent(createBench())) {
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, ALLOWANCE);
  signIn(bench);
  return bench;
}

function submit(bench: ReturnType<typeof createBench>) {
  const page = bench.page();
  const declares = page.kind === 'check' ? page.declares?.questionId : undefined;
  return bench.act({ type: 'submit', declares });
}

function rowsOnDisk(bench: ReturnType<typeof createBench>) {
  return bench.keeper.rescue.sql?.prepare<{ sealed: Uint8Array }>('SELECT * FROM agent_days').all() ?? [];
}

describe('a day book', () => {
  it('tells what an agent did, in the transaction of the entry; nothing of it can be read without their keys', () => {
    const bench = handedIn();
    expect(submit(bench).ok).toBe(true);
    const { localNumber } = bench.keeper.firstCase();
    expect(bench.agents.dayRows(bench.today())).toEqual([
      {
        ...{ what: 'case.submitted', atMs: bench.clock.wallMs(), matterId: 'old-age-allowance' },
        ...{ localNumber, amountFen: null, ref: null },
      },
    ]);
    const [row] = rowsOnDisk(bench);
    const text = new TextDecoder('latin1').decode(row?.sealed);
    for (const secret of [localNumber, 'old-age', 'case.']) expect(text).not.toContain(secret);
    // Whoever signs out reads it no more.
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    expect(bench.agents.dayRows(bench.today())).toEqual([]);
    expect(JSON.stringify(bench.view())).not.toContain(localNumber);
  });

  it('says nothing of what was not kept, and nothing of what a resident did alone', () => {
    const bench = handedIn();
    bench.keeper.fill(true);
    expect(submit(bench).ok).toBe(false);
    bench.keeper.fill(false);
    expect(rowsOnDisk(bench)).toEqual([]);
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'agent', command: { do: 'hand-back' } });
    expect(submit(bench).ok).toBe(true);
    expect(rowsOnDisk(bench)).toEqual([]);
  });

  it('is forgotten after sixty days that have certainly passed', () => {
    const own = openEnrolled(memoryParts());
    const { sql } = own.rescue;
    const key = crypto.openingKey(crypto.sha256(utf8('list')));
    const to = { agentId: AGENT_ID, openKey: key.publicKey };
    const row = {
      what: 'cash.returned',
      atMs: START_MS,
      matterId: null,
      localNumber: null,
      amountFen: 900,
      ref: null,
    } as const;
    sql?.transaction(() => insertDayRow(sql, sealDayRow(crypto, to, row, START_MS), crypto.randomBytes(16)));
    expect(own.dayBook.rows(AGENT_ID, key, TODAY)).toEqual([row]);
    expect(own.dayBook.rows(AGENT_ID, crypto.openingKey(crypto.sha256(utf8('other'))), TODAY)).toEqual([]);
    if (sql) forgetOldDays(sql, START_MS + DAY_BOOK_MS - 1);
    expect(own.dayBook.rows(AGENT_ID, key, TODAY)).toHaveLength(1);
    if (sql) forgetOldDays(sql, START_MS + DAY_BOOK_MS);
    expect(own.dayBook.rows(AGENT_ID, key, TODAY)).toEqual([]);
    expect(DAY_BOOK_MS).toBe(60 * DAY_MS);
  });
});
