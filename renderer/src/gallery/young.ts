/** What a child sees who stands there alone. */
import type { Page, View } from '../../../terminal/api.ts';
import { TILES } from './people.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

const MINE: Pick<View, 'holder'> = { holder: '林*' };

/** Each by its name in the gallery, made of the home page and the page of a matter as they are drawn there. */
export const youngPages = (
  home: (more: Partial<PageOf<'home'>>) => Page,
  matter: (more: Partial<PageOf<'matter'>>) => Page,
): Readonly<Record<string, readonly [Page, Pick<View, 'holder'>]>> => ({
  'home-child': [
    home({
      ...{
        young: 'under-14',
        greeting: { partOfDay: 'afternoon', address: { zh: '小朋友', en: 'young friend' } },
      },
      ...{ likely: [TILES.report, TILES.guides], caseCount: 0, lastUse: null },
    }),
    MINE,
  ],
  'category-child': [
    { kind: 'category', name: { zh: '反映问题', en: 'Feedback' }, tiles: [TILES.report, TILES.grownUps] },
    MINE,
  ],
  'matter-child': [
    matter({
      blocked: {
        code: 'needs-guardian',
        words: {
          zh: '这件事要大人来办。请爸爸妈妈放自己的身份证',
          en: 'A grown-up does this. Ask a parent to lay their own ID card',
        },
      },
    }),
    MINE,
  ],
});
