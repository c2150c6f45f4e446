/** Characters that no font here draws: their code stands in their place, never an empty box. */
import type { Language } from '../../../terminal/api.ts';

/** Of the characters past the first 65,536, those that our whole face draws (whole-font.css); a test reads it. */
export const DRAWN_RARE: ReadonlySet<string> = new Set(
  [
    '𠂇𠂉𠃌𠅤𠘨𠙶𠳐𡎚𡐓𡗗𢦏𣗋𣲗𣲘𣸣𤇾𤈎𤣩𤧛𤨁𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦥑𦭜𦰡𧢲𧺯𧿹𨐈𨙸𨚕𨟠',
    '𨭉𨱇𨱏𨱑𨱔𨸏𨺙𩙿𩠐𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶',
    '𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕',
    '𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩',
    '𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠',
    '𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓𭕄',
  ].join(''),
);

/** Characters beyond the plane of everyday ones, and those that somebody made up for a machine of their own. */
const MAYBE_UNDRAWN = /[\u{20000}-\u{3fffd}\p{Co}]/gu;

const PLACE: { readonly [L in Language]: (code: string) => string } = {
  zh: (code) => `〔字库没有\u2060${code}〕`,
  en: (code) => `[no\u00a0letter\u00a0${code}]`,
};

/** The words with the code of each character that is not drawn in its place. What is filed keeps the character. */
export function asDrawn(words: string, language: Language): string {
  return words.replaceAll(MAYBE_UNDRAWN, (character) =>
    DRAWN_RARE.has(character) ? character : PLACE[language](codeOf(character)),
  );
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
}
