/** A whole visit for one matter: from the first page to its end, and away. */
import { zh } from '../../../renderer/src/words/zh.ts';
import { projectCatalog, projectMatter } from '../../project-catalog.ts';
import type { Around, Hands } from './hands.ts';
import { type Commonest, nameOf, type Turn } from './matters.ts';
import type { Step } from './steps.ts';

/** Finishes a matter and leaves; whoever comes next need not wait for the goodbye to go. */
export async function finish(what: Commonest, turn: Turn, hands: Hands, around: Around): Promise<void> {
  await goThrough(what, turn, hands, around, byCategory);
  await leave(what, hands, around);
}

/** From the first page to what the matter ends with. */
export async function goThrough(
  what: Commonest,
  turn: Turn,
  hands: Hands,
  around: Around,
  finds: Finds,
): Promise<void> {
  await opens(what, turn, hands, around, finds);
  for (const step of what.steps(turn)) await takes(step, hands, around);
}

/** Ends the visit. */
export async function leave({ leaves }: Commonest, hands: Hands, { dock }: Around): Promise<void> {
  await hands.presses(leaves);
  // Another touch ends the goodbye at once.
  await hands.meets(new RegExp(`${zh.goodbye.title}|${zh.attract.title}`));
  await dock.lift();
}

/** How a matter is found on home, up to the page where it stands. */
export type Finds = (what: Commonest, hands: Hands) => Promise<void>;

/** The way that is there for every matter at every season. */
const byCategory: Finds = async (what, hands) => {
  await hands.presses(/^(全部 \d+ 类|按类别找)$/);
  await hands.meets(zh.home.categories);
  const category = categoryOf(what);
  await hands.presses(category);
  await hands.meets(category);
};

/** Lays the card and finds the matter; without a card it stands on the page for nobody. */
async function opens(
  what: Commonest,
  turn: Turn,
  hands: Hands,
  { dock }: Around,
  finds: Finds,
): Promise<void> {
  const card = what.card(turn);
  if (card === null) {
    await hands.meets(zh.attract.title);
    await hands.presses(zh.key.noCard);
    await hands.meets(zh.noCard.title);
    await hands.readies();
  } else {
    await dock.lay(card);
    await hands.meets(/(上午|中午|下午|晚上)好/);
    await hands.readies();
    await finds(what, hands);
  }
  await hands.presses(nameOf(what));
}

/** The category it stands in. */
export function categoryOf({ matterId }: Commonest): string {
  const { category } = projectMatter(matterId);
  return projectCatalog().categories.find(({ id }) => id === category)?.name.zh ?? '';
}

async function takes(step: Step, hands: Hands, { dock, pays }: Around): Promise<void> {
  switch (step.does) {
    case 'meets':
      return hands.meets(step.title);
    case 'notices':
      return hands.notices(step.words);
    case 'presses':
      return hands.presses(step.name);
    case 'picks':
      return hands.picks(step.label);
    case 'dials':
      return hands.dials(step.digits);
    case 'scans':
      return dock.order({ order: 'scan-code', text: step.code });
    case 'pays':
      return pays();
  }
}
