/** The answer to the platform's own question `phoneCode`: who shows this code, once for the whole county. */
import { utf8 } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import {
  endOfForceMs,
  findPhoneCodeText,
  isInForce,
  type PhoneCodeIssuer,
  type PhoneCodePerson,
  type PhoneCodeRefusal,
  phoneCodeAnswer,
  readPhoneCode,
} from '../../sync/phone-codes.ts';
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import type { PhoneIdentity } from './phone-identity.ts';
import { noteUsed } from './used-codes.ts';

/** Whose codes a platform takes. */
export interface PhoneCodes {
  /** Whose signed codes it reads itself. */
  readonly issuers: readonly PhoneCodeIssuer[];
  /** Who is asked of every other code; null where nobody is. */
  readonly identity: PhoneIdentity | null;
}

type Judged = Result<PhoneCodePerson, PhoneCodeRefusal> | 'unavailable';
type Tools = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'county' | 'log'>;

/** No code that somebody else counts is in force for longer. */
const UNREAD_MS = 300_000;

/** The answers to what terminals ask of codes, by their questions. */
export function phoneAnswers(context: Tools, codes: PhoneCodes): readonly (readonly [string, OwnAnswer])[] {
  return [[OWN_QUESTIONS.phoneCode, phoneCodeOwnAnswer(context, codes)]];
}

/** Answers once a code: whoever asks again, from wherever, is told that it was used. */
function phoneCodeOwnAnswer(context: Tools, codes: PhoneCodes): OwnAnswer {
  return async ({ terminalId, parameters }): Promise<QueryContent | 'malformed'> => {
    const text = findPhoneCodeText(parameters);
    if (text === undefined) return 'malformed';
    const judged = await judge(context, codes, text, terminalId);
    if (judged === 'unavailable') return { schema: 1, outcome: 'unavailable' };
    const asOfMs = Math.floor(context.clock.wallMs());
    return phoneCodeAnswer(judged, { from: { zh: context.county.name, en: 'The county' }, asOfMs });
  };
}

async function judge(
  context: Tools,
  codes: PhoneCodes,
  text: string,
  terminalId: Uint8Array,
): Promise<Judged> {
  const read = readPhoneCode(context.crypto, codes.issuers, text);
  if (!read.ok)
    return read.error === 'forged' || codes.identity === null
      ? read
      : askWhoever(context, codes.identity, text, terminalId);
  const { code } = read.value;
  if (!isInForce(code, context.clock.wallMs())) return err('old');
  const isFirst = await noteUsed(context, { codeId: code.codeId, terminalId, untilMs: endOfForceMs(code) });
  return isFirst ? ok({ name: code.name, number: code.number }) : err('used');
}

async function askWhoever(
  context: Tools,
  identity: PhoneIdentity,
  text: string,
  terminalId: Uint8Array,
): Promise<Judged> {
  const codeId = context.crypto.sha256(utf8(text)).slice(0, 16);
  const untilMs = Math.floor(context.clock.wallMs()) + UNREAD_MS;
  // Used up before anybody is asked: two terminals that ask at once are not both let in.
  if (!(await noteUsed(context, { codeId, terminalId, untilMs }))) return err('used');
  const said = await identity.check(text);
  switch (said.kind) {
    case 'person':
      return ok({ name: said.name, number: said.number });
    case 'refused':
      return err(said.why);
    case 'unavailable':
      context.log('phone.unavailable', { code: said.code });
      return 'unavailable';
  }
}
