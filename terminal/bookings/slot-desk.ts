/**
 * The times that services offer, asked of the platform for the visit there is. What was offered stands until the visit
 * ends: whether a time is still free then, the platform alone says, once it has the case.
 */
import { z } from 'zod';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { Queries } from '../../sync/queries.ts';
import type { OfferedSlot, Slots, SlotsState } from '../visit/desk.ts';

const slotRecord = z.object({
  slot: z.string().min(1).max(120),
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  from: z.string().regex(/^\d{2}:\d{2}$/),
});

/** {@link Slots} over the platform's question `slots`. */
export function createSlotDesk(seams: { readonly queries: Queries; readonly online: () => boolean }): Slots {
  const { queries, online } = seams;
  const listeners = new Set<() => void>();
  let states = new Map<string, SlotsState>();
  let asking = new Set<string>();
  let stopping = new AbortController();
  let wanted: string | null = null;

  async function ask(service: string): Promise<void> {
    const { signal } = stopping;
    asking.add(service);
    // What was offered before stands meanwhile: an answer given by it is judged by it.
    if (states.get(service)?.at !== 'offered') states.set(service, { at: 'asking' });
    const parameters = [{ name: 'service', value: service }];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.slots, parameters }, signal);
    if (signal.aborted) return;
    asking.delete(service);
    const slots = said.ok ? slotsIn(said.value) : [];
    const isLost = !said.ok && states.get(service)?.at === 'offered';
    if (!isLost) states.set(service, slots.length > 0 ? { at: 'offered', slots } : { at: 'trouble' });
    for (const listener of [...listeners]) listener();
  }

  return {
    state: (service) => states.get(service) ?? { at: online() ? 'asking' : 'trouble' },

    want(service) {
      const came = service !== wanted;
      wanted = service;
      if (service === null || !online()) return;
      // Looked at once more each time its page is come to: what others booked meanwhile is gone.
      if ((came || !states.has(service)) && !asking.has(service)) void ask(service);
    },

    forget() {
      stopping.abort();
      stopping = new AbortController();
      states = new Map();
      asking = new Set();
      wanted = null;
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Records that are times; whatever else stands there is none. */
function slotsIn(content: QueryContent): readonly OfferedSlot[] {
  if (content.outcome !== 'found') return [];
  return content.records.flatMap((record) => {
    const read = slotRecord.safeParse(record);
    return read.success ? [{ id: read.data.slot, day: read.data.day, from: read.data.from }] : [];
  });
}
