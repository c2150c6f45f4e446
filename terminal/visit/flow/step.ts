/** What one action comes to. */
import type { Text } from '../../../catalog/schema.ts';
import type { AnyAction, Refusal } from '../../api.ts';
import type { Desk } from '../desk.ts';
import type { Visit } from '../visit.ts';
import { refusal } from '../words.ts';

/** The visit after an action, null when the action ends it, and why the action was refused, if it was. */
export interface Step {
  readonly visit: Visit | null;
  readonly refusal: Refusal | null;
}

/** Handles one type of action; the visit it is given must not be used afterwards. */
export type Handler<T extends AnyAction['type']> = (
  visit: Visit,
  action: Extract<AnyAction, { type: T }>,
  desk: Desk,
) => Step;

/** The action did what it should. */
export function on(visit: Visit | null): Step {
  return { visit, refusal: null };
}

/** The action was refused and nothing was written; `visit` may say why on its page. */
export function refuse(visit: Visit, code: Refusal['code'], words?: Text, questionId?: string): Step {
  return { visit, refusal: refusal(code, words, questionId) };
}
