/** What somebody does at the screen, whatever they do it with: the words of a journey, a step each. */

/** What a thing is called: all of its words, or a part that tells it from the rest. */
export type Name = string | RegExp;

/** One step of a journey. */
export type Step =
  /** Waits for the page that begins with these words. */
  | { readonly does: 'meets'; readonly title: Name }
  /** Waits for words anywhere on the page that stands. */
  | { readonly does: 'notices'; readonly words: Name }
  /** Presses a key, a tile or a row. */
  | { readonly does: 'presses'; readonly name: Name }
  /** Chooses one of several, or ticks it. */
  | { readonly does: 'picks'; readonly label: string }
  /** Presses the digits of a number. */
  | { readonly does: 'dials'; readonly digits: string }
  /** Shows the scanner a code that is printed on a bill. */
  | { readonly does: 'scans'; readonly code: string }
  /** Pays with a telephone what the screen shows. */
  | { readonly does: 'pays' };

export const meets = (title: Name): Step => ({ does: 'meets', title });
export const notices = (words: Name): Step => ({ does: 'notices', words });
export const presses = (name: Name): Step => ({ does: 'presses', name });
export const picks = (label: string): Step => ({ does: 'picks', label });
export const dials = (digits: string): Step => ({ does: 'dials', digits });
export const scans = (code: string): Step => ({ does: 'scans', code });
export const pays: Step = { does: 'pays' };
