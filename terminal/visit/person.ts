/** The person whose card was laid: who they are, what may be remembered of them, and how they are forgotten. */
import { equalBytes } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import type { GivenAuthority } from '../cases/authority-rows.ts';
import { type CaseAct, sortRows } from '../cases/case-acts.ts';
import type { Keeper, PersonMemory, RememberedCase, TrustedTime } from '../keeper.ts';
import type { PhoneEvidence } from '../phone/phone-desk.ts';
import { maskName } from './mask.ts';
import { type CardValidity, validityOf } from './validity.ts';

/** Who is here. Owned by one visit, which must {@link forgetPerson} them. */
export interface Person {
  /** What is known of them: as their card says, or of a code from their phone, name and number alone. */
  readonly card: IdentityRead;
  /** The code that stands in the place of a card; null where a card was laid. */
  readonly phone: PhoneEvidence | null;
  /** The name by its surname alone. */
  readonly masked: string;
  /** A card that is certainly not valid today opens only what needs no card. */
  readonly validity: CardValidity;
  /** Null when the card is not valid, or its chip cannot carry a key. */
  readonly memory: PersonMemory | null;
  /** Cases kept with this card here before and during this visit, oldest first. */
  readonly cases: readonly RememberedCase[];
  /** What was done to them later, oldest first. */
  readonly acts: readonly CaseAct[];
  /** What they entrusted to an agent here, oldest first. */
  readonly given: readonly GivenAuthority[];
  /** How many of `cases` were there when the card was laid. */
  readonly casesBefore: number;
  /** When this card was used here before; null when never, or not remembered. */
  readonly lastUseMs: number | null;
}

/** Opens what is remembered of a card's holder, and notes that the card is used now. */
export function meetPerson(
  card: IdentityRead,
  tools: {
    readonly keeper: Pick<Keeper, 'openMemory'>;
    readonly time: TrustedTime;
    readonly clock: Pick<Clock, 'wallMs'>;
  },
): Person {
  const validity = validityOf(card, tools.time);
  const opened =
    validity === 'valid' ? tools.keeper.openMemory({ number: card.number, photo: card.photo }) : undefined;
  const memory = opened?.ok ? opened.value : null;
  const lastUse = memory?.findLastUse();
  memory?.noteUse(tools.clock.wallMs());
  const { cases, acts, given } = sortRows(memory?.cases() ?? []);
  const person = { card, masked: maskName(card.name), validity, memory, phone: null, cases, acts, given };
  if (memory !== null && isWantedAtCounter(memory, cases)) {
    memory.close();
    wipeCases(cases);
    return {
      ...person,
      validity: 'at-counter',
      memory: null,
      cases: [],
      acts: [],
      given: [],
      casesBefore: 0,
      lastUseMs: null,
    };
  }
  return { ...person, casesBefore: cases.length, lastUseMs: lastUse?.atMs ?? null };
}

/** Whether the last word on it that came down for any of a card's cases wants its holder at the counter. */
function isWantedAtCounter(memory: PersonMemory, cases: readonly RememberedCase[]): boolean {
  const words = cases
    .flatMap((remembered) => memory.progressOf(remembered))
    .filter(({ atCounter }) => atCounter !== undefined);
  const lastMs = Math.max(...words.map(({ atMs }) => atMs));
  return words.findLast(({ atMs }) => atMs === lastMs)?.atCounter === true;
}

/** The person with their cases read again, after one was kept. */
export function withCasesAgain(person: Person): Person {
  if (person.memory === null) return person;
  wipeCases(person.cases);
  return { ...person, ...sortRows(person.memory.cases()) };
}

/** Whether two reads are of the same card: number and chip photo alike. */
export function isSameCard(a: IdentityRead, b: IdentityRead): boolean {
  return a.number === b.number && equalBytes(a.photo, b.photo);
}

/** The person, where their card is valid; an invalid card proves nothing that a matter could rest on. */
export function findValidPerson(person: Person | null): Person | null {
  return person?.validity === 'valid' ? person : null;
}

/** The person, where their own valid card was laid: a code from a phone is no card. */
export function findCardHolder(person: Person | null): Person | null {
  return person?.phone === null ? findValidPerson(person) : null;
}

/** Overwrites what can be overwritten of a person: the key, the photo, the private halves of reply keys. */
export function forgetPerson(person: Person): void {
  person.memory?.close();
  wipeCard(person.card);
  wipeCases(person.cases);
}

/** Overwrites the photo of a card. Its text is dropped with the object: strings cannot be overwritten. */
export function wipeCard(card: IdentityRead): void {
  card.photo.fill(0);
}

function wipeCases(cases: readonly RememberedCase[]): void {
  for (const remembered of cases) remembered.replyKeyPrivate.fill(0);
}
