/**
 * What a page says: what is drawn, in the order in which it is read. It walks the live page, so that whatever stands on
 * it (a question, a choice, an error, a notice) is said without a list of pages to be kept.
 *
 * A page can help: `data-say="…"` is said in place of what is drawn, `data-say=""` leaves it out (a pad of digits, a
 * clock), `data-private` marks what nobody else may hear and `data-open` what anybody may. Decoration (`aria-hidden`, pictures) is never said.
 */
import type { Language } from '../../../terminal/api.ts';

/** One thing on a page. */
export interface Piece {
  /** `alert` is what went wrong; `choice` is one of several; `key` does something; the rest is words. */
  readonly kind: 'alert' | 'words' | 'choice' | 'key';
  readonly text: string;
  readonly language: Language;
  /** Who may hear it: nobody else, everybody, or whoever may hear the rest of its page. */
  readonly hearing: 'private' | 'open' | 'page';
  /** Of a choice, its place among the others, from 1. */
  readonly place: number | null;
  readonly isChosen: boolean;
  /** It cannot be pressed now. */
  readonly isOff: boolean;
  /** Where it stands: in the line at the top, in the page itself, or with the keys that are always at its foot. */
  readonly area: 'bar' | 'page' | 'foot';
}

const KEYS = 'button, a[href], [role="button"]';
/** Keys of which one is touched, which leads on. */
const CHOICE_KEYS = '[data-choices] > button';
const CHOICES = `label, [role="radio"], [role="checkbox"], [role="option"], ${CHOICE_KEYS}`;
const TICKED = 'input[type="radio"], input[type="checkbox"]';
const SILENT = 'svg, canvas, video, audio, img, input, textarea, script, style, template, [hidden]';

/** What says by its label what it shows: a number in cells, a clock that runs down. */
const NAMED = 'output[aria-label], [role="timer"][aria-label], [role="img"][aria-label]';
/** So many keys under one label are a pad or a keyboard: nobody listens to each of them. */
const PAD_KEYS = 8;

/** Everything below `root`, as it is read. */
export function readPage(root: Element): Piece[] {
  const reader = createReader();
  reader.walk(root);
  return reader.end();
}

/** One key, choice or part by itself, as it is said when it has the focus; nothing where it says nothing. */
export function readOne(element: Element): Piece[] {
  const whole = element.matches(TICKED) ? (element.closest(CHOICES) ?? element) : element;
  return readPage(whole).map((piece) =>
    piece.kind === 'choice' ? { ...piece, place: placeOf(whole) } : piece,
  );
}

function createReader() {
  const pieces: Piece[] = [];
  let line = '';
  let at: Element | null = null;
  /** What a value belongs to: "Name" before the name. */
  let label = '';

  function put(piece: Pick<Piece, 'kind' | 'text'> & Partial<Piece>, element: Element): void {
    const text = tidy(piece.text);
    if (text === '') return;
    pieces.push({
      language: languageOf(element),
      hearing: hearingOf(element),
      ...{ place: null, isChosen: false, isOff: false },
      area: areaOf(element),
      ...piece,
      text,
    });
  }

  function endLine(): void {
    const text = tidy(line);
    line = '';
    if (text === '' || at === null) return;
    const kind = at.closest('[role="alert"]') === null ? 'words' : 'alert';
    put({ kind, text: label === '' ? text : `${label}，${text}` }, at);
    label = '';
  }

  function walkInto(element: Element): void {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        line += node.textContent ?? '';
        if (tidy(line) !== '') at = element;
      } else if (node instanceof Element) walk(node);
    }
  }

  function walk(element: Element): void {
    if (isSilent(element)) return;
    const said = element.getAttribute('data-say');
    const isBlock = standsApart(element);
    if (said !== null) {
      if (isBlock) endLine();
      line += said;
      if (said !== '') at = element;
      if (isBlock) endLine();
    } else if (element.matches(KEYS) && !element.matches(CHOICE_KEYS)) {
      endLine();
      put({ kind: 'key', text: nameOf(element), ...stateOf(element) }, element);
    } else if (element.matches(CHOICES) && isChoice(element)) {
      endLine();
      put({ kind: 'choice', text: nameOf(element), place: placeOf(element), ...stateOf(element) }, element);
    } else if (element.matches(NAMED) || isPad(element)) {
      endLine();
      put({ kind: 'words', text: labelOf(element) }, element);
    } else if (element.matches('dt')) {
      endLine();
      label = tidy(textOf(element));
    } else {
      if (isBlock) endLine();
      walkInto(element);
      if (isBlock) endLine();
    }
  }

  return {
    walk,
    end() {
      endLine();
      return pieces;
    },
  };
}

