/** The visits of a day, each as somebody makes it: handed in, asked, left half done, walked away from. */
import fc from 'fast-check';
import { isoDate } from '../../base/calendar.ts';
import { systemClock } from '../../base/node/clock.ts';
import type { Matter, Question } from '../../catalog/schema.ts';
import { arbitraryAnswer } from '../../catalog/testing/arbitrary-answers.ts';
import { jpegOf } from '../../terminal/visit/testing/photos.ts';
import type { Town } from '../faults/town.ts';
import type { Dock } from '../journeys/dock.ts';
import { projectCatalog } from '../project-catalog.ts';
import type { Dice } from './dice.ts';
import { type ScreenLine, VisitLost } from './screen-line.ts';

/** What a visit is made with. */
export interface Hands {
  readonly screen: ScreenLine;
  readonly town: Town;
  readonly dock: Dock;
  readonly dice: Dice;
  /** Counts what was done, for whoever reads the report. */
  readonly count: (what: string) => void;
}

export type Visit = (hands: Hands) => Promise<void>;

const CARDS = ['mother', 'daughter', 'man-of-70', 'young-man', 'minority', 'rare-name'] as const;
/** A share of those who may leave a picture out, and do not. */
const TAKES_PICTURE = 0.7;
const PICTURE_BYTES = 40_000;
const picture = () => jpegOf({ data: new Uint8Array(PICTURE_BYTES).fill(0x5a) });
/** More pages than any matter has. */
const MOST_PAGES = 60;
/** What hands alone cannot give at this line. */
const NEEDS_MORE: ReadonlySet<Question['type']> = new Set([
  ...(['voice', 'person-card', 'code', 'slot'] as const),
]);

const MATTERS = projectCatalog().matters.filter(({ questions }) =>
  questions.every(({ type, optional }) => optional || !NEEDS_MORE.has(type)),
);
/** What may be begun with a card. */
export const MATTERS_WITH_CARD = MATTERS.filter(
  ({ kind, assurance }) => assurance === 'card' && ['apply', 'report', 'book', 'query'].includes(kind),
);
const withoutCard = MATTERS.filter(
  ({ kind, assurance }) => assurance === 'open' && ['apply', 'report'].includes(kind),
);

/** What somebody alone does, by name, each with how often it comes among the others. */
export const PLAIN_VISITS: Readonly<Record<string, { readonly share: number; readonly visit: Visit }>> = {
  'hands in, without a card': {
    share: 4,
    visit: async (hands) => {
      await stepUp(hands);
      await handIn(hands, hands.dice.of(withoutCard));
    },
  },
  'hands in or asks, with a card': {
    share: 8,
    visit: async (hands) => {
      await layCard(hands);
      await handIn(hands, hands.dice.of(MATTERS_WITH_CARD));
    },
  },
  'looks at what was handed in': {
    share: 3,
    visit: async (hands) => {
      await layCard(hands);
      await hands.screen.act({ type: 'go', to: 'my-cases' });
      const cases = await hands.screen.sees('my-cases');
      const [first] = cases.items;
      if (first === undefined) return;
      await hands.screen.act({ type: 'open-case', ref: first.ref });
      await hands.screen.changes();
    },
  },
  'leaves half done': {
    share: 3,
    visit: async (hands) => {
      await layCard(hands);
      await handIn(hands, hands.dice.of(MATTERS_WITH_CARD), 2);
    },
  },
  'looks and leaves': {
    share: 2,
    visit: async (hands) => {
      await layCard(hands);
      await hands.screen.act({ type: 'go', to: 'last-use' });
      await hands.screen.sees('last-use');
    },
  },
  'reads a guide': {
    share: 2,
    visit: async (hands) => {
      await stepUp(hands);
      await hands.screen.act({ type: 'go', to: 'guides' });
      await hands.screen.sees('guides');
    },
  },
  'looks for a matter': {
    share: 1,
    visit: async (hands) => {
      await stepUp(hands);
      await hands.screen.act({ type: 'go', to: 'find' });
      await hands.screen.sees('find');
      for (const words of ['s', 'sh', 'shui', 'shuifei']) await hands.screen.act({ type: 'find', words });
    },
  },
  'walks away, and the next one lays a card': {
    share: 2,
    visit: async (hands) => {
      await layCard(hands, 'mother');
      await handIn(hands, hands.dice.of(MATTERS_WITH_CARD), 1);
      await hands.dock.lift();
      await hands.dock.lay('daughter');
      await hands.screen.sees('second-card');
      await hands.screen.act({ type: 'second-card', choice: 'next-person' });
      await hands.screen.sees('home');
    },
  },
};

