/** Visits in which somebody pays, acts for others, or is just gone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSampleAccounts } from '../../platform/payments/sample/sample-billers.ts';
import { projectCatalog } from '../project-catalog.ts';
import { askProbe } from './measure.ts';
import { VisitLost } from './screen-line.ts';
import { type Hands, handIn, layCard, MATTERS_WITH_CARD, stepUp } from './visits.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'platform', 'payments', 'sample');
const AGENT_PIN = '730194';
/** A share of those who see a code, and pay by it. */
const PAY = 0.6;

/** Bills that are looked up by one number and nothing else, each with a sample account. */
const BILLS = readSampleAccounts(readFileSync(join(SAMPLES, 'accounts.yaml'), 'utf8')).flatMap(
  ({ biller, account }) =>
    projectCatalog()
      .matters.filter(
        ({ bill, assurance, questions: [first, ...more] }) =>
          bill?.biller === biller && assurance === 'open' && first?.id === bill.account && more.length === 0,
      )
      .flatMap(({ id, bases: [basis], bill }) =>
        basis && bill?.account ? [{ id, account, basis: basis.basis, question: bill.account }] : [],
      ),
);

/** Looks a bill up, has the code shown, and pays it, or does not. */
export async function pays(hands: Hands): Promise<void> {
  const { screen, dice, town } = hands;
  const bill = dice.of(BILLS);
  await stepUp(hands);
  await screen.act({ type: 'open-matter', matterId: bill.id });
  const matter = await screen.sees('matter', 'no-card');
  if (matter.kind !== 'matter' || matter.blocked !== null) return;
  await screen.act({ type: 'start', basis: bill.basis });
  await screen.sees('question');
  await screen.act({ type: 'answer', questionId: bill.question, value: bill.account });
  const { bills } = await screen.shows('bill', ({ state }) => state !== 'asking');
  const index = bills.findIndex(({ state }) => state === 'due' || state === 'begun-here');
  if (index < 0) return;
  await screen.act({ type: 'pay-bill', index });
  const { code, lost } = await screen.shows('payment', ({ state, lost }) => state !== 'sending' || lost);
  if (code === null || lost || !dice.chance(PAY)) return;
  await paysByPhone(town.sample.payUrl);
  await screen.shows('payment', ({ state, lost }) => state === 'posted' || lost);
}

/** Every code that is shown now, as telephones do. */
async function paysByPhone(payUrl: string): Promise<void> {
  const list = await fetch(payUrl).then((answer) => answer.text(), gone);
  for (const [, path = ''] of list.matchAll(/href="(\/pay\/[^"]+)"/g)) {
    if (path.endsWith('.css')) continue;
    const body = new URLSearchParams({ do: 'pay' });
    await fetch(new URL(path, payUrl), { method: 'POST', body }).catch(gone);
  }
}

function gone(): never {
  throw new VisitLost('the till is away');
}

/** An agent signs in, by their code the first time, and acts for two residents one after another. */
export async function actsForOthers(hands: Hands): Promise<void> {
  const { screen, dock, dice } = hands;
  await stepUp(hands);
  await screen.act({ type: 'go', to: 'agent' });
  if (!(await screen.sees('agent')).signIn) return;
  await screen.act({ type: 'agent', command: { do: 'sign-in' } });
  await screen.sees('agent-sign-in');
  await dock.lay('agent');
  const { step } = await screen.shows('agent-sign-in', ({ step }) => step !== 'card');
  if (step === 'code') {
    await screen.act({ type: 'agent', command: { do: 'code', code: hands.town.sample.agent.code } });
    await screen.shows('agent-sign-in', ({ step }) => step === 'new-pin');
    await screen.act({ type: 'agent', command: { do: 'pin', pin: AGENT_PIN } });
    await screen.shows('agent-sign-in', ({ step }) => step === 'repeat-pin');
  }
  await screen.act({ type: 'agent', command: { do: 'pin', pin: AGENT_PIN } });
  await screen.sees('agent-desk');
  for (const isLast of [false, true]) {
    await dock.lift();
    await layCard(hands);
    await handIn(hands, dice.of(MATTERS_WITH_CARD));
    if (isLast) return;
    await screen.act({ type: 'agent', command: { do: 'next-resident' } });
    await screen.sees('agent-desk');
  }
}

/** Stops somewhere and goes; the machine asks, counts, and ends the visit by itself. */
export async function letsTimeRunOut(hands: Hands): Promise<void> {
  await layCard(hands);
  await handIn(hands, hands.dice.of(MATTERS_WITH_CARD), 3);
  await hands.dock.lift();
  if ((await askProbe(hands.town, { does: 'wait' })) === undefined)
    throw new VisitLost('the terminal is away');
  await hands.screen.sees('attract');
}
