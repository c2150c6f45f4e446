/** In how many ways every view is drawn: both languages, both sizes of words, both themes. */
export interface ScreenState {
  readonly language: 'zh' | 'en';
  readonly size: 'normal' | 'large' | 'double';
  readonly theme: 'normal' | 'high';
}

/** Every state, the plain Chinese one first. */
export const STATES: readonly ScreenState[] = (['zh', 'en'] as const).flatMap((language) =>
  (['normal', 'large'] as const).flatMap((size) =>
    (['normal', 'high'] as const).map((theme) => ({ language, size, theme })),
  ),
);

/**
 * Half of {@link STATES}, in which every two of language, size and theme meet: where axe, which takes as long as drawing,
 * judges a view. Its rules look at structure, names, colours and sizes, none at all three together.
 */
export const JUDGED_STATES: ReadonlySet<ScreenState> = new Set(
  STATES.filter(
    ({ language, size, theme }) =>
      [language === 'en', size === 'large', theme === 'high'].filter(Boolean).length % 2 === 0,
  ),
);

/** Words twice as large, where no picture is kept: what is drawn there is measured alone. */
export const DOUBLE_STATES: readonly ScreenState[] = (['zh', 'en'] as const).flatMap((language) =>
  (['normal', 'high'] as const).map((theme) => ({ language, size: 'double', theme })),
);

/** A state in words, for folders and for the record of pictures. */
export function nameOfState({ language, size, theme }: ScreenState): string {
  return [language, ...(size === 'normal' ? [] : [size]), ...(theme === 'high' ? ['high'] : [])].join('-');
}

/** Where the gallery shows a view in a state: the fragment of its address. */
export function fragmentOf(view: string, state: ScreenState): string {
  return `${view}/${nameOfState(state).replaceAll('-', '/')}`;
}
