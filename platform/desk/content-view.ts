/** Everything a case holds, in the words of its matter. */
import { describeAnswer } from '../../catalog/describe.ts';
import { answerValueSchema, type Matter, type Question } from '../../catalog/schema.ts';
import { findSpoken } from '../../catalog/spoken.ts';
import {
  type AnswerValue,
  type CaseContent,
  type Person,
  personSchema,
  sharedEvidenceSchema,
} from '../../sync/contents.ts';
import { type Html, html } from '../pages/html.ts';
import type { AttachmentViews } from './attachments.ts';

const BASIS_WORDS: Readonly<Record<string, string>> = {
  self: '本人',
  family: '家人代办',
  guardian: '监护人代办',
  heir: '继承人',
  agent: '本人委托代办员',
  open: '不分身份',
};

const ASSURANCE_WORDS: Readonly<Record<string, string>> = {
  open: '没有核验身份',
  phone: '亮了手机码，没有刷身份证',
  card: '刷了身份证，没有比对本人',
  'card+proof': '刷了身份证，并比对过本人',
  'agent-checked': '代办员当面核对',
};

/** Under an authority the card that was laid is the agent's. */
const ABSENT_WORDS = '当事人不在场；代办员刷了自己的身份证，输了密码';

const EVIDENCE_WORDS: Readonly<Record<string, string>> = {
  'subject-card': '当事人的身份证',
  relation: '与当事人的关系',
  declaration: '经办人声明',
  number: '当事人的身份证号',
  document: '材料照片',
  'person-proof': '比对过本人',
  'phone-code': '手机码',
  shared: '经同意查到的资料',
  authority: '本人留下的委托',
};

const SEX_WORDS: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

const FIELD_WORDS: Readonly<Record<string, string>> = {
  question: '题目',
  value: '内容',
  relation: '关系',
  method: '办法',
};

const METHOD_WORDS: Readonly<Record<string, string>> = {
  face: '刷脸，和身份证上的照片比对',
  'phone-code': '发到登记手机上的验证码',
};

const NO_FILES: Pick<AttachmentViews, 'findShown'> = { findShown: () => undefined };

/** Questions whose answer is always the place of a file among the attachments. */
const FILE_TYPES: ReadonlySet<Question['type']> = new Set(['photo', 'signature', 'voice']);

/** Who submitted, for whom, and by what right. */
export function peopleView(matter: Matter | undefined, content: CaseContent): Html {
  const basis = matter?.bases.find((one) => one.basis === content.basis)?.label.zh;
  const isSame =
    content.submitter !== null &&
    content.subject !== null &&
    content.submitter.number === content.subject.number &&
    content.submitter.name === content.subject.name;
  return html`<section class="card"><h2>谁来办，为谁办</h2><dl>
${content.submitter ? person('经办人', content.submitter) : row('经办人', '没有要求身份')}
${isSame ? row('当事人', '就是经办人') : content.subject ? person('当事人', content.subject) : null}
${row('办理依据', basis ?? BASIS_WORDS[content.basis] ?? content.basis)}
${row('核验程度', content.basis === 'agent' ? ABSENT_WORDS : (ASSURANCE_WORDS[content.assurance] ?? content.assurance))}
${content.evidence.map((evidence) => row(`证明：${EVIDENCE_WORDS[evidence.type] ?? evidence.type}`, proofView(matter, content, evidence)))}
${row('提交地点', `${content.place.county.name}${content.place.town.name}${content.place.village.name}`)}
</dl></section>`;
}

/** What stands as proof: the answer to its question where it names one, else all it says. */
function proofView(
  matter: Matter | undefined,
  content: CaseContent,
  evidence: CaseContent['evidence'][number],
): Html | string {
  const { type, ...rest } = evidence;
  if (type === 'person-proof') return METHOD_WORDS[String(rest.method)] ?? valueView(rest as AnswerValue);
  if (type === 'phone-code') return phoneView(rest);
  if (type === 'shared') return sharedView(matter, rest);
  if (type === 'authority') return '见“凭哪份委托”';
  const question = matter?.questions.find((one) => one.id === rest.question);
  if (!question || !Object.hasOwn(content.answers, question.id)) return valueView(rest as AnswerValue);
  return html`${question.label.zh}：${answerWords(question, content.answers[question.id] ?? null)}`;
}

