/** Times for appointments in a visit: which service is asked for, and what was offered. */
import type { KnownSlot } from '../../catalog/answers.ts';
import type { Matter } from '../../catalog/schema.ts';
import type { Desk, Slots } from './desk.ts';
import type { Visit } from './visit.ts';

/** Stands where no platform offers times: there is only the wish. */
export const NOBODY_OFFERS: Slots = {
  state: () => ({ at: 'trouble' }),
  want: () => undefined,
  forget: () => undefined,
  onChange: () => () => undefined,
};

/** The service whose times the page shown asks for; null on every other page. */
export function serviceAsked(visit: Visit | null): string | null {
  const { filling, spot } = visit ?? { filling: null, spot: null };
  if (filling === null || spot?.at !== 'question') return null;
  const question = filling.matter.questions.find(({ id }) => id === spot.questionId);
  return question?.type === 'slot' ? question.service : null;
}

/** Every time offered in this visit that a question of the matter may be answered with, by its id. */
export function slotsOffered(matter: Matter, desk: Pick<Desk, 'slots'>): ReadonlyMap<string, KnownSlot> {
  const services = new Set(matter.questions.flatMap((one) => (one.type === 'slot' ? [one.service] : [])));
  return new Map(
    [...services].flatMap((service) => {
      const state = desk.slots.state(service);
      const slots = state.at === 'offered' ? state.slots : [];
      return slots.map(({ id, day, from }) => [id, { service, day, from }] as const);
    }),
  );
}
