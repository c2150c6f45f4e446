/** Why nothing new is taken in, for villagers: what is so, that nothing is lost, and the way on. */
import type { Text } from '../../catalog/schema.ts';
import type { View } from '../api.ts';
import type { LimitCode } from './limits.ts';

type Support = Pick<View['support'], 'townPhone'>;

/** For the limits that stop whatever is kept. */
export const LIMIT_WORDS: Readonly<Record<Exclude<LimitCode, 'clock'>, (support: Support) => Text>> = {
  disk: ({ townPhone }) => ({
    zh: `机器快存满了，先不能收新的。收下的都还在。急事请打 ${townPhone}`,
    en: `The machine is nearly full and takes nothing new for now. What it took is safe. If urgent, call ${townPhone}`,
  }),
  journal: ({ townPhone }) => ({
    zh: `等着送出的太多了，先不能收新的。收下的都还在。急事请打 ${townPhone}`,
    en: `Too much is waiting to be delivered, so nothing new is taken for now. What was taken is safe. If urgent, call ${townPhone}`,
  }),
  contact: ({ townPhone }) => ({
    zh: `这台机器很久没连上县里，收了也送不出去，先不收新的。请打 ${townPhone}`,
    en: `This machine has not reached the county for long and takes nothing new. Please call ${townPhone}`,
  }),
  release: ({ townPhone }) => ({
    zh: `这台机器的程序太旧，怕填了不合用，先不收新的。请打 ${townPhone}`,
    en: `This machine's software is too old for today's forms and takes nothing new. Please call ${townPhone}`,
  }),
};

/** Where days count and nobody has vouched for the time; `phone` is the matter's own way. */
export const CLOCK_WORDS = (phone: string): Text => ({
  zh: `机器的时间还没对准，算不准来不来得及。请打 ${phone}`,
  en: `The machine cannot be sure of the date, so it may be too late. Please call ${phone}`,
});

/** The county has taken the machine out of service. */
export const REVOKED_WORDS = ({ townPhone }: Support): Text => ({
  zh: `这台机器停用了，不再收新的。以前的办件还能看、回执还能打。办事请打 ${townPhone}`,
  en: `This machine is out of service and takes nothing new. Earlier cases can still be seen and slips printed. Call ${townPhone}`,
});
