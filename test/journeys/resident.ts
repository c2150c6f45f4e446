/** A resident and one case of theirs: comes by until there is news of it, opens it, proves who they are, leaves. */
import { expect } from '@playwright/test';
import { projectMatter } from '../project-catalog.ts';
import { wordsOf } from './matters.ts';
import type { Village } from './village.ts';
import { arrive } from './visit.ts';
import type { Visitor } from './visitor.ts';

/** A resident's hands. */
export interface ResidentHands {
  /** Steps up and lays the card, to the page that greets them. */
  comes(): Promise<void>;
  /** Comes again and again until home says so: what a desk did is on its way. */
  comesUntil(home: RegExp): Promise<void>;
  /** From home to the page of the newest case; a private matter's asks for the card again. */
  opensCase(): Promise<void>;
  /** Lays the card again where a page asks for it. */
  laysAgain(): Promise<void>;
  /** Leaves by a key of the page, 马上离开 unless another is named, and takes the card. */
  leaves(key?: string): Promise<void>;
}

/** What a line of home or of the list says, in part; the screen keeps numbers on one line with their words. */
export function saying(words: string): RegExp {
  return new RegExp(words.replaceAll(' ', '\\s').replaceAll(/\{\{\w+\}\}/g, '\\d+'));
}

/** Whoever holds `card`, whom home greets as `greeting` says, and whose case is of `matterId`. */
export function residentAt(
  village: Village,
  visitor: Visitor,
  {
    card,
    greeting,
    matterId,
  }: { readonly card: string; readonly greeting: RegExp; readonly matterId: string },
): ResidentHands {
  const { page, words } = visitor;
  const { dock } = village;
  const hands: ResidentHands = {
    async comes() {
      await arrive(visitor);
      await dock.lay(card);
      await visitor.sees(greeting);
    },
    async comesUntil(home) {
      await expect(async () => {
        await hands.comes();
        const said = page.getByText(home).first();
        await expect(said)
          .toBeVisible({ timeout: 1_500 })
          .catch(async (trouble: unknown) => {
            await hands.leaves();
            throw trouble;
          });
      }).toPass({ timeout: 60_000 });
    },
    async opensCase() {
      await visitor.taps(saying(words.home.cases));
      await visitor.taps(new RegExp(`^${wordsOf(visitor, matterId).listed}`));
      if (projectMatter(matterId).private) await hands.laysAgain();
      await expect(page.getByText(words.case.history)).toBeVisible();
    },
    async laysAgain() {
      await visitor.sees(words.prove.title);
      await dock.lift();
      await dock.lay(card);
    },
    async leaves(key = words.key.leave) {
      await visitor.taps(key);
      await dock.lift();
    },
  };
  return hands;
}
