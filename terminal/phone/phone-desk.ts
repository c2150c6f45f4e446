/**
 * Who shows a code on their phone. With network the platform says so; without it a code does that is signed by an issuer
 * this machine knows, where the time is sure and the code was not used here before. One check at a time, in memory alone.
 */
import { isoDate } from '../../base/calendar.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { findIdNumber } from '../../catalog/id-number.ts';
import type { PhoneCode } from '../../sync/formats/phone-code.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import {
  endOfForceMs,
  findPhoneCodeAnswer,
  isInForce,
  MOST_CODE_TEXT,
  type PhoneCodeIssuer,
  type PhoneCodePerson,
  type PhoneCodeRefusal,
  phoneCodeParameters,
  readPhoneCode,
} from '../../sync/phone-codes.ts';
import type { Queries } from '../../sync/queries.ts';
import type { TrustedTime } from '../keeper.ts';
import type { UsedCodes } from './used-codes.ts';

/** What a case rests on that was opened by a code. */
export interface PhoneEvidence {
  /** Whoever signed the code; null where the platform alone knows. */
  readonly issuer: string | null;
  /** 16 bytes: the code's own id, or the beginning of the hash of one that has none. */
  readonly codeId: Uint8Array;
  /** Who looked at the code: the platform, or this machine alone. */
  readonly checked: 'platform' | 'here';
}

/** Whoever showed a code. */
export interface PhonePerson extends PhoneCodePerson {
  readonly evidence: PhoneEvidence;
}

/**
 * Why a code opens nothing: what is wrong with it; `clock` (this machine does not surely know the time, and nobody can be
 * asked); `offline` (only the platform could tell); `no-answer` (it cannot now); `not-kept` (the disk is full).
 */
export type PhoneCodeTrouble = PhoneCodeRefusal | 'clock' | 'offline' | 'no-answer' | 'not-kept';

/** How a check stands. */
export type PhoneCheck = 'checking' | Result<PhonePerson, PhoneCodeTrouble>;

/** Codes from phones, as a visit has them looked at. */
export interface PhoneDesk {
  /** The app that shows codes, as people know it. */
  readonly app: string;
  /** Whether this machine knows any issuer, or may ask its platform. */
  isOpen(): boolean;
  /** Looks at a code and forgets the check before; its number. What came right is used up. */
  check(text: string): number;
  /** How a check stands; `undefined` for one that was let go of. */
  find(checkId: number): PhoneCheck | undefined;
  /** Lets go of whatever check is not this one. */
  keepOnly(checkId: number | null): void;
}

/** Which codes this machine takes. */
export interface PhoneCodeRules {
  /** The app that shows them, as people know it. */
  readonly app: string;
  /** Those of the configuration, until the platform named its own. */
  readonly issuers: readonly PhoneCodeIssuer[];
  /** The form of codes that only the platform can read; anything else that is no signed code is sent nowhere. */
  readonly onlineForm: RegExp | null;
}

/** Where no code opens anything. */
export const NO_PHONE_CODES: PhoneDesk = {
  app: '',
  isOpen: () => false,
  check: () => 0,
  find: () => undefined,
  keepOnly: () => {},
};

