/** The page from which a matter starts: what it is, what it needs, and whether it can be started. */
import { isFiled } from '../../catalog/kind-rules.ts';
import type { Matter } from '../../catalog/schema.ts';
import { same } from '../../catalog/text.ts';
import type { Page } from '../api.ts';
import { basesOffered, personMeant } from './absent.ts';
import type { Desk } from './desk.ts';
import { lacksProof } from './proof-events.ts';
import { methodsFor } from './proving.ts';
import { availabilityOf, blockedWords } from './tiles.ts';
import { elsewherePart, findUnderWay } from './under-way.ts';
import type { Visit } from './visit.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** The page of a matter, for whoever is here or is acted for. */
export function findMatterPage(visit: Visit, matterId: string, desk: Desk): PageOf<'matter'> | undefined {
  const matter = desk.catalog().matters.find(({ id }) => id === matterId);
  if (matter === undefined) return undefined;
  const person = personMeant(visit);
  const availability = availabilityOf(matter, person, desk);
  const forWhom = matter.assurance === 'open' ? null : (person?.masked ?? null);
  return {
    kind: 'matter',
    head: headOf(matter, forWhom),
    official: matter.name.official,
    picture: matter.picture ?? null,
    gets: matter.gets,
    plain: matter.plain,
    cost: matter.cost ?? null,
    before: findUnderWay(matter, person, desk),
    elsewhere: elsewherePart(desk),
    workingDays: matter.time?.workingDays ?? null,
    bases: basesOffered(matter, visit),
    materials: matter.materials.map(({ name, from }) => ({ name, by: from.by })),
    blocked:
      availability === 'open'
        ? null
        : { code: availability, words: blockedWords(matter, person, availability, desk) },
    willProve: lacksProof(visit, matter) ? [...methodsFor(person, desk)] : [],
    willQueue: !desk.online() && matter.offline === 'queue',
    willPrint: !isFiled(matter) || desk.devices().slipPrinter !== 'down',
  };
}

/** The head of every page inside a matter. */
export function headOf(matter: Matter, forWhomName: string | null): PageOf<'check'>['head'] {
  return {
    name: matter.name.short,
    forWhom: forWhomName === null ? null : same(forWhomName),
    sample: matter.status === 'sample',
    private: matter.private,
  };
}
