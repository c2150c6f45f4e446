/** What a villager is told of their case, where staff wrote nothing of their own (words.md: never more than is true). */
import type { ProgressStatus } from '../../sync/contents.ts';
import type { Ask, CaseResult, Remedy } from '../../sync/progress-parts.ts';

/** `2026-06-18` as `6月18日`. */
export function dayInWords(isoDate: string): string {
  const [, month, day] = isoDate.split('-');
  return `${Number(month)}月${Number(day)}日`;
}

/** An ask in words alone, for whoever is told no more than them. Empty where nothing is asked for. */
export function askWords({ items, by, note }: Ask): string {
  const named = items.map(({ label }) => label.zh).join('、');
  return sentences(named && `请补：${named}`, note, by && (named || note) && `最迟${dayInWords(by)}`);
}

/** What staff wrote of a result, and where it is. */
export function resultWords(words: string, { how, where }: CaseResult): string {
  const way = how === 'print' ? '放上身份证就能在机器上打出来' : `带身份证到${where ?? '镇便民中心'}来取`;
  return sentences(words || '办好了', way);
}

/** Why a case was refused, and what can still be done. */
export function refusalWords(words: string, remedy: Remedy): string {
  return words && sentences(words, remedy.words, remedy.by && `最迟${dayInWords(remedy.by)}`);
}

function sentences(...parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part)
    .map((part) => (part ?? '').replace(/[。；，]$/, ''))
    .join('。');
}

const ENDED = {
  finished: '这一件已经办好了',
  refused: '已经决定不予办理',
  withdrawn: '这一件已经撤回了',
} as const;

/** What whoever sent a withdrawal or a supplement is told when the decision was there first. */
export function lateWords(action: 'late-supplement' | 'late-withdraw', ended: keyof typeof ENDED): string {
  const what = action === 'late-withdraw' ? '撤回' : '补的材料';
  return `${what}晚了一步：送到时${ENDED[ended]}`;
}

/** What whoever supplied something that nobody asked for is told. */
export const EXTRA_WORDS = '补的材料收到了，附在后面，进度不变';

/** The standing words for a step. `office` is 镇里 or 县里; `dueDate` an ISO date or null. */
export function standingWords(
  status: ProgressStatus,
  facts: { readonly office: string; readonly dueDate: string | null; readonly provinceNumber: string | null },
): string {
  switch (status) {
    case 'accepted':
      return facts.dueDate
        ? `${facts.office}受理了，最迟${dayInWords(facts.dueDate)}办好`
        : `${facts.office}受理了`;
    case 'supplement':
      return '还差材料，请补上';
    case 'supplemented':
      return `补的材料${facts.office}收到了`;
    case 'finished':
      return '办好了';
    case 'refused':
      return '没有办成';
    case 'registered':
      return `省里编号 ${facts.provinceNumber ?? ''}`.trim();
    case 'withdrawn':
      return '已经撤回';
    case 'frozen':
      return '先停下了，县里在查';
    case 'resumed':
      return '县里查过了，接着办';
    case 'booked':
      return '约好了';
    case 'arranging':
      return '工作人员会打电话商量时间';
    case 'paid':
      return '付好了，正在入账';
    case 'unpaid':
      return '没有付，这一笔关了，不用再付';
    case 'refunded':
      return '没有入账，钱原路退回了';
  }
}
