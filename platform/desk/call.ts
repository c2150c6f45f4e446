/** What pages of the desk are asked with, and what they answer. */
import type { DataSet } from '../../catalog/data-set.ts';
import type { DueRules } from '../cases/due.ts';
import type { PlatformContext } from '../context.ts';
import { type Html, html } from '../pages/html.ts';
import type { FleetDesk } from './fleet/fleet-desk.ts';
import type { StaffRole } from './roles.ts';
import type { Session } from './sessions.ts';

/** What a page is asked with. */
export interface DeskCall {
  readonly context: PlatformContext;
  readonly session: Session;
  /** Of the desk they work at; also their role in the table of `access/`. */
  readonly level: StaffRole;
  /** How near a due day is. */
  readonly due: DueRules;
  readonly gatewayUrl: string;
  /** The machines. */
  readonly fleet: FleetDesk;
  /** What may be fetched, by name. */
  readonly dataSets: readonly DataSet[];
  readonly query: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** Says names of events for as long as somebody listens; answers how to stop that. */
export type LiveStream = (say: (event: string) => void) => () => void;

/** A page, a stream of events, a file, or a way on to another page. */
export type DeskAnswer =
  | {
      readonly title: string;
      readonly body: Html;
      readonly status?: number;
      readonly at?: NavigationPath;
      /** Its script hears of changes. */
      readonly live?: true;
    }
  | { readonly stream: LiveStream }
  | { readonly file: Uint8Array; readonly type: string; readonly disposition: string }
  | { readonly goTo: string };

/** Pages the bar leads to. */
export type NavigationPath =
  | '/'
  | '/notices'
  | '/emergencies'
  | '/fetches'
  | '/machines'
  | '/fleet'
  | '/fleet/alerts'
  | '/fleet/rollouts'
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
