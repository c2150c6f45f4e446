/** Recorded authority for tests: given at the screen, and used alone. */

import { signIn } from './agents.ts';
import type { Bench } from './bench.ts';
import { answerAll } from './fill-in.ts';
import type { SamplePerson } from './people.ts';
import { jpegOf } from './photos.ts';
import { WHOLE_CATALOG } from './site.ts';

/** A matter that may be entrusted, and all it asks of an agent. */
export const SENIOR_CARD = {
  id: 'senior-card',
  answers: { what: 'new', photo: 'id-card', collect: 'village', phone: '13800138000' },
} as const;

/** The bench with a camera and every matter, so that something can be entrusted. */
export function withCamera(bench: Bench): Bench {
  bench.world.catalog = WHOLE_CATALOG;
  bench.world.devices = { ...bench.world.devices, cameras: new Set(['face-camera']) };
  return bench;
}

/** Beside the agent who is signed in: to the check page, as far as the resident is asked. */
export function entrustAsFarAsCheck(
  bench: Bench,
  matters: readonly string[] = [SENIOR_CARD.id, 'medical-enrolment'],
  until = 'month',
): void {
  bench.act({ type: 'go', to: 'agent' });
  bench.act({ type: 'agent', command: { do: 'entrust' } });
  answerAll(bench, { matters, until });
  for (const questionId of ['signature', 'photo']) {
    bench.act({ type: 'attach', questionId, bytes: jpegOf({ width: 800 }) });
    bench.act({ type: 'answer', questionId, value: null });
  }
}

/** A resident lays their card, the agent signs in beside them and is entrusted; everybody leaves. */
export function entrust(bench: Bench, who: SamplePerson, matters?: readonly string[], until?: string): void {
  bench.lay(who);
  signIn(bench);
  entrustAsFarAsCheck(bench, matters, until);
  submit(bench);
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
}

/** Hands in what the check page shows. */
export function submit(bench: Bench) {
  const page = bench.page();
  const declares = page.kind === 'check' ? page.declares?.questionId : undefined;
  return bench.act({ type: 'submit', declares });
}

/** The agent alone, at the page of the `index`-th of those who entrusted them. */
export function forAbsent(bench: Bench, index = 0): void {
  bench.act({ type: 'go', to: 'no-card' });
  signIn(bench);
  bench.act({ type: 'agent', command: { do: 'absent-list' } });
  const page = bench.page();
  const ref = page.kind === 'absent-list' ? (page.people[index]?.ref ?? '') : '';
  bench.act({ type: 'agent', command: { do: 'absent', ref } });
}
