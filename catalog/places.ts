/** The towns and villages of the county, by statistics code (domain.md B.5). Derived data in `places.json`. */
import places from './places.json' with { type: 'json' };
import type { Text } from './schema.ts';

/** A village, or a community of a town; `code` has 12 digits, of which the first 9 are its town's. */
export interface Village {
  readonly code: string;
  readonly name: Text;
}

/** A town, township or street; `code` has 9 digits. */
export interface Town {
  readonly code: string;
  readonly name: Text;
  readonly villages: readonly Village[];
}

/** The county itself, by its 6-digit code. */
export const COUNTY: { readonly code: string; readonly name: Text } = {
  code: places.county.code,
  name: { zh: places.county.zh, en: places.county.en },
};

/** Area code of the county's landlines, with its leading zero. */
export const PHONE_AREA_CODE: string = places.county.phoneAreaCode;

/** All towns with their villages, in the order of their codes. */
export const TOWNS: readonly Town[] = places.towns.map(({ code, zh, en, villages }) => ({
  code,
  name: { zh, en },
  villages: villages.map((village) => ({ code: village.code, name: { zh: village.zh, en: village.en } })),
}));

const BY_CODE: ReadonlyMap<string, { readonly town: Town; readonly village: Village }> = new Map(
  TOWNS.flatMap((town) => town.villages.map((village) => [village.code, { town, village }] as const)),
);

/** The village of a 12-digit code with its town, or `undefined` when the county has none such. */
export function findVillage(code: string): { readonly town: Town; readonly village: Village } | undefined {
  return BY_CODE.get(code);
}

/** A village as people say it: `沙溪镇董村`, `Dongcun, Shaxi`; `undefined` when the county has none such. */
export function findVillageText(code: string): Text | undefined {
  const found = findVillage(code);
  return (
    found && {
      zh: `${found.town.name.zh}${found.village.name.zh}`,
      en: `${found.village.name.en}, ${found.town.name.en}`,
    }
  );
}

/** The code of a village, by its code or as people say it in Chinese (`沙溪镇董村`); `undefined` for another place. */
export function findVillageCode(words: string): string | undefined {
  if (BY_CODE.has(words)) return words;
  const found = [...BY_CODE.values()].find(
    ({ town, village }) => `${town.name.zh}${village.name.zh}` === words,
  );
  return found?.village.code;
}
