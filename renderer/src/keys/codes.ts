/** The four keys beside a screen: which key means which, and everything else means nothing. */
import type { View } from '../../../terminal/api.ts';

/** What each of the four keys is for. */
export type FourKey = 'next' | 'back' | 'choose' | 'help';

/** For each, the keys of a keyboard that mean it, by `KeyboardEvent.code`; `Shift+` before one that is held with it. */
export type FourKeyCodes = { readonly [key in FourKey]: readonly string[] };

/** Where the cabinet file names none: what any keyboard has. */
export const USUAL_CODES: FourKeyCodes = {
  next: ['Tab', 'ArrowRight', 'ArrowDown'],
  back: ['Shift+Tab', 'ArrowLeft', 'ArrowUp'],
  choose: ['Enter', 'NumpadEnter', 'Space'],
  help: ['F1'],
};

/** The codes of this cabinet. */
export function codesOf(cabinet: View['cabinet']): FourKeyCodes {
  return cabinet?.fourKeys ?? USUAL_CODES;
}

/** What a key stroke means; nothing where it is none of the four. */
export function findFourKey(
  stroke: Pick<KeyboardEvent, 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>,
  codes: FourKeyCodes,
): FourKey | undefined {
  if (stroke.ctrlKey || stroke.altKey || stroke.metaKey) return undefined;
  const name = stroke.shiftKey ? `Shift+${stroke.code}` : stroke.code;
  return FOUR_KEYS.find((key) => codes[key].includes(name));
}

const FOUR_KEYS = ['next', 'back', 'choose', 'help'] as const;
