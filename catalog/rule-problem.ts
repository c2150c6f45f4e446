import type { Matter } from './schema.ts';

/** Something wrong with a matter: where in it, and what in plain words. */
export interface RuleProblem {
  readonly path: string;
  readonly words: string;
}

/** A problem at `path`. */
export function problem(path: string, words: string): RuleProblem {
  return { path, words };
}

/** The problem in a list when it is `wrong`, else an empty list. */
export function when(wrong: boolean, path: string, words: string): readonly RuleProblem[] {
  return wrong ? [problem(path, words)] : [];
}

/** What is wrong with one matter, looked at from one side. */
export type Rule = (matter: Matter) => readonly RuleProblem[];
