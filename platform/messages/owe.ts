/** What is owed to be told, written in the transaction of the act itself: what was done, where and when, not by whom. */
import { isForAbsent } from '../authorities/take.ts';
import type { HeldEntry } from '../cases/file.ts';
import type { Reading } from '../cases/reading.ts';
import type { NewRows } from '../store/new-rows.ts';
import type { MessageKind } from './words.ts';

const OF_ACTS = { supplement: 'supplemented', withdraw: 'withdrawn', collect: 'collected' } as const;

/** Where nobody can be told, nothing is owed. */
interface Teller {
  readonly clock: { wallMs(): number };
  readonly tellsPeople: boolean;
}

/** An entry took effect: whoever's card it was is to hear of it, once. */
export function oweMessage(
  rows: Pick<NewRows, 'messages'>,
  { clock, tellsPeople }: Teller,
  { entryId, place, reading, submittedMs: atMs }: HeldEntry,
): void {
  const done = tellsPeople ? findDone(reading) : undefined;
  if (done === undefined) return;
  rows.messages.push({
    ...{ entryId, ...done, villageName: place.village.name, atMs, madeMs: clock.wallMs() },
    ...{ tries: 0, notBeforeMs: 0, outcome: null, doneMs: null },
  });
}

function findDone(
  reading: Reading,
): { readonly kind: MessageKind; readonly caseId: Uint8Array | null } | undefined {
  switch (reading.as) {
    case 'case': {
      const { facts } = reading;
      // Without a card there is nobody to tell.
      if (!facts.submitter) return undefined;
      return { kind: isForAbsent(facts) ? 'filed-for' : 'filed', caseId: facts.caseId };
    }
    case 'act':
      return { kind: OF_ACTS[reading.action], caseId: reading.caseId };
    case 'authority':
      return { kind: 'entrusted', caseId: null };
    case 'authority-end':
      return { kind: 'entrusted-no-more', caseId: null };
    case 'record':
      return reading.kind === 'consent' ? { kind: 'consented', caseId: null } : undefined;
    default:
      return undefined;
  }
}
