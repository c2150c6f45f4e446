import { expect, type Page } from '@playwright/test';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import type { Language } from '../../terminal/api.ts';
import { findViolations } from '../screens/violations.ts';
import { steady, steadyAt } from './touches.ts';

/** Somebody in front of the screen, who reads one language and taps what it says. */
export interface Visitor {
  readonly page: Page;
  readonly words: typeof zh | typeof en;
  readonly language: Language;
  /** Waits for the page with this title. */
  sees(title: string | RegExp): Promise<void>;
  /** Taps a key, tile or row by its words; part of them is enough. */
  taps(name: string | RegExp): Promise<void>;
  /** Chooses one of several, by the words it begins with, which leads on. */
  chooses(label: string): Promise<void>;
  /** Declares what the page says, which leads on. */
  declares(): Promise<void>;
  /** Declares what the check page ends with, which hands it in. */
  declaresAndSubmits(): Promise<void>;
  /** Types digits on the pad and goes on. */
  dials(digits: string): Promise<void>;
  goesOn(): Promise<void>;
  /** A screenshot for the record, and what axe finds wrong on it: nothing. */
  shows(name: string): Promise<void>;
}

export function visitorOn(page: Page, language: Language, record: string): Visitor {
  const words = language === 'zh' ? zh : en;
  const key = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const visitor: Visitor = {
    page,
    words,
    language,
    sees: (title) => expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible(),
    async taps(name) {
      const target = key(name).first();
      await steadyAt(page, target);
      await target.click();
    },
    async chooses(label) {
      const target = key(new RegExp(`^${label}`)).first();
      await steadyAt(page, target);
      await target.click();
    },
    async declares() {
      // One that was made stands on the page before.
      const target = page.getByRole('button', { name: words.question.declareKey, pressed: false });
      await steadyAt(page, target);
      await target.click();
    },
    declaresAndSubmits: () => visitor.taps(words.question.declareSubmit),
    async dials(digits) {
      await steady(page);
      const pad = page.getByLabel(words.pad.digits, { exact: true });
      for (const digit of digits) await pad.getByRole('button', { name: digit, exact: true }).click();
      await visitor.goesOn();
    },
    goesOn: () => visitor.taps(words.key.next),
    async shows(name) {
      await page.screenshot({ path: `test-results/screens/${record}/${language}-${name}.png` });
      expect(await findViolations(page)).toEqual([]);
    },
  };
  return visitor;
}
