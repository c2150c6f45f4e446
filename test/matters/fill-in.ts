/** Answering whatever a matter asks, as somebody at the screen would: one page after another, by the real actions. */
import fc from 'fast-check';
import { isoDate } from '../../base/calendar.ts';
import type { AnswerContext } from '../../catalog/answers.ts';
import type { SharedRecord } from '../../catalog/fill-shared.ts';
import type { Answers, AnswerValue, Basis, Matter, Question } from '../../catalog/schema.ts';
import { findSpeechLimit, findSpoken } from '../../catalog/spoken.ts';
import { arbitraryAnswer } from '../../catalog/testing/arbitrary-answers.ts';
import { NAMES } from '../../catalog/testing/arbitrary-parts.ts';
import type { Page } from '../../terminal/api.ts';
import type { Bench } from '../../terminal/visit/testing/bench.ts';
import { foundAnswer, settle } from '../../terminal/visit/testing/fake-queries.ts';
import { jpegOf } from '../../terminal/visit/testing/photos.ts';
import { webmOf } from '../../terminal/visit/testing/recordings.ts';
import { arbitraryHolder, type Holder } from './people.ts';
import { layCard, TODAY } from './station.ts';

/** Draws a value while a property runs. */
export type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

/** Somebody filling in a matter. */
export interface Filler {
  readonly bench: Bench;
  readonly matter: Matter;
  readonly basis: Basis;
  readonly draw: Draw;
  /** Whether what the state keeps is fetched where that is offered, and what it keeps. */
  readonly agrees: boolean;
  readonly records: readonly SharedRecord[];
  /** Called on each page with a question, before it is answered. */
  readonly onQuestion?: (page: QuestionPage) => void;
}

/** What was answered on the way, as it must be found again: files by their kind, cards by whose they are. */
export interface Given {
  /** By question; a question left out was left empty. */
  readonly answers: Answers;
  readonly cards: Readonly<Record<string, Holder>>;
  /** Questions answered with a file, in order. */
  readonly files: readonly string[];
}

export type QuestionPage = Extract<Page, { kind: 'question' }>;

/** More pages than any matter has. */
const MOST_PAGES = 80;

/** Goes on from the page shown until it is none that asks for anything; throws when an answer is refused. */
export async function fillIn(filler: Filler): Promise<Given> {
  const { bench, matter } = filler;
  const given = {
    answers: {} as Record<string, AnswerValue>,
    cards: {} as Record<string, Holder>,
    files: [] as string[],
  };
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const page = bench.page();
    if (page.kind === 'question') {
      filler.onQuestion?.(page);
      answerShown(filler, page.question, given);
    } else if (page.kind === 'prove-person') prove(bench);
    else if (page.kind === 'consent') await consent(filler);
    else if (page.kind === 'fetched') bench.act({ type: 'go-on', choice: null });
    else if (page.kind === 'bundle') bundle(filler, page);
    else if (page.kind === 'check' && page.declares !== null) {
      const { questionId } = page.declares;
      bench.act({ type: 'answer', questionId, value: true });
      given.answers[questionId] = true;
    } else return given;
  }
  throw new Error(`${matter.id} has no end`);
}

/** Proves whoever stands here by their face. */
export function prove(bench: Bench): void {
  bench.act({ type: 'prove', method: 'face' });
  bench.proof.tells({ type: 'ended', end: { outcome: 'proved' } });
}

/** Agrees or not; where they agree, the state has one record, whose fields would answer what is asked. */
async function consent({ bench, agrees, records }: Filler): Promise<void> {
  bench.act({ type: 'consent', agree: agrees });
  if (!agrees) return;
  bench.keeper.deliverAll();
  await settle();
  await bench.queries.answer(foundAnswer(records));
}

/** Wishes for each further matter or declines it, and goes on. */
function bundle({ bench, draw }: Filler, page: Extract<Page, { kind: 'bundle' }>): void {
  for (const { matterId } of page.offers) bench.act({ type: 'bundle', matterId, chosen: draw(fc.boolean()) });
  bench.act({ type: 'go-on', choice: null });
}

