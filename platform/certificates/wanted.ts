/** What a question asks for beside what is told: certificates on it. */
import { err, ok, type Result } from '../../base/result.ts';
import type { Question } from '../../sync/formats/query.ts';
import { CERTIFICATES_WANTED } from '../../sync/own-questions.ts';

/** A question's parameters without that one, and what it says. */
export interface Wanted {
  readonly parameters: Question['parameters'];
  readonly certificates: { readonly template: string; readonly sheets: number } | null;
}

/** Takes the wish for certificates out of the parameters of a data set. */
export function takeWanted(given: Question['parameters']): Result<Wanted, 'malformed'> {
  const { name: reserved, form } = CERTIFICATES_WANTED;
  const parameters = given.filter(({ name }) => name !== reserved);
  const [wish, ...more] = given.filter(({ name }) => name === reserved);
  if (wish === undefined) return ok({ parameters, certificates: null });
  const [, template, sheets] = form.exec(wish.value) ?? [];
  if (template === undefined || more.length > 0) return err('malformed');
  return ok({ parameters, certificates: { template, sheets: Number(sheets) } });
}
