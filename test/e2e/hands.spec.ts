/**
 * An allowance through all its hands, with the terminal and the desks of village, town and county open at once: a daughter
 * for her mother, with the agent's help; asked for more by the village, supplied, handed up twice, finished by the county,
 * rated, printed, collected. Once with the network cut at each hand-over, once with the terminal killed there.
 */
import { type Browser, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { agentAt } from '../journeys/agent.ts';
import * as all from '../journeys/hands.ts';
import type { Village } from '../journeys/village.ts';
import { inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let visitor: Visitor;
inOneVillage('hands', (here) => {
  ({ village, visitor } = here);
});

/** The whole path, by everybody in turn; the desks stay open all the while. */
async function goesThroughAllHands(browser: Browser, trouble: all.Trouble): Promise<void> {
  const hands = await all.gatherHands(village, visitor, browser);
  await test.step('handed in', () => all.handsInWithAgent(hands, trouble));
  await test.step('asked for more', () => all.villageAsks(hands, trouble));
  await test.step('supplied', () => all.supplies(hands, trouble));
  await test.step('handed up to the town', () => all.villageHandsUp(hands, trouble));
  await test.step('handed up to the county', () => all.townHandsUp(hands, trouble));
  await test.step('finished', () => all.countyFinishes(hands, trouble));
  await test.step('printed', () => all.printsResult(hands, trouble));
  await test.step('collected', () => all.collects(hands, trouble));
  await test.step('on record', () => all.provesOnRecord(hands));
}

test('the agent registers', async () => {
  const agent = agentAt(village, visitor);
  await agent.registers();
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('with the network cut at each hand-over, everything arrives once', async ({ browser }) => {
  test.slow();
  await goesThroughAllHands(browser, {
    begins: () => village.dock.network('cut'),
    ends: () => village.dock.network('on'),
    strikesMidway: () => Promise.resolve(false),
  });
});

test('with the terminal killed at each hand-over, nothing is asked twice, lost or doubled', async ({
  browser,
}) => {
  test.slow();
  const dies = async () => {
    await village.killTerminal();
    await visitor.sees(zh.attract.title);
  };
  await goesThroughAllHands(browser, {
    begins: () => Promise.resolve(),
    ends: dies,
    strikesMidway: async () => {
      await dies();
      return true;
    },
  });
});
