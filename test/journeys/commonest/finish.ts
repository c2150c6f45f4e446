/** A whole visit for one matter: from the first page to its end, and away. */
import { zh } from '../../../renderer/src/words/zh.ts';
import { projectCatalog, projectMatter } from '../../project-catalog.ts';
import type { Around, Hands } from './hands.ts';
import { type Commonest, nameOf, type Turn } from './matters.ts';
import type { Step } from './steps.ts';

/** Finishes a matter, and leaves the first page standing for whoever comes next. */
export async function finish(what: Commonest, turn: Turn, hands: Hands, around: Around): Promise<void> {
  const { dock } = around;
  await hands.meets(zh.attract.title);
  await hands.readies();
  await opens(what, turn, hands, around);
  for (const step of what.steps(turn)) await takes(step, hands, around);
  await hands.presses(what.leaves);
  await hands.meets(zh.goodbye.title);
  await dock.lift();
}

/** Lays the card and goes to the matter by its category; without a card it stands on the page for nobody. */
async function opens(what: Commonest, turn: Turn, hands: Hands, { dock }: Around): Promise<void> {
  const card = what.card(turn);
  if (card === null) {
    await hands.presses(zh.key.noCard);
    await hands.meets(zh.noCard.title);
  } else {
    await dock.lay(card);
    await hands.meets(/(上午|中午|下午|晚上)好/);
    await hands.presses(/^(全部 \d+ 类|按类别找)$/);
    await hands.meets(zh.home.categories);
    const category = categoryOf(what);
    await hands.presses(category);
    await hands.meets(category);
  }
  await hands.presses(nameOf(what));
}

function categoryOf({ matterId }: Commonest): string {
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
