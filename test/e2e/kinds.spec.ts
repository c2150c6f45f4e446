/**
 * Every type of question in every kind of matter that may ask it, at the real screen to the end of each flow; what the
 * county holds is what was answered. And every type answered wrongly: refused at the screen in plain words, and past it.
 */
import { rmSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { isoDate } from '../../base/calendar.ts';
import { type AnswerContext, checkAnswer } from '../../catalog/answers.ts';
import { describeAnswer } from '../../catalog/describe.ts';
import { isFiled } from '../../catalog/kind-rules.ts';
import type { AnswerValue, Matter, Question } from '../../catalog/schema.ts';
import { wrongAnswers } from '../../catalog/testing/arbitrary-answers.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { actionSchema } from '../../terminal/api.ts';
import { handsAt } from '../journeys/answering-hands.ts';
import { ANSWERING, type Somebody } from '../journeys/every-kind/answering.ts';
import { everyKind, GUIDE_TITLE, KINDS, LOCAL_PLACE, TYPES } from '../journeys/every-kind/kinds.ts';
import { type Filmed, openFilmed } from '../journeys/filmed.ts';
import { goPastScreen, type PastScreen } from '../journeys/past-screen.ts';
import { paysByPhone } from '../journeys/paying.ts';
import { signInAtDesk } from '../journeys/staff.ts';
import { arrive } from '../journeys/visit.ts';
import { visitorOn } from '../journeys/visitor.ts';

test.describe.configure({ mode: 'serial' });

const made = everyKind();
const filed = made.matters.filter((matter) => isFiled(matter));
const todayIso = isoDate(Date.now());
/** A visit that holds nothing, against which every wrong answer is judged. */
const CONTEXT: AnswerContext = {
  ...{ todayIso, knownCards: new Map(), knownSlots: new Map() },
  ...{ knownPhotos: new Set(), knownRecordings: new Map() },
};

let catalogDir: string;
let filmed: Filmed;
let page: Page;
let somebody: Somebody;
let past: PastScreen;
/** By matter, the files handed in for it. */
const files = new Map<string, readonly Uint8Array[]>();

test.beforeAll(async ({ browser: drawing, launchOptions }) => {
  catalogDir = made.write();
  filmed = await openFilmed({ drawing, launchOptions, catalogDir });
  ({ page } = filmed);
  past = await goPastScreen(filmed.village);
  somebody = { visitor: visitorOn(page, 'zh', 'kinds'), hands: handsAt(page), dock: filmed.village.dock };
  await arrive(somebody.visitor);
});

test.afterAll(async () => {
  past?.close();
  await filmed?.stop();
  rmSync(catalogDir, { recursive: true, force: true });
});

const says = (words: string | RegExp) => expect(page.getByText(words).first()).toBeVisible();
const rightAnswer = ({ type }: Question) => ANSWERING[type].value?.(todayIso);

test('the matters made of the schema are valid, of every kind, and what is filed asks every type', () => {
  expect(made.problems).toEqual([]);
  expect(new Set(made.matters.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  for (const { questions } of filed) expect(questions.map(({ type }) => type)).toEqual(TYPES);
});

/** Lays a card and opens a matter by its category; the guide opens at once. */
async function opens(matter: Matter): Promise<void> {
  const { visitor, dock } = somebody;
  // Whoever comes next need not wait for the goodbye to go.
  await dock.lay('mother');
  await visitor.sees(/(上午|中午|下午|晚上)好/);
  await visitor.taps(made.findCategory(matter) ?? '');
  await visitor.taps(new RegExp(`^${matter.name.short.zh}`));
  if (matter.kind === 'guide') return;
  await visitor.sees(matter.name.short.zh);
  await visitor.taps(matter.bases.length > 1 ? '给我自己办' : zh.key.start);
}

/** Answers all that is asked; `before` is done at each question before it is answered. */
async function answersAll(matter: Matter, before?: (question: Question) => Promise<boolean>): Promise<void> {
  const { visitor } = somebody;
  const from = filmed.handedIn.length;
  for (const question of pagesOf(matter)) {
    await visitor.sees(question.ask.zh);
    const { answers, on } = ANSWERING[question.type];
    const isAnswered = (await before?.(question)) ?? false;
    if (!isAnswered) await answers(somebody);
    if (on !== null) await visitor.taps(on);
  }
  const last = matter.questions.at(-1)?.ask.zh;
  if (last !== undefined) await expect(page.getByRole('heading', { name: last })).toHaveCount(0);
  files.set(matter.id, filmed.handedIn.slice(from));
}

/** What is declared last has no page: it is on that where all is looked at. */
function pagesOf({ kind, questions }: Matter): readonly Question[] {
  return CHECKED.has(kind) && questions.at(-1)?.type === 'declaration' ? questions.slice(0, -1) : questions;
}

async function leaves(key: string): Promise<void> {
  const { visitor, dock } = somebody;
  await visitor.taps(key);
  await visitor.sees(zh.goodbye.title);
  await dock.lift();
}

/** The kinds whose matters end with a page where all is looked at. */
const CHECKED: ReadonlySet<Matter['kind']> = new Set(['apply', 'report', 'book']);

/** Hands in what was answered, to the slip. */
async function handsInAll(): Promise<void> {
  const { visitor } = somebody;
  await visitor.sees(zh.check.title);
  await past.sends({ type: 'submit' });
  await visitor.sees(zh.check.title);
  await visitor.declaresAndSubmits();
  await visitor.sees(zh.kept.printed);
  await leaves(zh.key.done);
}

/** By kind, from the last answer to the end; a kind without its end here does not compile. */
const ENDS: Readonly<Record<Matter['kind'], (matter: Matter) => Promise<void>>> = {
  apply: handsInAll,
  report: handsInAll,
  book: handsInAll,
  async pay() {
    const { visitor } = somebody;
    await visitor.taps(/^对，付/);
    await visitor.sees(/请用手机扫码付/);
    const browser = page.context().browser();
    if (browser === null) throw new Error('no browser stands for the phone');
    const context = await browser.newContext();
    await paysByPhone(context, filmed.village);
    await context.close();
    await visitor.sees(/缴好了/);
    await leaves(zh.key.done);
  },
  async print({ questions }) {
    const { visitor } = somebody;
    await visitor.sees(zh.print.preview);
    const paper = page.getByRole('region', { name: zh.print.onPaper });
    for (const question of questions.filter(({ type }) => ON_PAPER.has(type)))
      await expect(
        paper.getByText(wordsOf(question, rightAnswer(question) ?? '', 'screen'), { exact: true }),
      ).toBeVisible();
    await visitor.taps(zh.print.go);
    await visitor.sees(/^请取走 \d+ 张纸$/);
    await visitor.taps(zh.print.taken);
    await visitor.sees(zh.print.doneTitle);
    await leaves(zh.key.done);
  },
  async query({ source, questions }) {
    if (typeof source === 'object' && 'local' in source) await says(LOCAL_PLACE);
    else {
      await says('样例处');
      for (const question of questions.filter(({ type }) => SAID_BACK.has(type)))
        await says(String(rightAnswer(question)));
    }
    await leaves(zh.key.leave);
  },
  async guide() {
    await says(GUIDE_TITLE);
    await leaves(zh.key.leave);
  },
};

/** What a paper says of its questions. */
const ON_PAPER = new Set<Question['type']>(['one-of', 'yes-no', 'quantity', 'date', 'month', 'text']);
/** What the register says of what it was asked with. */
const SAID_BACK = new Set<Question['type']>([
  'phone',
  'id-number',
  'name',
  'text',
  'village',
  'code',
  'amount',
]);

function wordsOf(question: Question, value: AnswerValue, reader: 'screen' | 'desk'): string {
  return describeAnswer(question, value, reader).zh;
}

/** What the terminal says to that answer. */
function terminalWords(question: Question, value: unknown): string {
  const checked = checkAnswer(question, value, CONTEXT);
  if (checked.ok) throw new Error(`${question.type} takes ${JSON.stringify(value)}`);
  return checked.error.words.zh;
}

/** Answers wrongly at the screen and past it, and mends it at the screen; whether that answered it. */
async function answersWrongly(question: Question): Promise<boolean> {
  const { type, id } = question;
  const { answers, wrong } = ANSWERING[type];
  await wrong.gives?.(somebody);
  const on = wrong.on === undefined ? ANSWERING[type].on : wrong.on;
  if (wrong.isImpossible) await expect(somebody.hands.key(zh.key.next)).toHaveCount(0);
  else if (on !== null) await somebody.visitor.taps(on);
  await expect(
    page.getByText(wrong.says ?? terminalWords(question, wrong.value), { exact: true }),
  ).toBeVisible();
  for (const value of [wrong.value, ...wrongAnswers(question, CONTEXT).map(([each]) => each)]) {
    const action = actionSchema.safeParse({ type: 'answer', questionId: id, value });
    if (!action.success) continue;
    // No answer stands for what was read: nothing of the answer before may be held.
    await past.sends({ type: 'typing', questionId: id, value: null });
    const words = { zh: terminalWords(question, value) };
    const refused = { ok: false, error: { code: 'bad-answer', questionId: id, words } };
    expect([type, value, await past.sends(action.data)]).toMatchObject([type, value, refused]);
  }
  await past.sends({ type: 'typing', questionId: id, value: null });
  await (wrong.mends ?? answers)(somebody);
  return true;
}

for (const matter of made.matters)
  test(`${matter.kind}: ${matter.name.short.zh}, ${matter.questions.length} types, to its end`, async () => {
    await opens(matter);
    await answersAll(matter, matter.kind === 'apply' ? answersWrongly : undefined);
    await ENDS[matter.kind](matter);
  });

test('the town holds of each what was answered', async ({ browser }) => {
  const town = await signInAtDesk(browser, filmed.village.stack, 'town');
  for (const matter of filed) {
    await expect(() => opensCase(town, matter)).toPass({ timeout: 60_000 });
    await expect(async () => {
      await town.reload();
      expect(await filesAt(town)).toEqual(files.get(matter.id));
    }).toPass({ timeout: 60_000 });
    const held = await town
      .locator('dt')
      .evaluateAll((terms) =>
        terms.map((term) => [term.textContent, term.nextElementSibling?.textContent?.trim()]),
      );
    const answers = new Map(held.map(([label, words]) => [label, words ?? '']));
    for (const question of matter.questions) {
      const value = rightAnswer(question);
      const words = answers.get(question.label.zh) ?? '';
      if (value !== undefined)
        expect([question.type, words]).toEqual([question.type, wordsOf(question, value, 'desk')]);
      else expect(words).toMatch(ANSWERING[question.type].atDesk ?? /^/);
    }
  }
});

/** What is booked or paid is closed by the county itself: a case stands in one list or another. */
async function opensCase(town: Page, { name }: Matter): Promise<void> {
  const row = town.getByRole('row').filter({ hasText: name.short.zh });
  for (const list of ['new', 'open', 'closed']) {
    await town.goto(new URL(`/?show=${list}`, town.url()).href);
    if ((await row.count()) === 0) continue;
    await row.getByRole('link').click();
    await town.locator('dt').first().waitFor();
    return;
  }
  throw new Error(`no case of ${name.short.zh} is there yet`);
}

/** The pictures and recordings of the case shown, as they came. */
async function filesAt(town: Page): Promise<readonly Uint8Array[]> {
  const sources = await town
    .locator('a.picture img, audio')
    .evaluateAll((all) => all.map((one) => one.getAttribute('src')));
  const bodies = sources.map((source) => town.request.get(new URL(source ?? '', town.url()).href));
  return Promise.all((await Promise.all(bodies)).map(async (one) => new Uint8Array(await one.body())));
}
