import { expect } from '@playwright/test';
import type { Choice, Question, Text } from '../../catalog/schema.ts';
import { projectCatalog, projectMatter } from '../project-catalog.ts';
import type { Visitor } from './visitor.ts';

/** A number that reaches nobody. */
export const SAMPLE_PHONE = '13900000000';

/** The words of one matter, as this visitor reads them. */
export function wordsOf(visitor: Pick<Visitor, 'language'>, matterId: string) {
  const matter = projectMatter(matterId);
  // The screen writes ASCII apostrophes: those of its font are as wide as a character.
  const say = (text: Text) => text[visitor.language].replaceAll('’', "'");
  const question = (id: string): Question => {
    const found = matter.questions.find((one) => one.id === id);
    if (found === undefined) throw new Error(`${matterId} asks no ${id}`);
    return found;
  };
  return {
    name: say(matter.name.short),
    /** What it is called in lists and at desks: neutral where it is private. */
    listed: say(matter.neutral ?? matter.name.short),
    basis: (basis: string) =>
      say(matter.bases.find((one) => one.basis === basis)?.label ?? { zh: '', en: '' }),
    asks: (id: string) => say(question(id).ask),
    label: (id: string) => say(question(id).label),
    choice(id: string, value: string): string {
      const asked = question(id);
      const choices: readonly Choice[] = 'choices' in asked ? asked.choices : [];
      const found = choices.find((one) => one.value === value);
      if (found === undefined) throw new Error(`${id} has no choice ${value}`);
      return say(found.label);
    },
  };
}

/** Opens a matter through its category, from home or from the page for people without a card. */
export async function goToMatter(visitor: Visitor, matterId: string): Promise<void> {
  const { home } = visitor.words;
  const { category } = projectMatter(matterId);
  const name = projectCatalog().categories.find(({ id }) => id === category)?.name[visitor.language] ?? '';
  const all = home.allCategories.replace('{{n}}', '\\d+');
  await visitor.taps(new RegExp(`^(${all}|${home.categories})$`));
  // Home has some of the same names: a tap is meant for the list that replaces it.
  await visitor.sees(home.categories);
  await visitor.taps(name);
  await visitor.sees(name);
  await visitor.taps(new RegExp(`^${wordsOf(visitor, matterId).name}`));
}

/** Would rather be asked: what the state could tell instead is not looked up. Without network nothing is offered. */
export async function declinesLookUp(visitor: Visitor, ask: string): Promise<void> {
  const heading = (name: string) => visitor.page.getByRole('heading', { name, level: 1 });
  const offered = heading(visitor.words.shared.consentTitle);
  await offered.or(heading(ask)).first().waitFor();
  if (await offered.isVisible()) await visitor.taps(visitor.words.shared.notAgreeFill);
}

/** Types the telephone that a question asks for, also where the registered one is offered first. */
export async function givesPhone(visitor: Visitor, digits: string = SAMPLE_PHONE): Promise<void> {
  const { shared, pad } = visitor.words;
  const other = visitor.page.getByRole('button', { name: shared.orType, exact: true });
  await expect(other.or(visitor.page.getByLabel(pad.digits, { exact: true })).first()).toBeVisible();
  if (await other.isVisible()) await visitor.taps(shared.orType);
  await visitor.dials(digits);
}

/** Answers the questions of the old-age allowance that follow the basis, up to the check page. */
export async function answerAllowance(visitor: Visitor, options: { readonly show: boolean }): Promise<void> {
  const words = wordsOf(visitor, 'old-age-allowance');
  const show = async (name: string) => {
    if (options.show) await visitor.shows(name);
  };
  await declinesLookUp(visitor, words.asks('pay-to'));
  await visitor.sees(words.asks('pay-to'));
  await show('question-one-of');
  await visitor.chooses(words.choice('pay-to', 'passbook'));
  await visitor.sees(words.asks('lives'));
  await visitor.chooses(words.choice('lives', 'as-on-card'));
  await visitor.sees(words.asks('phone'));
  await visitor.dials(SAMPLE_PHONE);
}

/** Files the allowance for oneself, from home to the kept page. */
export async function applyForAllowance(
  visitor: Visitor,
  options: { readonly show: boolean; readonly submit?: boolean },
): Promise<void> {
  const words = wordsOf(visitor, 'old-age-allowance');
  const show = async (name: string) => {
    if (options.show) await visitor.shows(name);
  };
  await goToMatter(visitor, 'old-age-allowance');
  await show('matter');
  await visitor.taps(words.basis('self'));
  await answerAllowance(visitor, options);
  await visitor.sees(visitor.words.check.title);
  await show('check');
  if (options.submit !== false) await visitor.declaresAndSubmits();
}
