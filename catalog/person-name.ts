const MAX_CHARACTERS = 60;
/** What keyboards and cards use for the dot inside a name. */
const DOTS = /\s*[·•‧・･⋅∙．]\s*/g;
/**
 * Chinese characters, those of the planes that are still being filled, and private-use ones that older cards
 * hold for rare characters.
 */
const HAN = String.raw`[\p{Script=Han}\p{Co}\u{20000}-\u{3FFFD}]`;
const CHINESE = new RegExp(`^${HAN}+(?:·${HAN}+)*$`, 'u');
const LATIN = /^\p{Script=Latin}[\p{Script=Latin}\p{M} .'’-]*$/u;

/**
 * A person's name as a register writes it when `typed` is one: two to sixty characters, Chinese (with one
 * dot between the parts of a longer name: `阿卜杜拉·买买提`) or Latin. Characters are kept as they are: to
 * compose or fold them would turn a rare character into another.
 */
export function findPersonName(typed: string): string | undefined {
  const name = typed.trim().replaceAll(DOTS, '·').replaceAll(/\s+/g, ' ');
  const characters = [...name].length;
  if (characters < 2 || characters > MAX_CHARACTERS) return undefined;
  return CHINESE.test(name) || LATIN.test(name) ? name : undefined;
}