function answerShown(filler: Filler, question: Question, given: Parameters<typeof note>[2]): void {
  const { bench, draw } = filler;
  const isSkipped = question.optional && draw(fc.boolean());
  const value = isSkipped ? null : give(filler, question, given);
  const result = bench.act({ type: 'answer', questionId: question.id, value });
  if (!result.ok)
    throw new Error(
      `${filler.matter.id}: ${question.id} refuses ${JSON.stringify(value)}: ${result.error.words.zh}`,
    );
  if (!isSkipped) note(question, value, given);
}

function note(
  { id, type }: Question,
  value: AnswerValue | null,
  given: {
    readonly answers: Record<string, AnswerValue>;
    readonly cards: Record<string, Holder>;
    readonly files: string[];
  },
): void {
  const isFile = type === 'photo' || type === 'signature' || type === 'voice';
  if (isFile || findSpoken(value) !== undefined) given.files.push(id);
  else if (value !== null) given.answers[id] = value;
}

/** Gives what the question asks for: lays a card, holds a code, makes a file, or says what the answer is. */
function give(
  filler: Filler,
  question: Question,
  given: { readonly cards: Record<string, Holder>; readonly answers: Record<string, AnswerValue> },
): AnswerValue | null {
  const { bench, matter, draw } = filler;
  switch (question.type) {
    case 'photo':
    case 'signature':
      bench.act({ type: 'attach', questionId: question.id, bytes: jpegOf({}) });
      return null;
    case 'voice':
      bench.act({ type: 'attach', questionId: question.id, bytes: webmOf({ seconds: 3 }) });
      return null;
    case 'person-card': {
      const holder = draw(arbitraryHolder(matter, TODAY));
      given.cards[question.id] = holder;
      layCard(bench, holder);
      return null;
    }
    case 'code': {
      const code = draw(arbitraryAnswer(question, contextOf(bench)));
      if (question.typed) return code;
      bench.scan(String(code));
      given.answers[question.id] = code;
      return null;
    }
    case 'text':
      return findSpeechLimit(question) !== undefined && draw(fc.boolean())
        ? say(bench, question)
        : draw(arbitraryRight(filler, question));
    default:
      return draw(arbitraryRight(filler, question));
  }
}

/** Says a few words where they could be written. */
function say(bench: Bench, { id }: Question): AnswerValue | null {
  bench.act({ type: 'attach', questionId: id, bytes: webmOf({ seconds: 3 }) });
  const page = bench.page();
  return page.kind === 'question' ? page.value : null;
}

/** A right answer, where the rest of the matter looks at it too: whose number it is, and a day that is not too near. */
function arbitraryRight({ bench, matter, basis }: Filler, question: Question): fc.Arbitrary<AnswerValue> {
  const evidence = matter.bases.find((one) => one.basis === basis)?.evidence ?? [];
  const isSubject = evidence.some((one) => one.type === 'number' && one.question === question.id);
  if (question.type === 'id-number' && isSubject)
    return arbitraryHolder(matter, TODAY).map(({ number }) => number);
  if (question.type === 'name') return fc.constantFrom(...NAMES);
  if (question.type !== 'date' || matter.deadline?.question !== question.id)
    return arbitraryAnswer(question, contextOf(bench));
  const { leadHours, offlineHours } = matter.deadline;
  const soonest = Math.ceil((leadHours + offlineHours) / 24) + 1;
  const far = { ...question, minDays: Math.max(question.minDays ?? soonest, soonest) };
  return arbitraryAnswer(far, contextOf(bench));
}

/** What an answer given now is judged against. */
export function contextOf(bench: Bench): AnswerContext {
  const slots = Object.entries(bench.world.slots).flatMap(([service, state]) =>
    state.at === 'offered'
      ? state.slots.map(({ id, day, from }) => [id, { service, day, from }] as const)
      : [],
  );
  return {
    todayIso: isoDate(bench.clock.wallMs()),
    knownCards: new Map(),
    knownPhotos: new Set(),
    knownRecordings: new Map(),
    knownSlots: new Map(slots),
  };
}
