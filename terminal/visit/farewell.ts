/** What somebody who leaves is reminded of, and how the last page is shown: the visit itself is gone by then. */
import type { Language } from '../api.ts';
import { DEFAULT_SETTINGS, type ScreenSettings } from '../screen-settings.ts';
import type { Desk } from './desk.ts';
import type { Visit } from './visit.ts';

/** What the last page says, in which language, and how large. */
export interface Farewell {
  readonly takeCard: boolean;
  readonly takeSlip: boolean;
  readonly takePaper: boolean;
  readonly language: Language;
  readonly settings: ScreenSettings;
}

/** Before anybody was here. */
export const NO_FAREWELL: Farewell = {
  takeCard: false,
  takeSlip: false,
  takePaper: false,
  language: 'zh',
  settings: DEFAULT_SETTINGS,
};

/** The farewell of a visit that ends now. */
export function farewellOf(visit: Visit, settings: ScreenSettings, desk: Desk): Farewell {
  return {
    takeCard: takesCard(visit),
    takeSlip: takesSlip(visit, desk),
    takePaper: takesPaper(visit, desk),
    language: visit.language,
    settings,
  };
}

/** Whether whoever leaves need not be reminded of anything. */
export function hasNothingToTake(visit: Visit, desk: Desk): boolean {
  return !takesCard(visit) && !takesSlip(visit, desk) && !takesPaper(visit, desk);
}

/** Whether sheets are coming out for this visit. */
export function isPrinting({ filling }: Visit, desk: Desk): boolean {
  return filling?.printing != null && desk.prints.find(filling.printing.printId)?.at === 'printing';
}

function takesCard(visit: Visit): boolean {
  return visit.person !== null && visit.person.phone === null;
}

function takesSlip(visit: Visit, desk: Desk): boolean {
  return visit.slipsOf.some((entryId) => {
    const state = desk.slips.findState(entryId);
    return state === 'printing' || state === 'printed' || state === 'unknown';
  });
}

/** Sheets that came out and nobody said they have. */
function takesPaper({ filling }: Visit, desk: Desk): boolean {
  const state = filling?.printing && !filling.printing.taken && desk.prints.find(filling.printing.printId);
  if (!state || state.at === 'printing') return false;
  return state.sheets > 0 || (state.at === 'failed' && state.why === 'unsure');
}
