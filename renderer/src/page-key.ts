import type { View } from '../../terminal/api.ts';

/**
 * Names the page of a view: as long as it is the same, what a page holds in its own state stays; when it
 * changes, that state is dropped with the page. So nothing typed outlives its question or its person.
 */
export function pageKey(view: View): string {
  const { page } = view;
  const who = view.holder === null ? 'nobody' : 'someone';
  if (page.kind === 'question') return `${who}/question/${page.question.id}/${page.step}`;
  if (page.kind === 'case') return `${who}/case/${page.line.ref}`;
  if (page.kind === 'slip-lookup') return `${who}/slip-lookup/${page.step}`;
  if (page.kind === 'records') return `${who}/records/${page.page}`;
  if (page.kind === 'device') return `${who}/device/${page.line.device}`;
  if (page.kind === 'upkeep-sign-in') return `${who}/upkeep-sign-in/${page.role}`;
  return `${who}/${page.kind}`;
}
