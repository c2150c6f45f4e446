/** A native crash in a driver, in the middle of a half-filled matter: nobody at the screen loses anything. */
import { expect } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { declinesLookUp, goToMatter, wordsOf } from './matters.ts';
import { arrive, type Here } from './visit.ts';

/**
 * Answers a question of a matter, lets the devices process die by SIGSEGV, answers the next, and lays a card again.
 * How soon a program is started again is a matter of its supervisor, and tested there (`host/`).
 */
export async function crashDevices({ village, page, visitor }: Here): Promise<void> {
  const words = wordsOf(visitor, 'old-age-allowance');
  const devices = village.stack.programs?.devices;
  const before = devices?.generation() ?? 0;
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await village.dock.lift();
  await goToMatter(visitor, 'old-age-allowance');
  await visitor.taps(words.basis('self'));
  await declinesLookUp(visitor, words.asks('pay-to'));
  await visitor.sees(words.asks('pay-to'));
  await visitor.chooses(words.choice('pay-to', 'passbook'));
  await visitor.sees(words.asks('lives'));

  devices?.findHandle()?.kill('SIGSEGV');
  await expect.poll(() => devices?.generation()).toBe(before + 1);
  await devices?.findHandle()?.ready;
  // The page is the same, what was chosen before stands, and the matter goes on from there.
  await visitor.sees(words.asks('lives'));
  await visitor.taps(zh.key.back);
  await visitor.sees(words.asks('pay-to'));
  const chosen = page.getByRole('button', { name: new RegExp(`^${words.choice('pay-to', 'passbook')}`) });
  await expect(chosen).toHaveAttribute('aria-pressed', 'true');
  await visitor.goesOn();
  await visitor.sees(words.asks('lives'));
  await visitor.taps(zh.key.leave);
  await village.dock.lay('daughter');
  await visitor.sees(/陈女士/);
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
}