/** Whose code it was, and who looked at it: a machine alone cannot know whether it was used elsewhere. */
function phoneView({ issuer, checked }: Readonly<Record<string, unknown>>): string {
  const whose = typeof issuer === 'string' ? issuer : '省里的手机应用';
  return `${whose}的码，${checked === 'platform' ? '县里当场核过' : '当时没网，机器自己核的签名'}`;
}

/** What was fetched: which data set, the answers that stand as fetched, and those the person called wrong. */
function sharedView(matter: Matter | undefined, evidence: Readonly<Record<string, unknown>>): string {
  const read = sharedEvidenceSchema.safeParse(evidence);
  if (!read.success) return '读不懂';
  const { dataSet, questions, disputed } = read.data;
  const named = (ids: readonly string[]) =>
    ids.map((id) => matter?.questions.find((one) => one.id === id)?.label.zh ?? id).join('、');
  return [
    dataSet,
    ...(questions.length > 0 ? [`查来的：${named(questions)}`] : []),
    ...(disputed.length > 0 ? [`本人说查来的不对，自己填了：${named(disputed)}`] : []),
  ].join('；');
}

/**
 * Every answer, with the label of its question; what the matter does not know is shown by its id. A photograph or
 * signature is shown, and a recording played, where it was asked for, once the case is at a desk.
 */
export function answersView(
  matter: Matter | undefined,
  answers: CaseContent['answers'],
  { findShown }: Pick<AttachmentViews, 'findShown'> = NO_FILES,
): Html {
  const known = (matter?.questions ?? []).filter((question) => Object.hasOwn(answers, question.id));
  const knownIds = new Set(known.map((question) => question.id));
  const others = Object.entries(answers).filter(([id]) => !knownIds.has(id));
  if (known.length + others.length === 0) return html`<p class="aside">没有要回答的题。</p>`;
  return html`<dl>${known.map((question) =>
    row(question.label.zh, answerView(question, answers[question.id] ?? null, { findShown })),
  )}${others.map(([id, value]) => row(id, valueView(value)))}</dl>`;
}

/** One answer, in words or as the file that it names. */
export function answerView(
  question: Question,
  value: AnswerValue,
  { findShown }: Pick<AttachmentViews, 'findShown'>,
): Html | string {
  const place = findPlace(question, value);
  const shown = place === undefined ? undefined : findShown(place, question.label.zh);
  const words = answerWords(question, value);
  // How long it is, is said beside what was said.
  return shown && question.type === 'text' ? html`${shown} ${words}` : (shown ?? words);
}

/** The place of the file that an answer is; `undefined` where it is none. */
function findPlace({ type }: Question, value: AnswerValue): number | undefined {
  if (FILE_TYPES.has(type)) return typeof value === 'number' ? value : undefined;
  const known = answerValueSchema.safeParse(value);
  const place = type === 'text' && known.success ? findSpoken(known.data)?.spoken : undefined;
  return typeof place === 'number' ? place : undefined;
}

/** A term and what stands to it. */
export function row(term: string, description: Html | string): Html {
  return html`<dt>${term}</dt><dd>${description}</dd>`;
}

/** A person, by what their card said. */
export function person(role: string, who: Person): Html {
  return html`${row(role, nameLine(who))}
${who.number === null ? null : row(`${role}证件`, html`<span class="number">${who.number}</span>`)}
${who.address === null ? null : row(`${role}住址`, who.address)}`;
}

function nameLine(who: Person): string {
  const sex = who.sex === null ? undefined : SEX_WORDS[who.sex];
  return [who.name, sex, who.birth === null ? undefined : `${who.birth} 出生`]
    .filter((part) => part !== undefined)
    .join('，');
}

/** A person as an answer: read from a card laid for one question. */
function personLine(who: Person): string {
  return [nameLine(who), who.number, who.address].filter((part) => part !== null).join('，');
}

function answerWords(question: Question, value: AnswerValue): Html | string {
  const known = answerValueSchema.safeParse(value);
  return known.success ? describeAnswer(question, known.data, 'desk').zh : valueView(value);
}

/** A value without a question that would say it, as plainly as can be. */
export function valueView(value: AnswerValue): Html | string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return value ? '是' : '不是';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    return html`${value.map((one, index) => html`${index > 0 ? '、' : ''}${valueView(one)}`)}`;
  }
  const who = personSchema.safeParse(value);
  if (who.success) return personLine(who.data);
  const fields = Object.entries(value as Readonly<Record<string, AnswerValue>>);
  return html`${fields.map(
    ([name, one], index) => html`${index > 0 ? '，' : ''}${FIELD_WORDS[name] ?? name}：${valueView(one)}`,
  )}`;
}
