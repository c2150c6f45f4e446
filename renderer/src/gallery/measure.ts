/**
 * What is wrong with the page as it stands, in words: text that leaves its key or the screen, letters under
 * 8.5 mm, targets under 28 mm, by the cabinet's screen. The screenshot test calls it.
 */
export function measure(): string[] {
  const SLACK = 2;
  const screen = document.querySelector('[data-page]');
  if (screen === null) return ['there is no screen'];
  const frame = screen.getBoundingClientRect();
  const root = getComputedStyle(document.documentElement);
  const pxPerMm = frame.width / Number(root.getPropertyValue('--page-width-mm'));
  // To the pixel below: browsers draw no parts of one.
  const SMALLEST_LETTERS = Math.floor(8.5 * pxPerMm);
  const SMALLEST_TARGET = 28 * pxPerMm - 1.5;
  const found: string[] = [];
  const nameOf = (element: Element) => (element.textContent ?? '').trim().slice(0, 40);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent === null || node.textContent?.trim() === '' || parent.closest('script, style')) continue;
    const style = getComputedStyle(parent);
    // Words for ears alone are clipped on purpose.
    if (style.visibility === 'hidden' || parent.closest('[style*="clip"]')) continue;
    if (Number.parseFloat(style.fontSize) < SMALLEST_LETTERS) {
      found.push(`small letters (${style.fontSize}): ${nameOf(parent)}`);
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const key = parent.closest('button, label, output')?.getBoundingClientRect();
    for (const rect of range.getClientRects()) {
      if (rect.left < frame.left - SLACK || rect.right > frame.right + SLACK) {
        found.push(`leaves the screen: ${nameOf(parent)}`);
      }
      if (
        key !== undefined &&
        (rect.left < key.left - SLACK ||
          rect.right > key.right + SLACK ||
          rect.top < key.top - SLACK ||
          rect.bottom > key.bottom + SLACK)
      ) {
        found.push(`leaves its key: ${nameOf(parent)}`);
      }
    }
  }
  for (const target of document.querySelectorAll('button, label')) {
    const { width, height } = target.getBoundingClientRect();
    if (width < SMALLEST_TARGET || height < SMALLEST_TARGET) {
      found.push(`small target (${Math.round(width)} × ${Math.round(height)}): ${nameOf(target)}`);
    }
  }
  const foot = document.querySelector('footer')?.getBoundingClientRect();
  if (foot !== undefined && Math.abs(foot.bottom - frame.bottom) > SLACK)
    found.push('the foot leaves the screen');
  return [...new Set(found)];
}
