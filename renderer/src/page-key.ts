import type { View } from '../../terminal/api.ts';

/**
 * Names the page of a view: as long as it is the same, what a page holds in its own state stays; when it
 * changes, that state is dropped with the page. So nothing typed outlives its question or its person. What was waited
 * for comes as a page of its own: it is read aloud from its beginning, and the four keys begin at its first choice.
 */
export function pageKey(view: View): string {
  const { page } = view;
  const who = view.holder === null ? 'nobody' : 'someone';
  if (page.kind === 'urgent-notice') return `${who}/urgent-notice/${page.notice.title.zh}/${page.asks}`;
  if (page.kind === 'attract' && page.alarm !== null) return `${who}/attract/alarm`;
  if (page.kind === 'question') return `${who}/question/${page.question.id}/${page.step}`;
  if (page.kind === 'agent-sign-in') return `${who}/agent-sign-in/${page.step}`;
  if (page.kind === 'case') return `${who}/case/${page.line.ref}`;
  if (page.kind === 'slip-lookup') return `${who}/slip-lookup/${page.step}`;
  if (page.kind === 'records') return `${who}/records/${page.page}${waiting(page)}`;
  if (page.kind === 'bill' || page.kind === 'cash' || page.kind === 'fetched' || page.kind === 'slip-answer')
    return `${who}/${page.kind}${waiting(page)}`;
  if (page.kind === 'print') return `${who}/print/${page.run.at}${waiting(page)}`;
  if (page.kind === 'payment') return `${who}/payment/${page.state}/${page.cash?.state ?? ''}`;
  if (page.kind === 'device') return `${who}/device/${page.line.device}`;
  if (page.kind === 'upkeep-sign-in') return `${who}/upkeep-sign-in/${page.role}`;
  return `${who}/${page.kind}`;
}

function waiting({ state }: { readonly state: string }): string {
  return state === 'asking' ? '/asking' : '';
}