/** A {@link PhoneDesk}; `onChange` follows each check that ended. */
export function createPhoneDesk(options: {
  readonly rules: PhoneCodeRules;
  /** Whom the platform named last: these and no others; null before it did. */
  readonly named?: (() => readonly PhoneCodeIssuer[] | null) | undefined;
  readonly crypto: Crypto;
  readonly time: TrustedTime;
  readonly used: UsedCodes;
  readonly queries: Queries;
  readonly online: () => boolean;
  readonly onChange: () => void;
}): PhoneDesk {
  const { rules, crypto, time, used, queries, online, onChange } = options;
  const issuers = () => options.named?.() ?? rules.issuers;
  let made = 0;
  let present:
    | { readonly checkId: number; readonly stopping: AbortController; state: PhoneCheck }
    | undefined;

  function keepOnly(checkId: number | null): void {
    if (present?.checkId === checkId) return;
    present?.stopping.abort();
    present = undefined;
  }

  /** The platform's word; `unreached` where nobody was. */
  async function ask(
    text: string,
    signal: AbortSignal,
  ): Promise<Result<PhoneCodePerson, PhoneCodeTrouble | 'unreached'>> {
    const parameters = phoneCodeParameters(text);
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.phoneCode, parameters }, signal);
    if (!said.ok) return err(said.error === 'offline' ? 'unreached' : 'no-answer');
    return findPhoneCodeAnswer(said.value) ?? err('no-answer');
  }

  /** Uses a code up; only then does it open anything. */
  function open(
    { name, number }: PhoneCodePerson,
    evidence: PhoneEvidence,
    untilMs: number,
  ): Result<PhonePerson, PhoneCodeTrouble> {
    if (findIdNumber(number, isoDate(time.nowMs())) !== number) return err('forged');
    const noted = used.use(evidence.codeId, untilMs);
    used.forget(time.floorMs());
    return noted.ok ? ok({ name, number, evidence }) : noted;
  }

  /** By this machine alone: only a time that is sure says that a code is in force, only a whole note that it is new. */
  function openHere(code: PhoneCode, issuer: string): Result<PhonePerson, PhoneCodeTrouble> {
    if (!time.trusted()) return err('clock');
    if (!isInForce(code, time.nowMs())) return err('old');
    if (!used.isWhole) return err('offline');
    return open(code, { issuer, codeId: code.codeId, checked: 'here' }, endOfForceMs(code));
  }

  async function openSigned(
    text: string,
    code: PhoneCode,
    issuer: string,
    signal: AbortSignal,
  ): Promise<Result<PhonePerson, PhoneCodeTrouble>> {
    const said = await ask(text, signal);
    if (signal.aborted) return err('no-answer');
    if (said.ok) return open(code, { issuer, codeId: code.codeId, checked: 'platform' }, endOfForceMs(code));
    return said.error === 'unreached' ? openHere(code, issuer) : err(said.error);
  }

  async function openUnread(
    text: string,
    signal: AbortSignal,
  ): Promise<Result<PhonePerson, PhoneCodeTrouble>> {
    const said = await ask(text, signal);
    if (signal.aborted) return err('no-answer');
    if (!said.ok) return err(said.error === 'unreached' ? 'offline' : said.error);
    const codeId = crypto.sha256(new TextEncoder().encode(text)).slice(0, 16);
    // Whoever made it counts its uses; here it is noted for as long as any code may be in force.
    const evidence: PhoneEvidence = { issuer: null, codeId, checked: 'platform' };
    return open(said.value, evidence, endOfForceMs({ expires: time.nowMs() + 300_000 }));
  }

  /** An answer at once, or the way to one. */
  function look(
    text: string,
    signal: AbortSignal,
  ): Result<PhonePerson, PhoneCodeTrouble> | Promise<Result<PhonePerson, PhoneCodeTrouble>> {
    if (text.length > MOST_CODE_TEXT) return err('not-a-code');
    const read = readPhoneCode(crypto, issuers(), text);
    if (read.ok) {
      const { code, issuer } = read.value;
      const isOver =
        endOfForceMs(code) <= time.floorMs() || (time.trusted() && !isInForce(code, time.nowMs()));
      if (isOver) return err('old');
      if (used.has(code.codeId)) return err('used');
      return online() ? openSigned(text, code, issuer.name, signal) : openHere(code, issuer.name);
    }
    if (read.error === 'forged') return err('forged');
    if (read.error === 'not-a-code' && rules.onlineForm?.test(text) !== true) return err('not-a-code');
    if (!online()) return err(read.error === 'unknown-issuer' ? 'unknown-issuer' : 'offline');
    return openUnread(text, signal);
  }

  async function run(checkId: number, answer: Promise<Result<PhonePerson, PhoneCodeTrouble>>): Promise<void> {
    const state = await answer;
    if (present?.checkId !== checkId) return;
    present.state = state;
    onChange();
  }

  return {
    app: rules.app,
    isOpen: () => issuers().length > 0 || rules.onlineForm !== null,
    check(text) {
      keepOnly(null);
      made += 1;
      const stopping = new AbortController();
      const answer = look(text, stopping.signal);
      present = { checkId: made, stopping, state: answer instanceof Promise ? 'checking' : answer };
      if (answer instanceof Promise) void run(made, answer);
      return made;
    },
    find: (checkId) => (present?.checkId === checkId ? present.state : undefined),
    keepOnly,
  };
}
