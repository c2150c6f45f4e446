/**
 * A matter left unfinished, as it is handed to the person's memory (journal.md part 4, "A draft"). Another
 * person's card is not in it: it has to be laid again.
 */

import { z } from 'zod';
import { equalBytes } from '../../base/bytes.ts';
import { type Answers, answerValueSchema, type Basis, basisSchema } from '../../catalog/schema.ts';
import { encodeContent, readContent } from '../../sync/content-coding.ts';
import { actsOn } from '../cases/case-acts.ts';
import type { Person } from './person.ts';
import type { Supplementing } from './supplement.ts';

const id = z.instanceof(Uint8Array).refine((bytes) => bytes.length === 16);

const draftSchema = z.object({
  v: z.literal(1),
  matterId: z.string(),
  basis: basisSchema,
  answers: z.record(z.string(), answerValueSchema),
  /** What was being typed and not yet judged. */
  typing: z.object({ questionId: z.string(), value: answerValueSchema }).nullable(),
  /** Questions for words that were answered aloud: no recording is in a draft. Earlier releases have none. */
  said: z.array(z.string()).default([]),
  submissionId: id,
  caseId: id,
  /** What was said of further matters; drafts of earlier releases have none. */
  bundle: z.array(z.object({ matterId: z.string(), chosen: z.boolean() })).default([]),
  /** What it supplements, where it is no case of its own. */
  supplement: z.object({ caseId: id, askedMs: z.int() }).nullable().default(null),
});

/** An unfinished matter. */
export interface Draft {
  readonly matterId: string;
  readonly basis: Basis;
  readonly answers: Answers;
  readonly typing: { readonly questionId: string; readonly value: z.infer<typeof answerValueSchema> } | null;
  /** Questions whose answer was said aloud, and has to be said again. */
  readonly said: readonly string[];
  readonly submissionId: Uint8Array;
  readonly caseId: Uint8Array;
  /** Further matters that were wished for, or declined. */
  readonly bundle: readonly { readonly matterId: string; readonly chosen: boolean }[];
  /** What it supplements; null where it is a case of its own. */
  readonly supplement: Supplementing | null;
}

/** A draft as bytes. */
export function encodeDraft(draft: Draft): Uint8Array {
  return encodeContent({ v: 1, ...draft });
}

/**
 * The draft a person left, if any. One that was kept after all (the machine stopped between keeping and
 * forgetting the draft) is dropped, and so is one of a form this release cannot read.
 */
export function findDraft(person: Person): Draft | null {
  const { memory } = person;
  const bytes = memory?.findDraft();
  if (memory === null || bytes === undefined) return null;
  const read = readContent(draftSchema, bytes);
  if (!read.ok || isKept(read.value, person)) {
    memory.dropDraft();
    return null;
  }
  return read.value;
}

function isKept({ caseId, supplement }: Draft, { cases, acts }: Person): boolean {
  if (supplement === null) return cases.some((kept) => equalBytes(kept.caseId, caseId));
  return actsOn(supplement, acts).some(
    ({ deed }) => deed.did === 'supplement' && deed.askedMs === supplement.askedMs,
  );
}
