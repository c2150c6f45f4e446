/** Consents and queries as a terminal under test makes them, with every part in the caller's hand. */
import { invariant } from '../../base/result.ts';
import { readContent } from '../../sync/content-coding.ts';
import { type Person, queryContentSchema } from '../../sync/contents.ts';
import {
  makeQueryRequest,
  openQueryAnswer,
  type Question,
  queryWordFormat,
} from '../../sync/formats/query.ts';
import { findSealKey, verifyAnswer } from '../../sync/trust.ts';
import { DONGCUN } from './test-platform.ts';
import { crypto, newId, type TestTerminal } from './test-terminal.ts';

/** Content of a consent. */
export function consentOf(
  who: { readonly name: string; readonly number: string },
  dataSets: readonly string[],
  fields: Record<string, unknown> = {},
) {
  const person: Person = { ...who, kind: 'citizen', birth: null, sex: null, address: null };
  return {
    schema: 1,
    kind: 'consent',
    submissionId: newId(),
    person,
    dataSets: dataSets.map((id) => ({ id, from: '县里的部门' })),
    matter: null,
    purpose: '看一看',
    words: '同意机器向县里的部门查这一项。',
    lang: 'zh',
    place: DONGCUN,
    ...fields,
  };
}

/** Keeps and delivers a consent; its entry. */
export async function deliverConsent(terminal: TestTerminal, content: object): Promise<Uint8Array> {
  const entry = terminal.entry(content, { class: 0 });
  const { outcomes } = await terminal.offer([entry]);
  invariant(outcomes[0] === 0, 'the consent is held');
  return entry.header.entryId;
}

/** A query, whole; what is left out is as a good terminal has it. */
export interface Asking {
  /** Null, as `person`, for what is open to anyone. */
  readonly consentId: Uint8Array | null;
  readonly dataSet: string;
  readonly person: string | null;
  readonly parameters?: Question['parameters'];
  readonly nonce?: Uint8Array;
  /** The reply key's public half, where it is to be another than the one that opens. */
  readonly replyKey?: Uint8Array;
  /** Whose question it is sealed as. */
  readonly sealedAs?: TestTerminal;
}

/** Makes the bytes of a query, and the key that opens its answer. */
export function makeQuery(terminal: TestTerminal, asking: Asking) {
  const reply = crypto.openingKey(crypto.randomBytes(32));
  const { consentId, dataSet, person, parameters = [], nonce = newId() } = asking;
  const { platformId, terminalId } = asking.sealedAs ?? terminal;
  const sealKey = findSealKey(terminal.trust().keySet);
  invariant(sealKey, 'there is a key to seal to');
  const question = { nonce, replyKey: asking.replyKey ?? reply.publicKey, person, parameters };
  const made = makeQueryRequest(crypto, sealKey, { platformId, terminalId, consentId, dataSet }, question);
  invariant(made.ok, 'the question fits');
  return { bytes: made.value, reply, nonce };
}

/** Asks; the verified content, or the trouble of the call. */
export async function askSharedData(terminal: TestTerminal, asking: Asking) {
  const { bytes, reply, nonce } = makeQuery(terminal, asking);
  const answered = await terminal.call('queries', bytes);
  if (!answered.ok) return answered.error;
  const opened = openQueryAnswer(reply, answered.value);
  invariant(opened.ok, 'the answer opens with the key it was asked with');
  const word = verifyAnswer(crypto, terminal.trust(), queryWordFormat, opened.value);
  invariant(word.ok, 'the answer counts');
  const { consentId, dataSet } = asking;
  invariant(JSON.stringify(word.value.nonce) === JSON.stringify(nonce), 'it is on this question');
  invariant(word.value.dataSet === dataSet, 'it is on this data set');
  invariant(JSON.stringify(word.value.consentId) === JSON.stringify(consentId), 'it is on this consent');
  const content = readContent(queryContentSchema, word.value.content);
  invariant(content.ok, 'the answer can be read');
  return content.value;
}
