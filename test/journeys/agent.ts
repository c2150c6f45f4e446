/** The village's agent at the machine: registers, signs in beside a visit or alone, hands back. */
import { expect } from '@playwright/test';
import type { Village } from './village.ts';
import { arrive } from './visit.ts';
import type { Visitor } from './visitor.ts';

/** What the sample agent chose. */
export const AGENT_PIN = '730194';

/** An agent's hands. */
export interface AgentHands {
  /** Digits on the pad, and on. */
  gives(digits: string): Promise<void>;
  /** The page about agents; `isActing` where one is signed in. */
  findsPage(isActing?: boolean): Promise<void>;
  /** From the first page, to where the agent's card is asked for; waits until the roster came down. */
  beginsAlone(): Promise<void>;
  /** From the first page to the agent's own, with card, code and a PIN that is chosen. */
  registers(): Promise<void>;
  /** From any page of a resident's visit back to it, with card and PIN. */
  stepsIn(): Promise<void>;
  /** Gives the page back to the resident, who goes on. */
  handsBack(): Promise<void>;
  /** Lets go of one resident, signed in for the next. */
  goesToNext(): Promise<void>;
}

/** The sample agent at this screen. */
export function agentAt(village: Village, visitor: Visitor): AgentHands {
  const { page, words } = visitor;
  const hands: AgentHands = {
    async gives(digits) {
      const pad = page.getByLabel(words.pad.digits, { exact: true });
      for (const digit of digits) await pad.getByRole('button', { name: digit, exact: true }).click();
      await visitor.taps(words.agentSignIn.on);
    },
    async findsPage(isActing = false) {
      await visitor.taps(words.key.help);
      await visitor.sees(isActing ? words.acting.mine : words.agent.title);
    },
    async beginsAlone() {
      await arrive(visitor);
      await visitor.taps(words.key.noCard);
      // The roster comes down by itself.
      await hands.findsPage();
      await expect(page.getByRole('button', { name: words.acting.signIn })).toBeVisible();
      await visitor.taps(words.acting.signIn);
      await visitor.sees(words.agentSignIn.card);
    },
    async registers() {
      const { agent } = village.stack;
      if (agent === null) throw new Error('a sample village has an agent');
      await hands.beginsAlone();
      await village.dock.lay('agent');
      await visitor.sees(words.agentSignIn.code);
      await hands.gives(agent.code);
      await visitor.sees(words.agentSignIn['new-pin']);
      await hands.gives(AGENT_PIN);
      await visitor.sees(words.agentSignIn['repeat-pin']);
      await hands.gives(AGENT_PIN);
      await visitor.sees(words.agentDesk.title);
    },
    async stepsIn() {
      await hands.findsPage();
      await visitor.taps(words.acting.signIn);
      await visitor.sees(words.agentSignIn.card);
      await village.dock.lift();
      await village.dock.lay('agent');
      await visitor.sees(words.agentSignIn.pin);
      await hands.gives(AGENT_PIN);
    },
    async handsBack() {
      await hands.findsPage(true);
      await visitor.taps(new RegExp(words.acting.handBack));
    },
    async goesToNext() {
      await hands.findsPage(true);
      await visitor.taps(new RegExp(words.acting.next));
      await visitor.sees(words.agentDesk.title);
    },
  };
  return hands;
}
