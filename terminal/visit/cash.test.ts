/** Cash in the agent's hand: counted, signed for, paid or given back, whatever dies between. */
import { beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { invariant, ok } from '../../base/result.ts';
import type { SlipOutcome } from '../../drivers/api.ts';
import { isActBy } from '../../sync/formats/body.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { createActingKeeper } from '../agents/acting-keeper.ts';
import { NO_AGENTS } from '../agents/agent-desk.ts';
import { daySums } from '../agents/day-sums.ts';
import type { CashCommand } from '../api.ts';
import { sumOf } from '../cash/ledger.ts';
import { crypto } from '../testing/keeper-world.ts';
import { AGENT_ID, DAY_MS, rosterOfOne, signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { settle } from './testing/fake-queries.ts';
import { POWER_BILL as BILL, foundIn, type PageOf, paymentOf, WHOLE_CATALOG } from './testing/paying.ts';
import { NEIGHBOUR, SPECIMEN } from './testing/people.ts';

let bench: Bench;
beforeEach(() => {
  bench = withRegisteredAgent(createBench());
  bench.world.catalog = WHOLE_CATALOG;
});

function shown<K extends 'bill' | 'cash' | 'payment' | 'agent'>(kind: K): PageOf<K> {
  const page = bench.page();
  invariant(page.kind === kind, `${kind} is shown, not ${page.kind}`);
  return page as PageOf<K>;
}

const told = (...answer: Parameters<typeof foundIn>) => bench.queries.answer(ok(foundIn(...answer)));
const polls = async () => {
  bench.clock.advance(2_000);
  await settle();
};
const cash = (command: CashCommand) => bench.act({ type: 'cash', command });

/** To the bill of the specimen's power, with the agent beside or not. */
async function looksUp(bill: Parameters<typeof foundIn>[0] = BILL, isAgentHere = true): Promise<void> {
  bench.lay(SPECIMEN);
  if (isAgentHere) signIn(bench);
  await findsBill(bill);
}

async function findsBill(bill: Parameters<typeof foundIn>[0] = BILL): Promise<void> {
  bench.act({ type: 'home' });
  bench.act({ type: 'go', to: 'find' });
  bench.act({ type: 'open-matter', matterId: 'power-bill' });
  bench.act({ type: 'start', basis: 'open' });
  bench.act({ type: 'answer', questionId: 'account', value: '3306990001' });
  await told(bill);
}

/** To the page that takes it; the platform says what was taken today. */
async function offersCash(takenFen = 0, capFen = 200_000): Promise<void> {
  await looksUp();
  expect(shown('bill').bills[0]?.forCash).toBe(true);
  expect(cash({ do: 'open', index: 0 })).toEqual({ ok: true });
  expect(shown('cash').state).toBe('asking');
  await told({ capFen, takenFen });
}

async function takesCash(): Promise<void> {
  await offersCash();
  expect(shown('cash')).toMatchObject({ state: 'ready', amountFen: 8640, payer: { zh: '张*' } });
  expect(cash({ do: 'taken' })).toEqual({ ok: true });
  await settle();
}

const paper = (nth: number) => JSON.stringify(bench.slips.printed[nth]?.blocks);
const kinds = () => bench.keeper.contents().flatMap(({ kind }) => (kind.startsWith('audit.') ? [] : [kind]));
const openFen = () => sumOf(bench.keeper.cash.open(AGENT_ID));

/** The terminal dies and comes back, with everything else as it was. */
async function dies(): Promise<void> {
  const { world } = bench;
  await settle();
  bench.clock.forgetTimers();
  bench = createBench({ keeper: bench.keeper.crash() });
  Object.assign(bench.world, { roster: world.roster, catalog: world.catalog });
}

/** The two come back, to what is not settled. */
async function resumes(): Promise<void> {
  bench.lay(SPECIMEN);
  signIn(bench);
  bench.act({ type: 'go', to: 'agent' });
  expect(shown('agent').openCashFen).toBe(8640);
  expect(cash({ do: 'resume' })).toEqual({ ok: true });
}

describe('taking cash', () => {
  it('is one entry with the case, signed by the agent, and names who gave how much', async () => {
    await takesCash();
    expect(kinds()).toEqual(['case.submitted']);
    const content = bench.keeper.firstCase();
    expect(content.cash).toMatchObject({
      amountFen: 8640,
      payer: { name: SPECIMEN.name, number: SPECIMEN.number },
    });
    expect(content.actors).toMatchObject([{ role: 'agent', agentId: AGENT_ID, by: 'card' }]);
    const [act] = bench.keeper.signed();
    const key = bench.keeper.contents().find(({ kind }) => kind === 'audit.agent-key');
    expect(isActBy(crypto, act!.acts[0]!, { ...act!, agentPublicKey: key?.signKey as Uint8Array })).toBe(
      true,
    );
    expect(openFen()).toBe(8640);
    // The day book, sealed to the agent, tells of it too.
    expect(daySums(bench.agents.dayRows(isoDate(bench.clock.wallMs()))).cash.takenFen).toBe(8640);
  });

  it('prints the resident’s slip before there is a code, and the agent’s when it is paid', async () => {
    await takesCash();
    expect(shown('payment')).toMatchObject({ state: 'sending', code: null, cash: { state: 'held' } });
    expect(bench.slips.printed).toHaveLength(1);
    for (const word of ['现金收条', '吕*', '86.40 元', '陈*初', '代办员签名'])
      expect(paper(0)).toContain(word);
    expect(paper(0)).not.toContain(SPECIMEN.number);
    await told(paymentOf('open'));
    expect(shown('payment')).toMatchObject({ state: 'open', cash: { slips: { agent: { state: null } } } });
    await polls();
    await told(paymentOf('posted', { receipt: '00000001' }));
    await settle();
    expect(shown('payment').cash).toMatchObject({ state: 'paid', mayReturn: false });
    expect(bench.slips.printed).toHaveLength(3);
    const [receipt, second] = [paper(1), paper(2)];
    expect(receipt).toContain('缴好了');
    for (const word of ['现金底联', '张*', '86.40 元', '抵清', '00000001', '交钱的人签名'])
      expect(second).toContain(word);
    expect(second).not.toContain('吕*');
    expect(openFen()).toBe(0);
    expect(kinds()).toEqual(['case.submitted']);
  });

  it('goes back where it did not end paid: signed, and on the agent’s slip', async () => {
    await takesCash();
    await told(paymentOf('open'));
    expect(cash({ do: 'returned' }).ok).toBe(false);
    await polls();
    await told(paymentOf('unpaid'));
    await settle();
    expect(shown('payment').cash).toMatchObject({ state: 'to-return', mayReturn: true });
    expect(cash({ do: 'returned' })).toEqual({ ok: true });
    await settle();
    expect(shown('payment').cash?.state).toBe('returned');
    expect(kinds()).toEqual(['case.submitted', 'cash.returned']);
    const back = bench.keeper.contents().find(({ kind }) => kind === 'cash.returned');
    expect(back).toMatchObject({ amountFen: 8640, payer: { number: SPECIMEN.number } });
    expect(bench.keeper.signed().map(({ kind }) => kind)).toEqual(['case.submitted', 'cash.returned']);
    expect([paper(1), paper(2)].join()).not.toContain('没有收钱');
    expect(paper(1)).toContain('现金要退给本人');
    expect(paper(2)).toContain('退给本人了');
    expect(openFen()).toBe(0);
    // Said twice it is the same.
    expect(cash({ do: 'returned' }).ok).toBe(false);
    expect(kinds()).toHaveLength(2);
  });

  it('needs the agent and the resident’s own card, at the screen and past it', async () => {
    await looksUp(BILL, false);
    expect(shown('bill').bills[0]?.forCash).toBe(false);
    expect(cash({ do: 'open', index: 0 })).toMatchObject({ ok: false, error: { code: 'evidence-missing' } });
    for (const command of [{ do: 'taken' }, { do: 'returned' }, { do: 'resume' }] as const)
      expect(cash(command).ok).toBe(false);
    expect(kinds()).toEqual([]);
  });

  it('ends when the agent is revoked while the cash is handed over', async () => {
    await offersCash();
    bench.world.roster = rosterOfOne({ revoked: true }, { version: 2 });
    expect(cash({ do: 'taken' })).toMatchObject({ ok: false });
    bench.authority.refresh();
    expect(shown('cash')).toMatchObject({ state: 'no-agent', agent: null });
    expect(kinds()).toEqual([]);
  });

  it('is refused before any is handed over without a printer, without network, without the county’s word', async () => {
    await looksUp();
    bench.world.devices = { ...bench.world.devices, slipPrinter: 'down' };
    bench.authority.refresh();
    expect(cash({ do: 'open', index: 0 })).toMatchObject({ ok: false, error: { words: { zh: /收条/ } } });
    bench.world.devices = { ...bench.world.devices, slipPrinter: 'ok' };
    cash({ do: 'open', index: 0 });
    expect(cash({ do: 'taken' }).ok).toBe(false);
    await bench.queries.answer({ ok: false, error: 'offline' });
    expect(shown('cash').state).toBe('offline');
    expect(cash({ do: 'taken' }).ok).toBe(false);
    expect(cash({ do: 'ask-again' })).toEqual({ ok: true });
    expect(bench.queries.asked.at(-1)?.query).toMatchObject({
      dataSet: OWN_QUESTIONS.cash,
      parameters: [{ name: 'agent', value: toHex(AGENT_ID) }],
    });
    await told({ capFen: 200_000, takenFen: 0 });
    bench.world.trustedTime = false;
    bench.authority.refresh();
    expect(shown('cash').state).toBe('offline');
    bench.world.trustedTime = true;
    bench.authority.refresh();
    expect(shown('cash').state).toBe('ready');
    expect(kinds()).toEqual([]);
  });
});

it('passes the last door to the journal with both of them alone', () => {
  const submissionId = crypto.randomBytes(16);
  const content = { schema: 1, kind: 'cash.returned', submissionId };
  const wish = {
    submissionId,
    entryClass: 1,
    content,
    attachments: [],
    remember: null,
    slip: false,
  } as const;
  const alone = createActingKeeper(bench.keeper, NO_AGENTS);
  const kept = alone.keep({ ...wish, cash: { did: 'returned', caseId: submissionId } });
  expect(kept).toMatchObject({ ok: false, error: { code: 'no-evidence' } });
});

describe('the limit of a day', () => {
  it('refuses one fen over it, by the platform’s count', async () => {
    await offersCash(200_000 - 8640 + 1);
    expect(shown('cash')).toMatchObject({ state: 'over', today: { capFen: 200_000 } });
    expect(cash({ do: 'taken' })).toMatchObject({ ok: false, error: { words: { zh: /上限/ } } });
    expect(kinds()).toEqual([]);
    expect(bench.slips.printed).toEqual([]);
  });

  it('takes up to the last fen', async () => {
    await offersCash(200_000 - 8640);
    expect(cash({ do: 'taken' })).toEqual({ ok: true });
  });

  it('is counted here too: through a death, with a clock set back, and though the platform forgot', async () => {
    await takesCash();
    await told(paymentOf('open'));
    await dies();
    bench.clock.setWall(bench.clock.wallMs() - 2 * DAY_MS);
    await looksUp({ ...BILL, bill: 'PW-2' });
    cash({ do: 'open', index: 0 });
    await told({ capFen: 10_000, takenFen: 0 });
    expect(shown('cash')).toMatchObject({ state: 'over', today: { takenFen: 8640, capFen: 10_000 } });
  });

  it('counts nothing that went back, and begins anew the next day', async () => {
    await takesCash();
    await told(paymentOf('unpaid'));
    expect(cash({ do: 'returned' })).toEqual({ ok: true });
    const today = isoDate(bench.clock.wallMs());
    expect(bench.keeper.cash.countedFen(AGENT_ID, today)).toBe(0);
    await findsBill();
    cash({ do: 'open', index: 0 });
    await told({ capFen: 200_000, takenFen: 0 });
    cash({ do: 'taken' });
    expect(bench.keeper.cash.countedFen(AGENT_ID, today)).toBe(8640);
    expect(bench.keeper.cash.countedFen(AGENT_ID, isoDate(bench.clock.wallMs() + DAY_MS))).toBe(0);
  });
});

describe('slips', () => {
  it('are printed once more after a jam, each once, and say so', async () => {
    bench.slips.answer = async (): Promise<SlipOutcome> => ({ outcome: 'unknown', reason: 'paper-jam' });
    await takesCash();
    expect(shown('payment').cash?.slips.resident).toEqual({ state: 'unknown', again: true });
    bench.slips.answer = async () => ({ outcome: 'printed' });
    expect(cash({ do: 'print', side: 'agent' }).ok).toBe(false);
    expect(cash({ do: 'print', side: 'resident' })).toEqual({ ok: true });
    await settle();
    expect(paper(1)).toContain('补打');
    expect(shown('payment').cash?.slips.resident).toEqual({ state: 'printed', again: false });
    expect(cash({ do: 'print', side: 'resident' }).ok).toBe(false);
    expect(bench.slips.printed).toHaveLength(2);
  });

  it('cost nothing while surely none came out', async () => {
    bench.slips.answer = async (): Promise<SlipOutcome> => ({ outcome: 'not-printed', reason: 'paper-out' });
    await takesCash();
    for (let nth = 1; nth < 4; nth++) {
      expect(cash({ do: 'print', side: 'resident' })).toEqual({ ok: true });
      await settle();
      expect(paper(nth)).not.toContain('补打');
    }
  });
});

describe('whatever dies', () => {
  it('before it was said that the cash is there: nothing was kept', async () => {
    await offersCash();
    await dies();
    expect(kinds()).toEqual([]);
    expect(openFen()).toBe(0);
  });

  it('between the cash and its slip, the code, or the word that it is paid: the two come back to it', async () => {
    bench.slips.answer = () => new Promise(() => undefined);
    await takesCash();
    await dies();
    await resumes();
    expect(shown('payment').cash?.slips.resident).toEqual({ state: 'unknown', again: true });
    await told(paymentOf('open'));
    expect(shown('payment').code).not.toBeNull();
    await dies();
    await resumes();
    await told(paymentOf('posted', { receipt: '00000001' }));
    await settle();
    expect(shown('payment').cash?.state).toBe('paid');
    expect(paper(0)).toContain('抵清');
    expect(kinds()).toEqual(['case.submitted']);
    expect(openFen()).toBe(0);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(SPECIMEN);
    signIn(bench);
    bench.act({ type: 'go', to: 'agent' });
    expect(shown('agent').openCashFen).toBeNull();
  });

  it('before the cash went back, and after: it goes back once', async () => {
    await takesCash();
    await told(paymentOf('open'));
    await dies();
    await resumes();
    await told(paymentOf('unpaid'));
    expect(cash({ do: 'returned' })).toEqual({ ok: true });
    await dies();
    bench.lay(SPECIMEN);
    signIn(bench);
    bench.act({ type: 'go', to: 'agent' });
    expect(shown('agent').openCashFen).toBeNull();
    expect(kinds()).toEqual(['case.submitted', 'cash.returned']);
  });

  it('at any write: there is the entry with its row, or neither', async () => {
    for (let point = 1; point < 6; point++) {
      bench = withRegisteredAgent(createBench());
      bench.world.catalog = WHOLE_CATALOG;
      await offersCash();
      bench.keeper.dieAtCommit(point);
      try {
        cash({ do: 'taken' });
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'killed') throw error;
      }
      bench.keeper.dieAtCommit(0);
      await dies();
      expect(openFen(), `killed at ${point}`).toBe(kinds().includes('case.submitted') ? 8640 : 0);
    }
  });

  it('of the network: nobody is told that it is paid, and what is left says that it is being checked', async () => {
    await takesCash();
    await told(paymentOf('open'));
    await polls();
    await bench.queries.answer({ ok: false, error: 'offline' });
    expect(shown('payment')).toMatchObject({
      lost: true,
      code: null,
      cash: { state: 'held', mayReturn: false },
    });
    expect(cash({ do: 'returned' }).ok).toBe(false);
    bench.act({ type: 'leave' });
    const papers = bench.slips.printed.map((_, nth) => paper(nth));
    expect(papers.filter((text) => text.includes('现金还没了结'))).toHaveLength(1);
    expect(openFen()).toBe(8640);
  });

  it('of the disk, full: nothing is kept and nobody has paid', async () => {
    await offersCash();
    bench.keeper.fill(true);
    expect(cash({ do: 'taken' })).toMatchObject({ ok: false, error: { code: 'store-full' } });
    bench.keeper.fill(false);
    expect(openFen()).toBe(0);
    expect(bench.slips.printed).toEqual([]);
    expect(cash({ do: 'taken' })).toEqual({ ok: true });
    expect(openFen()).toBe(8640);
  });
});

it('shows nobody’s cash to another resident, nor to another agent’s visit', async () => {
  await takesCash();
  await told(paymentOf('open'));
  bench.act({ type: 'agent', command: { do: 'next-resident' } });
  bench.clock.advance(1_000);
  bench.lay(NEIGHBOUR);
  bench.act({ type: 'go', to: 'agent' });
  expect(shown('agent')).toMatchObject({ acting: 'beside', openCashFen: null });
  expect(cash({ do: 'resume' }).ok).toBe(false);
  expect(JSON.stringify(bench.view())).not.toMatch(/张\*|8640|86\.40/);
});
