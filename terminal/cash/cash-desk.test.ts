import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { invariant, ok } from '../../base/result.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { crypto, idOf } from '../testing/keeper-world.ts';
import { AGENT_ID } from '../visit/testing/agents.ts';
import { fakeQueries, settle } from '../visit/testing/fake-queries.ts';
import { foundIn, paymentOf } from '../visit/testing/paying.ts';
import { START_MS } from '../visit/testing/site.ts';
import { watchKeeper } from '../visit/testing/watched-keeper.ts';
import { createCashDesk } from './cash-desk.ts';
import { sumOf } from './ledger.ts';
import { slipOf } from './slip-jobs.ts';

const FIRST = idOf('first case');
const SECOND = idOf('second case');

/** A desk on a machine where an agent took cash twice. */
function deskWithCash() {
  const keeper = watchKeeper();
  for (const [caseId, amountFen] of [
    [FIRST, 100],
    [SECOND, 200],
  ] as const) {
    const submissionId = crypto.randomBytes(16);
    const taken = { caseId, amountFen, agentId: AGENT_ID, matterId: 'power-bill', localNumber: '1' };
    const kept = keeper.keep({
      ...{ submissionId, entryClass: 1, attachments: [], remember: null, slip: false },
      content: { schema: 1, kind: 'audit.of-this-test', submissionId },
      cash: { did: 'taken', cash: { ...taken, day: isoDate(START_MS), takenMs: START_MS + amountFen } },
    });
    invariant(kept.ok, 'it is kept');
  }
  const queries = fakeQueries();
  const desk = createCashDesk({
    ...{ ledger: keeper.cash, queries, findPrinter: () => undefined, sureMs: () => START_MS },
    onChange: () => undefined,
  });
  const openFen = () => sumOf(keeper.cash.open(AGENT_ID));
  return { desk, queries, ledger: keeper.cash, openFen };
}

it('asks once how each payment ended that nobody here knows the end of', async () => {
  const { desk, queries, ledger, openFen } = deskWithCash();
  desk.settle(AGENT_ID);
  desk.settle(AGENT_ID);
  expect(queries.asked.map(({ query }) => [query.dataSet, query.parameters[0]?.value])).toEqual(
    [FIRST, SECOND].map((caseId) => [OWN_QUESTIONS.payment, toHex(caseId)]),
  );
  await queries.answer(ok(foundIn(paymentOf('posted'))));
  await queries.answer(ok(foundIn(paymentOf('unpaid'))));
  expect(openFen()).toBe(200);
  // What is paid and never had the agent's slip is found again, so that it can be printed.
  expect(ledger.unfinished(AGENT_ID).map(({ ended }) => ended)).toEqual(['paid', null]);
  ledger.slips.wantSlipCopy(slipOf(FIRST, 'agent'));
  expect(ledger.unfinished(AGENT_ID)).toHaveLength(1);
  // Whatever was taken counts for its day, paid or not.
  expect(ledger.countedFen(AGENT_ID, isoDate(START_MS))).toBe(300);
});

it('asks no more once the page is left, and believes no answer that comes after', async () => {
  const { desk, queries, openFen } = deskWithCash();
  desk.settle(AGENT_ID);
  desk.settle(null);
  expect(queries.asked.every(({ signal }) => signal.aborted)).toBe(true);
  await queries.answer(ok(foundIn(paymentOf('posted'))));
  await settle();
  expect(openFen()).toBe(300);
  desk.settle(AGENT_ID);
  expect(queries.asked).toHaveLength(4);
});
