/** What is kept of a query: that a person agreed to it, and that the consent counts no more. Never what was found. */
import type { ConsentWithdrawalContent, Place } from '../../sync/contents.ts';
import type { Query } from '../../sync/queries.ts';
import type { Language } from '../api.ts';
import type { ContentMap } from '../keeper.ts';

/** Somebody by their card: `number` and `kind` as on it. */
export interface CardPerson {
  readonly name: string;
  readonly number: string;
  readonly kind: string;
}

/** What is asked of what is open to anyone. */
export type OpenWish = Pick<Query, 'dataSet' | 'parameters'>;

/** What a person agrees to, and what is asked then; `certificates` where it is to be printed. */
export interface QueryWish extends Pick<Query, 'dataSet' | 'parameters' | 'certificates'> {
  /** The authority that keeps the data, as the person was told. */
  readonly from: string;
  /** Whose data it is. */
  readonly person: CardPerson;
  /** Who agrees for them and why they may; null where they agree themselves. */
  readonly submitter: (CardPerson & { readonly basis: string }) | null;
  /** `[id, version, hash]` of the matter it is for; null where it is for none. */
  readonly matter: readonly [string, number, Uint8Array] | null;
  /** What for, in the words of the screen. */
  readonly purpose: string;
  /** The words that were shown and agreed to, whole. */
  readonly words: string;
  readonly lang: Language;
  readonly place: Place;
}

/** `consent`: of this person, to this one data set, in these words. */
export function consentContent(wish: QueryWish, submissionId: Uint8Array): ContentMap {
  const { dataSet, from, person, submitter, matter, purpose, words, lang, place } = wish;
  const area = (one: Place['county']) => ({ code: one.code, name: one.name });
  return {
    ...{ schema: 1, kind: 'consent', submissionId },
    person: personContent(person),
    ...(submitter && { basis: submitter.basis, submitter: personContent(submitter) }),
    dataSets: [{ id: dataSet, from }],
    ...{ matter, purpose, words, lang },
    place: { county: area(place.county), town: area(place.town), village: area(place.village) },
  };
}

function personContent({ name, number, kind }: CardPerson): ContentMap {
  return { name, number, kind, birth: null, sex: null, address: null };
}

/** `consent.withdrawn`: the consent of this entry counts no more. */
export function withdrawalContent(
  consentId: Uint8Array,
  submissionId: Uint8Array,
  by: ConsentWithdrawalContent['by'],
): ContentMap {
  return { schema: 1, kind: 'consent.withdrawn', submissionId, consentId, by };
}
