import { type Ground, nameOf } from './ground.ts';

const HAN = /\p{Script=Han}/u;
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Lines that end in the middle of a word, and a last line with one character alone. */
export function findBadLines({ texts }: Ground): string[] {
  const found: string[] = [];
  for (const { node, parent } of texts) {
    const text = node.data;
    if (!HAN.test(text)) continue;
    const breaks = breaksOf(node);
    if (breaks.length === 0) continue;
    for (const at of breaks) {
      if (isInWord(text, at)) {
        found.push(`a word is broken: ${text.slice(Math.max(0, at - 6), at)}｜${text.slice(at, at + 6)}`);
      }
    }
    const last = text.slice(breaks.at(-1)).match(/\p{Script=Han}|[0-9A-Za-z]/gu) ?? [];
    if (last.length === 1 && node === parent.lastChild)
      found.push(`a character stands alone: ${nameOf(parent)}`);
  }
  return found;
}

/** Before which characters of a text a new line begins. */
function breaksOf(node: Text): readonly number[] {
  const range = document.createRange();
  range.selectNodeContents(node);
  if (range.getClientRects().length < 2) return [];
  const breaks: number[] = [];
  let bottomPx = -1;
  for (let at = 0; at < node.data.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const rect = range.getClientRects()[0];
    if (rect === undefined || rect.width === 0) continue;
    if (bottomPx >= 0 && rect.top >= bottomPx - rect.height / 4) breaks.push(at);
    bottomPx = rect.bottom;
  }
  return breaks;
}

function isInWord(text: string, at: number): boolean {
  if (!HAN.test(text[at - 1] ?? '') || !HAN.test(text[at] ?? '')) return false;
  const segment = words.segment(text).containing(at);
  return segment !== undefined && segment.index < at;
}
