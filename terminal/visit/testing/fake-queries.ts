/** A platform that answers what the state keeps when a test says so. */
import type { Result } from '../../../base/result.ts';
import type { QueryContent } from '../../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../../sync/own-questions.ts';
import type { Queries, Query, QueryTrouble } from '../../../sync/queries.ts';
import { START_MS } from './site.ts';

/** What a test sees and says of queries. */
export interface FakeQueries extends Queries {
  /** What was asked, oldest first, and whether nobody waits for it any more. */
  readonly asked: readonly { readonly query: Query; readonly signal: AbortSignal }[];
  /** Certificates that others were asked for in place of, oldest first. */
  readonly replaced: readonly Uint8Array[];
  /** What comes in their place from now on; null while nobody is reached. */
  replaceWith(words: Uint8Array | null): void;
  /** The numbers whose consents of earlier visits were asked for, oldest first. */
  readonly consentsAskedOf: readonly string[];
  /** Answers the latest of these questions. */
  answerConsents(answered: Result<QueryContent, QueryTrouble>): Promise<void>;
  /** What was asked of cases handed in elsewhere, as matter ids, oldest first. */
  readonly elsewhereAskedOf: readonly string[];
  /** Answers the latest of these questions. */
  answerElsewhere(answered: Result<QueryContent, QueryTrouble>): Promise<void>;
  /** The marks whose cases of other machines were asked for, oldest first. */
  readonly thereAskedOf: readonly string[];
  /** Answers the latest of these questions. */
  answerThere(answered: Result<QueryContent, QueryTrouble>): Promise<void>;
  /** The agents whose authorities of other machines were asked for, oldest first. */
  readonly authoritiesAskedOf: readonly string[];
  /** Answers the latest of these questions. */
  answerAuthorities(answered: Result<QueryContent, QueryTrouble>): Promise<void>;
  /** Answers the question asked first of those still open. */
  answer(answered: Result<QueryContent, QueryTrouble>): Promise<void>;
}

/** Nothing is answered until `answer`. */
export function fakeQueries(): FakeQueries {
  const asked: { query: Query; signal: AbortSignal }[] = [];
  const replaced: Uint8Array[] = [];
  let replacement: Uint8Array | null = null;
  const open: ((answer: Result<QueryContent, QueryTrouble>) => void)[] = [];
  const consentsAskedOf: string[] = [];
  const elsewhereAskedOf: string[] = [];
  let tellElsewhere: (answer: Result<QueryContent, QueryTrouble>) => void = () => undefined;
  const thereAskedOf: string[] = [];
  let tellThere: (answer: Result<QueryContent, QueryTrouble>) => void = () => undefined;
  const authoritiesAskedOf: string[] = [];
  let tellAuthorities: (answer: Result<QueryContent, QueryTrouble>) => void = () => undefined;
  let tellConsents: (answer: Result<QueryContent, QueryTrouble>) => void = () => undefined;
  return {
    asked,
    ask(query, signal) {
      if (query.dataSet === OWN_QUESTIONS.consents) {
        consentsAskedOf.push(query.parameters[0]?.value ?? '');
        return new Promise((resolve) => {
          tellConsents = resolve;
        });
      }
      if (query.dataSet === OWN_QUESTIONS.authorities) {
        authoritiesAskedOf.push(query.parameters[0]?.value ?? '');
        return new Promise((resolve) => {
          tellAuthorities = resolve;
        });
      }
      if (query.dataSet === OWN_QUESTIONS.casesThere) {
        thereAskedOf.push(query.parameters[0]?.value ?? '');
        return new Promise((resolve) => {
          tellThere = resolve;
        });
      }
      if (query.dataSet === OWN_QUESTIONS.underWay) {
        elsewhereAskedOf.push(query.parameters[1]?.value ?? '');
        return new Promise((resolve) => {
          tellElsewhere = resolve;
        });
      }
      asked.push({ query, signal });
      return new Promise((resolve) => open.push(resolve));
    },
    async replace(certificate) {
      replaced.push(certificate);
      return replacement === null ? { ok: false, error: 'offline' } : { ok: true, value: replacement };
    },
    consentsAskedOf,
    async answerConsents(answered) {
      tellConsents(answered);
      await settle();
    },
    elsewhereAskedOf,
    async answerElsewhere(answered) {
      tellElsewhere(answered);
      await settle();
    },
    authoritiesAskedOf,
    async answerAuthorities(answered) {
      tellAuthorities(answered);
      await settle();
    },
    thereAskedOf,
    async answerThere(answered) {
      tellThere(answered);
      await settle();
    },
    replaced,
    replaceWith(words) {
      replacement = words;
    },
    async answer(answered) {
      open.shift()?.(answered);
      await settle();
    },
  };
}

/** Lets what was answered reach its page. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 16; turn += 1) await Promise.resolve();
}

/** An answer with these records, whose fields are all text. */
export function foundAnswer(
  records: readonly Readonly<Record<string, string | number | boolean | null>>[],
): Result<QueryContent, never> {
  const fields = Object.keys(records[0] ?? {}).map((id) => ({
    ...{ id, type: 'text' as const },
    label: { zh: `字段${id}`, en: `Field ${id}` },
  }));
  const from = { zh: '县里', en: 'The county' };
  return {
    ok: true,
    value: { schema: 1, outcome: 'found', from, asOfMs: START_MS, fields, records: [...records] },
  };
}
