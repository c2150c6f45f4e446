/** Whether something may be done; `why` it may not is one word for the log. */
export type Judgement = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

/** It may be done. */
export const ALLOWED: Judgement = { allowed: true };

/** It may not be done. `why` is a word with hyphens, since logs hold nothing longer. */
export function refused(why: string): Judgement {
  return { allowed: false, why };
}
