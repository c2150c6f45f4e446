/** A terminal's authority on its real durable half, with the whole catalog and every device in order. */
import { addDays, isoDate } from '../../base/calendar.ts';
import type { Matter } from '../../catalog/schema.ts';
import { type Bench, createBench } from '../../terminal/visit/testing/bench.ts';
import { readOf, SPECIMEN } from '../../terminal/visit/testing/people.ts';
import { START_MS } from '../../terminal/visit/testing/site.ts';
import { projectCatalog } from '../project-catalog.ts';
import type { Holder } from './people.ts';

/** The project's catalog, read once. */
export const CATALOG = projectCatalog();
/** Today at the terminal, ISO. */
export const TODAY = isoDate(START_MS);

/** A terminal that can do every matter, online or not. */
export function openStation({ online = true }: { readonly online?: boolean } = {}): Bench {
  const bench = createBench();
  bench.world.catalog = CATALOG;
  bench.world.online = online;
  bench.world.devices = {
    ...bench.world.devices,
    cameras: new Set(['document-camera', 'face-camera']),
    proofMethods: ['face'],
    cabinet: {
      readerPlace: 'lower-right',
      screen: { widthMm: 268, heightMm: 476.4 },
      specialPaper: true,
      cameras: [],
    },
  };
  bench.world.slots = Object.fromEntries(
    CATALOG.matters.flatMap(({ questions }) =>
      questions.flatMap((question) =>
        question.type === 'slot'
          ? [[question.service, { at: 'offered' as const, slots: slotsOf(question.service) }]]
          : [],
      ),
    ),
  );
  bench.authority.refresh();
  return bench;
}

function slotsOf(service: string) {
  return ['09:00', '14:30'].map((from) => ({
    id: `${service}-${from}`,
    day: addDays(TODAY, 1),
    from,
  }));
}

/** Lays somebody's card. */
export function layCard(bench: Bench, holder: Holder): void {
  bench.authority.readerSaid({
    type: 'identity',
    read: readOf({ ...SPECIMEN, number: holder.number }, holder),
  });
}

/** Steps up, with a card where somebody's is given, and opens the page of a matter by finding it. */
export function openMatter(bench: Bench, matter: Matter, holder: Holder | null): void {
  if (holder === null) bench.act({ type: 'go', to: 'no-card' });
  else layCard(bench, holder);
  bench.act({ type: 'go', to: 'find' });
  bench.act({ type: 'open-matter', matterId: matter.id });
}
