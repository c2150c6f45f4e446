/** The states of a photograph's page. */
import type { Page } from '../../../terminal/api.ts';
import { ask, QUESTIONS, REPORT } from './questions.ts';

const report = { head: REPORT, step: 5, steps: 7 };

/** The views, by name. */
export const PHOTO_PAGES = {
  'question-photo': [ask(QUESTIONS.scene, report)],
  'question-photo-paper': [ask(QUESTIONS.paper), { holder: '张*' }],
  'question-photo-held': [ask(QUESTIONS.scene, report, 'photo-1')],
  'question-photo-starting': [ask(QUESTIONS.scene, report)],
  'question-photo-missing': [ask(QUESTIONS.scene, report)],
  'question-photo-blocked': [ask(QUESTIONS.scene, report)],
  'question-photo-failed': [ask(QUESTIONS.paper), { holder: '张*' }],
} as const satisfies Record<string, readonly [Page, { readonly holder: string }?]>;
