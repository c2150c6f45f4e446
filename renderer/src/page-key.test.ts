import { describe, expect, it } from 'vitest';
import { findView } from './gallery/views.ts';
import { pageKey } from './page-key.ts';

const keyOf = (name: string) => {
  const view = findView(name, 'zh');
  if (view === null) throw new Error(`no view ${name}`);
  return pageKey(view);
};

describe('the key of a page', () => {
  it('stays while one question is being answered, so that what is typed stays', () => {
    expect(keyOf('question-phone')).toBe(keyOf('question-phone-given'));
  });

  it('changes with the question, the page and the person, so that what was typed goes', () => {
    const keys = ['question-phone', 'question-name', 'home', 'attract', 'second-card', 'goodbye'].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    const view = findView('question-phone', 'zh');
    expect(view && pageKey({ ...view, holder: null })).not.toBe(keyOf('question-phone'));
  });

  it.each(['records', 'fetched', 'print', 'bill', 'slip'])(
    'changes when what was waited for comes: %s',
    (kind) => {
      expect(keyOf(`${kind}-asking`)).toMatch(/\/asking$/);
    },
  );
});
