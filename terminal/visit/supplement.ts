/**
 * What a desk asked to be supplied to a case, as a matter that asks that and nothing else: every page, check and draft
 * of an ordinary matter then works for it, and what was not asked for is a question that is not there.
 */
import { equalBytes } from '../../base/bytes.ts';
import type { Condition, Matter, Question, Text } from '../../catalog/schema.ts';
import type { Ask, AskedItem } from '../../sync/progress-parts.ts';
import { actsOn } from '../cases/case-acts.ts';
import type { Progress, RememberedCase } from '../keeper.ts';
import type { Desk } from './desk.ts';
import type { Draft } from './draft.ts';
import type { Person } from './person.ts';
import { ASKED_IN_WORDS, ASKED_PAPER, askedMaterial, TAKEN_SIGNATURE } from './words.ts';

/** Which ask of which case is being answered. */
export interface Supplementing {
  readonly caseId: Uint8Array;
  /** The time of the progress that asked. */
  readonly askedMs: number;
  /** Whether the case was handed in at another machine: it is in no draft then. */
  readonly isThere?: boolean;
}

/** An ask that stands: nothing was done about it here, and nothing came down since. */
export interface OpenAsk {
  readonly askedMs: number;
  readonly ask: Ask;
}

/** What is asked for of a case now, if anything is. */
export function findOpenAsk(remembered: RememberedCase, person: Person): OpenAsk | undefined {
  const progress = person.memory?.progressOf(remembered) ?? [];
  const asked = findStandingAsk(progress);
  if (asked === undefined) return undefined;
  const isDone = actsOn(remembered, person.acts).some(
    ({ deed }) => deed.did === 'withdraw' || (deed.did === 'supplement' && deed.askedMs === asked.atMs),
  );
  if (isDone) return undefined;
  return { askedMs: asked.atMs, ask: asked.ask ?? { items: [], by: null, note: asked.words } };
}

/** The ask that nothing came down after, but what leaves a case where it stands. */
export function findStandingAsk(progress: readonly Progress[]): Progress | undefined {
  const standing = progress.findLast(({ status }) => !LEAVES_STANDING.has(status));
  const isFrozen =
    progress.findLast(({ status }) => status === 'frozen' || status === 'resumed')?.status === 'frozen';
  return standing?.status === 'supplement' && !isFrozen ? standing : undefined;
}

const LEAVES_STANDING: ReadonlySet<Progress['status']> = new Set(['frozen', 'resumed', 'registered']);

/** What is asked for, by name; what this terminal knows by that name says it in the matter's words. */
export function askedNames({ items }: Ask, matter: Matter | undefined): readonly Text[] {
  return items.map((item) => {
    const question = item.of === 'question' && matter?.questions.find(({ id }) => id === item.id);
    return question ? question.label : item.label;
  });
}

/**
 * The matter that asks for this alone. A question is asked whatever else was answered, unless what it hangs on is asked
 * too. What no question of the matter takes is photographed; where nothing was named, words are asked for, and a paper.
 */
export function supplementMatter(matter: Matter, { items }: Ask): Matter {
  const { bill: _bill, certificate: _certificate, source: _source, deadline: _deadline, ...rest } = matter;
  const named = new Set(items.filter(({ of }) => of === 'question').map(({ id }) => id));
  const own = matter.questions
    .filter(({ id, type }) => named.has(id) && type !== 'slot')
    .map((question) => askedQuestion(question, named));
  const others = items.filter((item) => !own.some(({ id }) => item.of === 'question' && id === item.id));
  const papers = others.map(materialQuestion);
  const asked = [...own, ...papers];
  return {
    ...rest,
    kind: matter.kind === 'report' ? 'report' : 'apply',
    bases: [{ basis: 'self', label: matter.name.short, evidence: [] }],
    eligibility: [],
    devices: [],
    materials: [],
    shared: [],
    bundle: [],
    questions: asked.length > 0 ? asked : [ASKED_IN_WORDS, ASKED_PAPER],
  };
}

/** The matter that asks for the signature of whoever takes a result, and for nothing else. */
export function signatureMatter(matter: Matter): Matter {
  const signs = supplementMatter(matter, { items: [], by: null, note: null });
  // Their card was laid again a moment ago.
  return { ...signs, assurance: 'card', questions: [TAKEN_SIGNATURE] };
}

function askedQuestion(question: Question, asked: ReadonlySet<string>): Question {
  const { when, ...alone } = question;
  const isAskedWith = when !== undefined && hangsOn(when).every((id) => id !== null && asked.has(id));
  return { ...alone, optional: false, ...(isAskedWith ? { when } : {}) } as Question;
}

/** The questions a condition looks at; null for anything else it looks at. */
function hangsOn(condition: Condition): readonly (string | null)[] {
  if ('question' in condition) return [condition.question];
  if ('basis' in condition) return [null];
  if ('not' in condition) return hangsOn(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(hangsOn);
}

/** A paper that no question of the matter takes, as one that does. */
function materialQuestion({ id, label }: AskedItem): Question {
  return askedMaterial(`material-${id}`.slice(0, 64), label);
}

/** The matter of a draft, with what it supplements where it does; nothing where it cannot go on. */
export function findDraftMatter(draft: Draft, person: Person | null, desk: Desk): Matter | undefined {
  const matter = desk.catalog().matters.find(({ id }) => id === draft.matterId);
  const { supplement } = draft;
  if (supplement === null || matter === undefined) return matter;
  const remembered = person?.cases.find(({ caseId }) => equalBytes(caseId, supplement.caseId));
  const open = person && remembered && findOpenAsk(remembered, person);
  return open?.askedMs === supplement.askedMs ? supplementMatter(matter, open.ask) : undefined;
}
