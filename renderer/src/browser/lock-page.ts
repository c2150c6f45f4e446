/**
 * Takes from the page what a browser does by itself with keys, buttons, fingers and files: menus, shortcuts, zoom,
 * selection, dragging, going back. What the screens answer to is heard as before: nothing is stopped on its way.
 * Policies and switches (`ops/`, `electron/`) close the same from outside; each holds where the other is missing.
 */

/** Keys that move among what can be pressed, press it, and scroll; alone or with Shift. All others do nothing. */
const PASSED_KEYS = new Set([
  'Tab',
  'Enter',
  ' ',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

/** The first of a mouse's buttons that leads back or forward in history. */
const BACK_BUTTON = 3;

/** What never does what a browser would do with it. */
const DEAD = [
  'contextmenu',
  'auxclick',
  'selectstart',
  'dragstart',
  'dragenter',
  'dragover',
  'drop',
  'copy',
  'cut',
  'paste',
] as const;

/** What stands in front of the screens or beside them, or moves them: a script that asks for it is told no. */
const CLOSED_CALLS = {
  alert: undefined,
  confirm: false,
  prompt: null,
  print: undefined,
  open: null,
  close: undefined,
  moveTo: undefined,
  moveBy: undefined,
  resizeTo: undefined,
  resizeBy: undefined,
  showOpenFilePicker: undefined,
  showSaveFilePicker: undefined,
  showDirectoryPicker: undefined,
} as const;

/** Locks `window`'s page for as long as it stands. */
export function lockPage(page: Window): void {
  const loud = { capture: true, passive: false };
  // The screens have no links, and no field for a file.
  page.addEventListener('click', (event) => isLeadingOut(event.target) && event.preventDefault(), loud);
  for (const name of DEAD) page.addEventListener(name, prevent, loud);
  page.addEventListener('keydown', (event) => isPassed(event) || event.preventDefault(), loud);
  page.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), loud);
  for (const name of ['mousedown', 'mouseup', 'pointerdown', 'pointerup'] as const) {
    page.addEventListener(name, (event) => event.button >= BACK_BUTTON && event.preventDefault(), loud);
  }
  // Each finger has its own touch; two that move together would zoom or swipe.
  page.addEventListener('touchmove', (event) => event.touches.length > 1 && event.preventDefault(), loud);
  page.navigation.addEventListener('navigate', (event) => isStaying(event) || event.preventDefault());
  for (const [name, answer] of Object.entries(CLOSED_CALLS)) {
    Object.defineProperty(page, name, { value: () => answer, writable: false, configurable: false });
  }
}

/** Whether a key does what a browser does with it. */
export function isPassed(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>): boolean {
  return PASSED_KEYS.has(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
}

/** Whether what asks to go somewhere leaves the screens where they are: loaded afresh, or at another place of the same page. */
function isStaying(event: NavigateEvent): boolean {
  const isHere = event.downloadRequest === null && event.destination.sameDocument;
  return isHere || event.navigationType === 'reload';
}

function isLeadingOut(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, area, input[type=file]') !== null;
}

function prevent(event: Event): void {
  event.preventDefault();
}
