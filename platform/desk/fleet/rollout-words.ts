/** What pages about roll-outs call things. */
import { findVillage, TOWNS } from '../../../catalog/places.ts';
import type { County } from '../../context.ts';
import type { Health } from '../../rollouts/decide.ts';
import type { Plan, Stage } from '../../rollouts/plan.ts';

/** How a machine stands in a roll-out, in the order in which it is drawn. */
export const STANDINGS = ['well', 'waiting', 'crashing', 'failed', 'pinned'] as const satisfies readonly (
  | Health
  | 'waiting'
  | 'pinned'
)[];

/** Its words and its sign: never a colour alone. */
export const STANDING_WORDS: Readonly<
  Record<(typeof STANDINGS)[number], { readonly words: string; readonly sign: string }>
> = {
  well: { words: '用上了', sign: '●' },
  waiting: { words: '等着换', sign: '○' },
  crashing: { words: '换上后反复出错', sign: '▲' },
  failed: { words: '试用没过，退回旧版', sign: '✕' },
  pinned: { words: '留在旧版', sign: '－' },
};

/** What was done to a roll-out. */
export const ACT_WORDS: Readonly<Record<string, string>> = {
  begin: '开始发布',
  pause: '暂停',
  'go-on': '继续',
  stop: '停止',
  stage: '进下一步',
};

/** Why a version was not kept, as the launcher says it. */
const UPDATE_WORDS: Readonly<Record<string, string>> = {
  committed: '换上了',
  ill: '自检没过',
  hung: '没有反应',
  crashed: '反复退出',
  late: '十分钟没有好',
  power: '试用时断了两次电',
  damaged: '文件坏了',
  'crashed-later': '换上以后老是停',
};

/** What the launcher said of an update; a code of a later release as it is. */
export function updateWords(state: string): string {
  return UPDATE_WORDS[state] ?? state;
}

/** Where a stage is. */
export function areaWords(area: Stage['area'], county: County): string {
  if (area === 'pilot') return '试点机器';
  if (area === 'all') return '全部机器';
  if (area === county.code) return county.name;
  const town = TOWNS.find(({ code }) => code === area);
  if (town) return town.name.zh;
  const village = findVillage(area);
  return village ? `${village.town.name.zh}${village.village.name.zh}` : area;
}

/** How much of it. */
export function shareWords({ area, percent }: Stage): string {
  if (percent === 100) return area === 'all' || area === 'pilot' ? '' : '全部';
  return `${percent}%`;
}

/** Days of the week, Monday first. */
export const DAYS = ['一', '二', '三', '四', '五', '六', '日'] as const;

/** When machines may change over. */
export function hoursWords({ days, fromMinute, toMinute }: Plan['hours']): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const [first = 1, last = first] = [sorted[0], sorted.at(-1)];
  const isRun = sorted.length > 2 && last - first === sorted.length - 1;
  const names = isRun
    ? `周${DAYS[first - 1]}到周${DAYS[last - 1]}`
    : sorted.map((day) => `周${DAYS[day - 1]}`).join('、');
  return `${sorted.length === 7 ? '每天' : names} ${minuteWords(fromMinute)}–${minuteWords(toMinute)}`;
}

/** A minute of the day. */
export function minuteWords(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** So many hours, as people say them. */
export function holdWords(hours: number): string {
  if (hours === 0) return '不用等';
  return hours % 24 === 0 ? `至少 ${hours / 24} 天` : `至少 ${hours} 小时`;
}
