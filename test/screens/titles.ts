/** The title that the document has while a view stands. */
import { findView } from '../../renderer/src/gallery/views.ts';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import type { ScreenState } from './states.ts';

const TABLES = { zh: zh.pageTitle, en: en.pageTitle };

/** The title of a view of the gallery: its kind's, or the product's own where nothing stands yet. */
export function titleOf(view: string, language: ScreenState['language']): string {
  const kind = findView(view, language)?.page.kind;
  const titles = TABLES[language];
  return kind === undefined ? '一站 Yizhan' : titles.whole.replace('{{page}}', titles[kind]);
}

/** A title with plain spaces. */
export function spaced(title: string): string {
  return title.replaceAll('\u00a0', ' ');
}
