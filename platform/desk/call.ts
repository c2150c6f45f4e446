/** What pages of the desk are asked with, and what they answer. */
import type { DataSet } from '../../catalog/data-set.ts';
import type { DeskLevel } from '../cases/desks.ts';
import type { DueRules } from '../cases/due.ts';
import type { PlatformContext } from '../context.ts';
import { type Html, html } from '../pages/html.ts';
import type { Session } from './sessions.ts';

/** What a page is asked with. */
export interface DeskCall {
  readonly context: PlatformContext;
  readonly session: Session;
  /** Of the desk they work at; also their role in the table of `access/`. */
  readonly level: DeskLevel;
  /** How near a due day is. */
  readonly due: DueRules;
  readonly gatewayUrl: string;
  /** What may be fetched, by name. */
  readonly dataSets: readonly DataSet[];
  readonly query: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** A page, a file, or a way on to another page. */
export type DeskAnswer =
  | { readonly title: string; readonly body: Html; readonly status?: number; readonly at?: NavigationPath }
  | { readonly file: Uint8Array; readonly type: string; readonly disposition: string }
  | { readonly goTo: string };

/** Pages the bar leads to. */
export type NavigationPath =
  | '/'
  | '/notices'
  | '/emergencies'
  | '/fetches'
  | '/machines'
  | '/agents'
  | '/authorities'
  | '/quarantine'
  | '/alarms'
  | '/log'
  | '/cash'
  | '/ratings'
  | '/misuse';

/** What is not there, or is another desk's: the same answer. */
export const NOT_HERE: DeskAnswer = {
  title: '没有',
  status: 404,
  body: html`<main><h1>没有这一页</h1><p class="lead">可能不归这个工位，或者已经转走了。<a href="/">回到办件</a></p></main>`,
};

/** The hidden field every form carries. */
export function tokenField(session: Session): Html {
  return html`<input type="hidden" name="token" value="${session.formToken}">`;
}
