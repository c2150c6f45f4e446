/** What every check of a drawn page stands on: the frame of the screen, its millimetre, and the texts that are seen. */
export interface Ground {
  /** The screen as it is drawn, in px. */
  readonly frame: DOMRect;
  /** How many px a millimetre of the cabinet's screen is. */
  readonly pxPerMm: number;
  /** Every text that can be seen, with the element that holds it. */
  readonly texts: readonly { readonly node: Text; readonly parent: HTMLElement }[];
  /** Everything that can be touched. */
  readonly targets: readonly HTMLElement[];
}

/** Browsers draw no parts of a px: this much is nobody's fault. */
export const SLACK_PX = 2;

/** The ground of the page as it stands; nothing where there is no screen. */
export function findGround(): Ground | undefined {
  const screen = document.querySelector('[data-page]');
  if (screen === null) return undefined;
  const frame = screen.getBoundingClientRect();
  const root = getComputedStyle(document.documentElement);
  return {
    frame,
    pxPerMm: frame.width / Number(root.getPropertyValue('--page-width-mm')),
    texts: seenTexts(),
    targets: [...document.querySelectorAll<HTMLElement>('button, label')],
  };
}

/** The words of an element, short enough for a message. */
export function nameOf(element: Element): string {
  return (element.textContent ?? '').trim().slice(0, 40);
}

/** The part of an element that is in sight: what a scrolled pane hides is not. Without area where it is all hidden. */
export function rectInSight(element: Element): DOMRect {
  let { left, top, right, bottom } = element.getBoundingClientRect();
  for (let each = element.parentElement; each !== null; each = each.parentElement) {
    if (getComputedStyle(each).overflowY === 'visible') continue;
    const around = each.getBoundingClientRect();
    [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
    [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
  }
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

function seenTexts(): Ground['texts'] {
  const texts: { node: Text; parent: HTMLElement }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent === null || node.textContent?.trim() === '' || parent.closest('script, style')) continue;
    // Words for ears alone are clipped on purpose.
    if (getComputedStyle(parent).visibility === 'hidden' || parent.closest('[style*="clip"]')) continue;
    texts.push({ node: node as Text, parent });
  }
  return texts;
}