function isSilent(element: Element): boolean {
  if (element.matches(SILENT) || element.getAttribute('aria-hidden') === 'true') return true;
  if (element.closest('[inert]') !== null) return true;
  // One without a box of its own may hold what has one.
  if (getComputedStyle(element).display === 'contents') return false;
  return !element.checkVisibility({ visibilityProperty: true });
}

/** Whether it is set on a line of its own, or beside what it goes with, and not within a sentence. */
function standsApart(element: Element): boolean {
  if (element.parentElement?.matches('h1, h2, h3') && element.matches('span')) return true;
  return !getComputedStyle(element).display.startsWith('inline');
}

function isPad(element: Element): boolean {
  return (
    element.matches('section[aria-label], [role="group"][aria-label]:not([data-choices])') &&
    element.querySelectorAll(KEYS).length >= PAD_KEYS
  );
}

/** A label, and what is written where that does not stand in it already. */
function labelOf(element: Element): string {
  const label = element.getAttribute('aria-label') ?? '';
  const text = element.matches('output') ? (element.textContent ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '') : '';
  return label.replaceAll(/\s/g, '').includes(text) ? label : `${label}，${text}`;
}

/** What a key or a choice is called: its label, or the lines drawn on it. */
function nameOf(element: Element): string {
  const said = element.getAttribute('data-say') ?? element.getAttribute('aria-label');
  return said ?? readPartsOf(element).join('，');
}

/** The lines within a key; what stands beside each other is said after each other. */
function readPartsOf(element: Element): string[] {
  const parts: string[] = [];
  let line = '';
  const endLine = () => {
    if (tidy(line) !== '') parts.push(tidy(line));
    line = '';
  };
  const walk = (within: Element) => {
    for (const node of within.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) line += node.textContent ?? '';
      if (!(node instanceof Element) || isSilent(node)) continue;
      const said = node.getAttribute('data-say');
      const isBlock = standsApart(node);
      if (isBlock) endLine();
      if (said === null) walk(node);
      else line += said;
      if (isBlock) endLine();
    }
  };
  walk(element);
  endLine();
  return parts;
}

function textOf(element: Element): string {
  return readPartsOf(element).join('，');
}

function stateOf(element: Element): Pick<Piece, 'isChosen' | 'isOff'> {
  const box = element.matches(TICKED) ? element : element.querySelector(TICKED);
  const says = (name: string) => element.getAttribute(name) === 'true';
  return {
    isChosen:
      (box instanceof HTMLInputElement && box.checked) ||
      says('aria-pressed') ||
      says('aria-checked') ||
      says('aria-selected'),
    isOff:
      (box instanceof HTMLInputElement && box.disabled) ||
      says('aria-disabled') ||
      (element instanceof HTMLButtonElement && element.disabled),
  };
}

function isChoice(one: Element): boolean {
  return one.matches(`[role], ${CHOICE_KEYS}`) || one.querySelector(TICKED) !== null;
}

/** The place of a choice in its group, from 1; null where it stands alone. */
function placeOf(choice: Element): number | null {
  const group = choice.closest('[role="radiogroup"], [role="group"], [role="listbox"]');
  if (group === null) return null;
  const all = [...group.querySelectorAll(CHOICES)].filter(isChoice);
  return all.length < 2 ? null : all.indexOf(choice) + 1;
}

function areaOf(element: Element): Piece['area'] {
  if (element.closest('footer') !== null) return 'foot';
  return element.closest('header') === null ? 'page' : 'bar';
}

function hearingOf(element: Element): Piece['hearing'] {
  const marked = element.closest('[data-private], [data-open]');
  if (marked === null) return 'page';
  return marked.hasAttribute('data-private') ? 'private' : 'open';
}

function languageOf(element: Element): Language {
  return element.closest('[lang]')?.getAttribute('lang')?.startsWith('en') ? 'en' : 'zh';
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
