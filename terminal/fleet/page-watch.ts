/**
 * Where people give up, and what fails, by the page they were shown: counts of page kinds and matters, never what stood
 * there. A matter that is private counts under one name for all of them.
 */
import { PRIVATE_MATTERS } from '../../sync/report-contents.ts';
import type { Page } from '../api.ts';
import type { CountOf } from './fleet-store.ts';

/** Takes each page as it is shown. */
export interface PageWatch {
  saw(page: Page): void;
}

/** Pages on which a matter is under way and nothing of it is done. */
const UNDER_WAY: ReadonlySet<Page['kind']> = new Set([
  'question',
  'check',
  'bundle',
  'consent',
  'fetched',
  'prove-person',
  'bill',
  'print',
]);

/** Pages that a matter ends on as it should. */
const DONE: ReadonlySet<Page['kind']> = new Set(['kept', 'records', 'payment', 'cash']);

/** Pages that nobody is in the middle of anything on. */
const OVER: ReadonlySet<Page['kind']> = new Set(['attract', 'goodbye', 'home', 'no-card', 'out-of-service']);

/** Answers of the state that helped nobody. */
const NO_HELP: ReadonlySet<string> = new Set(['unavailable', 'refused', 'too-many']);

/** Whether something did not work on this page. */
function hasFailed(page: Page): boolean {
  switch (page.kind) {
    case 'attract':
      return page.trouble !== null;
    case 'card-not-valid':
      return true;
    case 'question':
    case 'check':
      return page.problem !== null;
    case 'prove-person':
      return page.state.at === 'choose' && page.state.failed !== null;
    case 'fetched':
    case 'records':
      return NO_HELP.has(page.state);
    case 'print':
      return page.run.at === 'failed' || NO_HELP.has(page.state);
    case 'kept':
      return page.slip === 'not-printed';
    default:
      return false;
  }
}

/** A watch that has seen nothing; `findMatter` is the id of a matter by the name its pages bear. */
export function createPageWatch(parts: {
  readonly count: (of: CountOf) => void;
  readonly findMatter: (name: string) => string | undefined;
}): PageWatch {
  /** Where a matter is under way: the last page of it, and which it is. */
  let at: { readonly kind: Page['kind']; readonly matter: string | null } | null = null;
  let failedOn: Page['kind'] | null = null;

  const matterOf = (page: Page): string | null => {
    if (!('head' in page)) return null;
    return page.head.private ? PRIVATE_MATTERS : (parts.findMatter(page.head.name.zh) ?? null);
  };

  return {
    saw(page) {
      const { kind } = page;
      const failed = hasFailed(page);
      if (failed && failedOn !== kind) parts.count({ what: 'failed', on: kind, matter: matterOf(page) });
      failedOn = failed ? kind : null;
      const isDone = DONE.has(kind) || (page.kind === 'print' && page.run.at.startsWith('take'));
      if (isDone) at = null;
      else if (UNDER_WAY.has(kind)) at = { kind, matter: matterOf(page) };
      else if (OVER.has(kind) && at !== null) {
        parts.count({ what: 'abandoned', on: at.kind, matter: at.matter });
        at = null;
      }
    },
  };
}
