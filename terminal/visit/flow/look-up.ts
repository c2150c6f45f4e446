/** Looking a case up by its slip: scanned, or its number and code typed. No card is needed, and nothing is kept. */
import type { Text } from '../../../catalog/schema.ts';
import type { ScannerEvent } from '../../../drivers/api.ts';
import type { SlipName } from '../../../sync/lookup.ts';
import type { Problem } from '../../api.ts';
import type { Desk } from '../desk.ts';
import { casesWithRefs, listedName } from '../my-cases.ts';
import { goTo, type LookUp, type Spot, type Visit } from '../visit.ts';
import { SLIP_WORDS } from '../words.ts';
import { setDown } from './set-down.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

const SCAN: Spot = { at: 'slip-lookup', step: 'scan' };

const NOTHING_YET: LookUp = {
  ...{ localNumber: null, slipCode: null, scanned: null, certificate: null },
  ...{ askId: null, problem: null },
};

/** Opens the page that asks for a slip. */
export function openLookUp(visit: Visit): Step {
  if (visit.spot.at === 'slip-lookup') return on(visit);
  if (visit.spot.at === 'slip-answer') return on({ ...atScan(visit), lookUp: NOTHING_YET });
  return on({ ...goTo(setDown(visit), SCAN), lookUp: NOTHING_YET });
}

export const slipByHand: Handler<'slip-by-hand'> = (visit) =>
  isAt(visit, 'scan') ? on(stepTo(visit, 'number', NOTHING_YET)) : refuse(visit, 'not-here');

export const slipNumber: Handler<'slip-number'> = (visit, { localNumber }) => {
  if (!isAt(visit, 'number')) return refuse(visit, 'not-here');
  if (!/^[0-9]{12}$/.test(localNumber)) return refuseHere(visit, 'no-number', SLIP_WORDS['no-number']);
  return on(stepTo(visit, 'code', { ...NOTHING_YET, localNumber }));
};

export const slipCode: Handler<'slip-code'> = (visit, action, desk) => {
  const localNumber = visit.lookUp?.localNumber ?? null;
  if (!isAt(visit, 'code') || localNumber === null) return refuse(visit, 'not-here');
  if (!/^[0-9]{6}$/.test(action.slipCode)) return refuseHere(visit, 'no-code', SLIP_WORDS['no-code']);
  return on(ask(visit, { localNumber, slipCode: action.slipCode }, null, desk));
};

export const askAgain: Handler<'ask-again'> = (visit, _action, desk) => {
  const { lookUp, spot } = visit;
  if (spot.at !== 'slip-answer' || lookUp?.localNumber == null || lookUp.slipCode === null)
    return refuse(visit, 'not-here');
  if (lookUp.askId !== null && desk.lookUps.find(lookUp.askId) === 'asking') return on(visit);
  const { localNumber, slipCode: code } = lookUp;
  const askId = desk.lookUps.ask({ localNumber, slipCode: code });
  return on({ ...visit, lookUp: { ...lookUp, askId } });
};

/** The visit after a code was held before the scanner while a page of the look-up is shown. */
export function withScannedSlip(visit: Visit, event: ScannerEvent, desk: Desk): Visit {
  if (event.type === 'unreadable') return withTrouble(visit, 'unreadable');
  const certificate = desk.lookUps.readCertificate(event.code.text);
  if (certificate.ok)
    return {
      ...goTo(atScan(visit), { at: 'slip-answer' }),
      lookUp: { ...NOTHING_YET, certificate: certificate.value },
    };
  if (certificate.error === 'forged') return withTrouble(visit, 'forged-certificate');
  const slip = desk.lookUps.read(event.code.text);
  const own = slip.ok ? findOwnCase(visit, slip.value, desk) : undefined;
  if (own !== undefined) return { ...goTo(atScan(visit), own), lookUp: null };
  return slip.ok ? ask(visit, slip.value, slip.value, desk) : withTrouble(visit, slip.error);
}

/** The visit after a slip of their own was scanned where nothing asks for one: the case it is of; else nothing happens. */
export function findAtOwnSlip(visit: Visit, event: ScannerEvent, desk: Desk): Visit | undefined {
  const slip = event.type === 'unreadable' ? undefined : desk.lookUps.read(event.code.text);
  const own = slip?.ok ? findOwnCase(visit, slip.value, desk) : undefined;
  return own && goTo(visit, own);
}

/** The page of the case a slip is of, where it is remembered for whoever laid their card: a private one asks for it again. */
function findOwnCase({ person }: Visit, slip: SlipName, desk: Desk): Spot | undefined {
  const own = (person === null ? [] : casesWithRefs(person)).find(
    ({ remembered }) => remembered.localNumber === slip.localNumber && remembered.slipCode === slip.slipCode,
  );
  if (own === undefined) return undefined;
  const { ref, remembered } = own;
  const isPrivate = listedName(remembered.matterId, desk).private;
  return isPrivate ? { at: 'prove-again', ref, next: 'case' } : { at: 'case', ref };
}

/** Asks, and shows the page of the answer; from there "back" leads to the scanner, not through what was typed. */
function ask(
  visit: Visit,
  { localNumber, slipCode: code }: SlipName,
  scanned: LookUp['scanned'],
  desk: Desk,
): Visit {
  const askId = desk.lookUps.ask({ localNumber, slipCode: code });
  const lookUp: LookUp = { ...NOTHING_YET, localNumber, slipCode: code, scanned, askId };
  return { ...goTo(atScan(visit), { at: 'slip-answer' }), lookUp };
}

function withTrouble(visit: Visit, code: 'unreadable' | 'no-slip' | 'forged' | 'forged-certificate'): Visit {
  const problem: Problem = { code, words: SLIP_WORDS[code] };
  return { ...atScan(visit), lookUp: { ...NOTHING_YET, problem } };
}

/** The visit on the page that waits for the scanner, with the pages before it as they were. */
function atScan(visit: Visit): Visit {
  const trail = visit.trail.filter(({ at }) => at !== 'slip-lookup' && at !== 'slip-answer');
  return { ...visit, spot: SCAN, trail };
}

function stepTo(visit: Visit, step: 'number' | 'code', lookUp: LookUp): Visit {
  return { ...goTo(visit, { at: 'slip-lookup', step }), lookUp };
}

function isAt({ spot }: Visit, step: 'scan' | 'number' | 'code'): boolean {
  return spot.at === 'slip-lookup' && spot.step === step;
}

function refuseHere(visit: Visit, code: string, words: Text): Step {
  const lookUp = { ...(visit.lookUp ?? NOTHING_YET), problem: { code, words } };
  return refuse({ ...visit, lookUp }, 'bad-answer', words);
}
