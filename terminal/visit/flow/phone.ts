/**
 * A code from the phone instead of a card: asked for, looked at, and what it opens. It says who somebody is and no more:
 * nothing is remembered by it, nobody is looked up at the state with it, and no agent acts on it.
 */
import { toHex } from '../../../base/bytes.ts';
import { birthOfIdNumber } from '../../../catalog/id-number.ts';
import type { IdentityRead, ScannerEvent } from '../../../drivers/api.ts';
import type { PhonePerson } from '../../phone/phone-desk.ts';
import type { Desk } from '../desk.ts';
import { findDraft } from '../draft.ts';
import { maskName } from '../mask.ts';
import { findValidPerson, forgetPerson, meetPerson, type Person } from '../person.ts';
import { atSpot, beginVisit, goTo, type PhoneLook, type Visit, wipeFilling } from '../visit.ts';
import { setDown } from './set-down.ts';
import { on, refuse, type Step } from './step.ts';

const NOTHING_YET: PhoneLook = { checkId: null, trouble: null };

/** Whether a code may take the place of a card now: where nobody is known yet, or by a card whose time is over. */
export function takesPhoneCode({ person, agent }: Visit, desk: Desk): boolean {
  if (!offersPhoneCode(desk) || agent !== null) return false;
  return person === null || person.validity === 'expired' || person.validity === 'not-yet-valid';
}

/** Whether this machine takes codes from phones now. */
export function offersPhoneCode(desk: Desk): boolean {
  return desk.phone.isOpen() && desk.devices().scanner === 'ready';
}

/** Opens the page that asks for the code. */
export function openPhoneCode(visit: Visit, desk: Desk): Step {
  if (visit.spot.at === 'phone-code') return on(visit);
  if (!takesPhoneCode(visit, desk)) return refuse(visit, 'not-here');
  return on({ ...goTo(setDown(visit), { at: 'phone-code' }), phone: NOTHING_YET });
}

/** The visit after something was held before the scanner while its page waits for a code from the phone. */
export function withScannedPhoneCode(visit: Visit, event: ScannerEvent, desk: Desk): Visit {
  if (event.type === 'unreadable') return { ...visit, phone: { checkId: null, trouble: 'unreadable' } };
  return { ...visit, phone: { checkId: desk.phone.check(event.code.text), trouble: null } };
}

/** The visit as its check stands: opened for whoever the code names, or with what is wrong with it. */
export function withPhonePerson(visit: Visit, desk: Desk): Visit {
  const { phone, spot } = visit;
  const check = phone?.checkId == null ? undefined : desk.phone.find(phone.checkId);
  if (check === undefined || check === 'checking' || spot.at !== 'phone-code') return visit;
  if (!check.ok) return { ...visit, phone: { checkId: null, trouble: check.error } };
  const laid = visit.person;
  if (laid !== null && laid.card.number !== check.value.number)
    return { ...visit, phone: { checkId: null, trouble: 'other-person' } };
  if (laid !== null) forgetPerson(laid);
  const { language, slipsOf, copiesAsked } = visit;
  return { ...beginVisit(language, personByPhone(check.value, desk), null), slipsOf, copiesAsked };
}

/** Whether a fresh code shows that the person of this visit is still here. */
export function isPhoneAgain({ person, phone }: Visit, desk: Desk): boolean {
  const check = phone?.checkId == null ? undefined : desk.phone.find(phone.checkId);
  if (person === null || person.phone === null || check === undefined || check === 'checking') return false;
  return check.ok && check.value.number === person.card.number;
}

/**
 * The visit of a code after the same person's own card was laid: what they have in hand stays, and the card opens what it
 * opens. One that is not valid opens nothing more; one whose holder is wanted at the counter begins anew.
 */
export function withOwnCard(visit: Visit, card: IdentityRead, desk: Desk): Visit {
  const person = meetPerson(card, desk);
  if (person.validity === 'at-counter') {
    if (visit.filling !== null) wipeFilling(visit.filling);
    return beginVisit(visit.language, person, null);
  }
  if (findValidPerson(person) === null) {
    forgetPerson(person);
    return { ...visit, phone: null };
  }
  const there = visit.spot.at === 'home' ? atSpot(visit, { at: 'home' }) : visit;
  return { ...there, person, phone: null, draft: visit.filling === null ? findDraft(person) : null };
}

/** Whoever showed the code, with what their number says; a code has no photo, so nothing is remembered by it. */
function personByPhone({ name, number, evidence }: PhonePerson, desk: Desk): Person {
  const card: IdentityRead = {
    ...{ readId: toReadId(desk), kind: 'citizen', name, nameLatin: null, nation: null, number },
    ...{ sex: Number(number[16]) % 2 === 1 ? 'male' : 'female', birth: birthOfIdNumber(number) },
    ...{ address: '', numberValid: true, issuer: '', validFrom: null, validTo: null },
    ...{ photo: new Uint8Array(0), notes: [] },
  };
  return {
    ...{ card, masked: maskName(name), validity: 'valid', memory: null, phone: evidence },
    ...{ cases: [], acts: [], given: [], casesBefore: 0, lastUseMs: null },
  };
}

/** Names this person as a read of a card would; no card answers to it. */
function toReadId(desk: Desk): string {
  return toHex(desk.random.bytes(16));
}