/** Leaves, whatever page it is, and takes the card: the next one finds the first page. */
export async function leave({ screen, dock }: Hands): Promise<void> {
  await dock.lift();
  const kind = screen.findPage()?.kind;
  if (kind !== 'attract' && kind !== 'goodbye') await screen.act({ type: 'leave' });
  await screen.sees('attract', 'goodbye');
  if (screen.findPage()?.kind === 'goodbye') await screen.act({ type: 'touch' });
  await screen.sees('attract');
}

/** From the first page, with no card. */
export async function stepUp({ screen }: Hands): Promise<void> {
  await screen.sees('attract');
  await screen.act({ type: 'go', to: 'no-card' });
  await screen.sees('no-card');
}

export async function layCard({ screen, dock, dice }: Hands, card: string = dice.of(CARDS)): Promise<void> {
  await dock.lay(card);
  await screen.sees('home', 'card-not-valid');
}

/** Opens a matter and goes on as its pages ask, `most` pages far. */
export async function handIn(hands: Hands, matter: Matter, most = MOST_PAGES): Promise<void> {
  const { screen } = hands;
  await screen.act({ type: 'go', to: 'find' });
  await screen.sees('find');
  const opened = await screen.act({ type: 'open-matter', matterId: matter.id });
  if (!opened.ok) return;
  // Some lead on at once, as one's own cases do.
  await screen.leaves('find');
  const page = screen.findPage();
  if (page?.kind !== 'matter') return;
  const [basis] = page.bases;
  if (page.blocked !== null || basis === undefined) return;
  await screen.act({ type: 'start', basis: basis.basis });
  await screen.changes();
  for (let turn = 0; turn < most; turn += 1) if (!(await goesOn(hands))) return;
}

/** One page further; false where this hand knows no way on. */
async function goesOn({ screen, dice, count }: Hands): Promise<boolean> {
  const page = screen.findPage();
  if (page === undefined) throw new VisitLost('the terminal is away');
  switch (page.kind) {
    case 'question': {
      const { question } = page;
      const isFile = question.type === 'photo' || question.type === 'signature';
      if (isFile && (!question.optional || dice.chance(TAKES_PICTURE)))
        await screen.attach(question.id, picture());
      const value = isFile || NEEDS_MORE.has(question.type) ? null : sampleOf(question, dice);
      const said = await screen.act({ type: 'answer', questionId: question.id, value });
      if (!said.ok) return false;
      break;
    }
    case 'consent':
      await screen.act({ type: 'consent', agree: dice.chance(0.6) });
      break;
    case 'fetched':
      await screen.act({ type: 'go-on', choice: null });
      break;
    case 'bundle':
      for (const { matterId } of page.offers)
        await screen.act({ type: 'bundle', matterId, chosen: dice.chance(0.5) });
      await screen.act({ type: 'go-on', choice: null });
      break;
    case 'check':
      await screen.act({ type: 'submit', ...(page.declares && { declares: page.declares.questionId }) });
      break;
    case 'kept':
      count('· a case was handed in');
      if (page.rating.offered && dice.chance(0.5)) await screen.act({ type: 'rate', grade: 5 });
      return false;
    default:
      return false;
  }
  await screen.changes();
  return true;
}

function sampleOf(question: Question, dice: Dice) {
  const context = {
    todayIso: isoDate(systemClock.wallMs()),
    ...{
      knownCards: new Map(),
      knownPhotos: new Set<string>(),
      knownRecordings: new Map(),
      knownSlots: new Map(),
    },
  };
  return fc.sample(arbitraryAnswer(question, context), { numRuns: 1, seed: dice.seed() })[0] ?? null;
}
