import type { Page } from '../../../terminal/api.ts';

/** The page of one kind. */
export type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;
