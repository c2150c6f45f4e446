/** The text of a scanned or typed code: whether it looks as a matter expects, and what others may see of it. */
import type { CodePart } from './schema.ts';

/** Control, invisible and direction-changing characters, line ends and broken surrogates: no code of ours has one. */
const STRANGE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const ALPHABETS: Readonly<Record<Extract<CodePart, { of: string }>['of'], RegExp>> = {
  digits: /^[0-9]$/,
  capitals: /^[A-Z]$/,
  letters: /^[A-Za-z]$/,
  'letters-digits': /^[A-Za-z0-9]$/,
  any: /^.$/u,
};

/**
 * The code in its settled form, without spaces around it; `undefined` when it is longer than `maxLength` characters,
 * holds what no code may, or does not follow `pattern` from its first character to its last.
 */
export function findCodeText(
  text: string,
  { maxLength, pattern }: { readonly maxLength: number; readonly pattern?: readonly CodePart[] | undefined },
): string | undefined {
  const settled = text.replaceAll(/^ +| +$/g, '');
  const characters = [...settled];
  if (characters.length === 0 || characters.length > maxLength || STRANGE.test(settled)) return undefined;
  return pattern === undefined || follows(characters, pattern) ? settled : undefined;
}

/** The end of a code, enough to know it again; a short one shows less. */
export function maskedCode(text: string): string {
  const characters = [...text];
  const shown = characters.length >= 8 ? 4 : characters.length >= 4 ? 2 : 0;
  return `*${characters.slice(characters.length - shown).join('')}`;
}

/** Follows all ways through the pattern at once, so that no text can make it slow. */
function follows(characters: readonly string[], pattern: readonly CodePart[]): boolean {
  let ends: ReadonlySet<number> = new Set([0]);
  for (const part of pattern) ends = new Set([...ends].flatMap((from) => endsOf(characters, from, part)));
  return ends.has(characters.length);
}

/** Where a part that begins at `from` may end. */
function endsOf(characters: readonly string[], from: number, part: CodePart): readonly number[] {
  if ('exactly' in part) {
    const wanted = [...part.exactly];
    return wanted.every((character, index) => characters[from + index] === character)
      ? [from + wanted.length]
      : [];
  }
  const ends: number[] = [];
  for (let count = 0; count <= part.max; count += 1) {
    if (count >= part.min) ends.push(from + count);
    const next = characters[from + count];
    if (next === undefined || !ALPHABETS[part.of].test(next)) break;
  }
  return ends;
}
