/** What a centre is to be told, read from the case at the moment it is told: opened for that, and not kept. */
import { toHex } from '../../base/bytes.ts';
import { invariant, unreachable } from '../../base/result.ts';
import { describeAnswer } from '../../catalog/describe.ts';
import { answerValueSchema, type Matter } from '../../catalog/schema.ts';
import { readContent } from '../../sync/content-coding.ts';
import {
  type AnswerValue,
  type CaseContent,
  caseContentSchema,
  type Person,
  personSchema,
} from '../../sync/contents.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import type { CaseRow } from '../store/tables.ts';
import type { Message } from './attend.ts';
import type { CentrePerson, Decided, ReceivedCase } from './case-centre.ts';
import type { Claimed } from './claims.ts';
import { acceptDecisionOf, finishDecisionOf } from './duties.ts';
import { findNumbered } from './registration.ts';

type Context = Pick<PlatformContext, 'store' | 'openingKeys' | 'book' | 'county' | 'centreMatters'>;

/** The message of a duty; nothing while its matter has no code at the centre any more. */
export async function findMessage(
  context: Context,
  duty: Pick<Claimed, 'caseId' | 'kind' | 'actionNo'>,
): Promise<Message | undefined> {
  const row = await context.store.db
    .selectFrom('cases')
    .selectAll()
    .where('caseId', '=', duty.caseId)
    .executeTakeFirstOrThrow();
  if (duty.kind === 'receive') {
    const content = await findReceived(context, row);
    return content && { kind: 'receive', content };
  }
  const { action, ...decided } = await readDecision(context, row, duty.actionNo);
  switch (duty.kind) {
    case 'accept':
      return { kind: 'accept', content: { ...decided, decision: acceptDecisionOf(action) } };
    case 'finish':
      return { kind: 'finish', content: { ...decided, decision: finishDecisionOf(action) } };
    default:
      return unreachable(duty.kind);
  }
}

async function findReceived(context: Context, row: CaseRow): Promise<ReceivedCase | undefined> {
  const matter = context.book.find(row.matterId);
  const matterCode = matter && context.centreMatters?.findCode(matter);
  if (!matter || matterCode === undefined) return undefined;
  const read = readContent(caseContentSchema, await getContent(context, row.entryId));
  invariant(read.ok, 'a case that was filed can be read');
  const content = read.value;
  return {
    reference: toHex(row.caseId),
    localNumber: row.localNumber,
    matterCode,
    matterName: matter.name.official.zh,
    applicant: personOf(content.subject),
    contact: personOf(content.submitter),
    areaCode: context.county.code,
    villageName: row.villageName,
    submittedMs: row.submittedMs,
    form: formOf(matter, content.answers),
    materials: content.attachments.map(([, , mediaType, bytes]) => ({ mediaType, bytes })),
  };
}

/** Who decided, when and with which words, from the case's log. */
async function readDecision(
  context: Context,
  row: CaseRow,
  actionNo: number,
): Promise<Omit<Decided<string>, 'decision'> & { readonly action: string }> {
  const numbered = await findNumbered(context, row.caseId);
  invariant(numbered, 'a case is numbered before it is decided at the centre');
  const decided = await context.store.db
    .selectFrom('caseActions')
    .leftJoin('staff', 'staff.staffId', 'caseActions.staffId')
    .select(['action', 'atMs', 'words', 'staff.deskCode'])
    .where('caseId', '=', row.caseId)
    .where('no', '=', actionNo)
    .executeTakeFirstOrThrow();
  const { action, atMs, words } = decided;
  const deskCode = decided.deskCode ?? row.deskCode;
  return { reference: toHex(row.caseId), numbered, action, atMs, words, deskCode };
}

function personOf(person: Person | null): CentrePerson | null {
  return person && { name: person.name, number: person.number, address: person.address };
}

/** Answers by the labels of their questions, in the matter's order; what it does not know, by id. */
function formOf(matter: Matter, answers: CaseContent['answers']): ReceivedCase['form'] {
  const questions = new Map(matter.questions.map((question) => [question.id, question]));
  const ordered = [...new Set([...questions.keys(), ...Object.keys(answers)])];
  return ordered.flatMap((id) => {
    const value = Object.hasOwn(answers, id) ? answers[id] : undefined;
    if (value === undefined) return [];
    const question = questions.get(id);
    const known = answerValueSchema.safeParse(value);
    if (question && known.success) {
      return [{ label: question.label.zh, value: describeAnswer(question, known.data, 'desk').zh }];
    }
    return [{ label: question?.label.zh ?? id, value: plainWords(value) }];
  });
}

/** A value that no question describes: a person by name and number, anything else as it is. */
function plainWords(value: AnswerValue): string {
  const person = personSchema.safeParse(value);
  if (person.success) return [person.data.name, person.data.number].filter((part) => part !== null).join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
