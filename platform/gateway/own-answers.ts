/**
 * Questions that the platform answers itself, sealed and signed as those of shared data: which times are left, which bill
 * it is, how a payment stands. Asked without a consent: each says of people no more than stands on a paper bill, masked.
 */
import { err, ok, type Result } from '../../base/result.ts';
import type { QueryContent } from '../../sync/contents.ts';

/** Who asks, and what. */
export interface OwnQuestion {
  readonly terminalId: Uint8Array;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Answers one kind of question. */
export type OwnAnswer = (asked: OwnQuestion) => Promise<QueryContent | 'malformed'>;

/** By the name that stands in place of a data set's (`sync/own-questions.ts`). */
export type OwnAnswers = ReadonlyMap<string, OwnAnswer>;

/** Parameters by name; each at most once. */
export function takeOwnParameters(
  given: readonly { readonly name: string; readonly value: string }[],
): Result<Readonly<Record<string, string>>, 'malformed'> {
  const byName = Object.fromEntries(given.map(({ name, value }) => [name, value]));
  return Object.keys(byName).length === given.length ? ok(byName) : err('malformed');
}
