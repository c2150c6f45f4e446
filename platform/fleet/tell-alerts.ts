/**
 * Alerts told to somebody outside: a signed POST for each that began and each that ended, as Standard Webhooks 1.0 has
 * it. What is owed is written with the alert, so grouping and quiet hours are the console's; it is told in order, again
 * until it is taken, the same id each time. Places and counts alone: nothing of a person.
 */
import { findBase64Url, toBase64Url, toHex, utf8 } from '../../base/bytes.ts';
import { isoInstant } from '../../base/calendar.ts';
import type { Fetch } from '../../base/fetch.ts';
import { TOWNS } from '../../catalog/places.ts';
import type { PlatformContext } from '../context.ts';
import { alertWords } from '../desk/fleet/words.ts';
import { keepTelling, LONGEST_WAIT_MS, type Turn, waitAfterTries } from '../keep-telling.ts';
import type { AlertMessageRow } from '../store/answered-tables.ts';
import type { Db } from '../store/store.ts';
import type { FleetBook } from './book.ts';
import { ALERT_KINDS, type FleetRules, isQuietNow } from './rules.ts';

/** Where alerts are told, and how that is signed. */
export interface AlertHook {
  readonly url: string;
  /** At least 24 bytes; whoever takes them has the same. */
  readonly secret: Uint8Array;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
}

/** Writes into the transaction of an alert what is owed of it. */
export type OweAlert = (
  tx: Db,
  alert: Pick<AlertMessageRow, 'alertId' | 'what' | 'kind' | 'subject' | 'machines' | 'sinceMs'>,
) => Promise<void>;

/** An alert that could not be told for so long is not told any more. */
export const GIVE_UP_MS = 86_400_000;
/** What says that the message itself is wrong: it would be so at every try. */
const NEVER_TAKEN: ReadonlySet<number> = new Set([400, 410, 413, 415, 422]);
const MOST_ANSWER_BYTES = 64 * 1024;

const SECRET_FORM = /^whsec_([A-Za-z0-9+/]{32,})={0,2}$/;

/** The secret as the standard writes it, `whsec_` and base64; undefined where it is none, or under 24 bytes. */
export function findHookSecret(text: string): Uint8Array | undefined {
  const [, base64] = SECRET_FORM.exec(text.trim()) ?? [];
  const bytes = base64 && findBase64Url(base64.replaceAll('+', '-').replaceAll('/', '_'));
  return bytes && bytes.length >= 24 ? bytes : undefined;
}

/** The `webhook-signature` of a message. */
export function signHook(
  { crypto }: Pick<PlatformContext, 'crypto'>,
  secret: Uint8Array,
  { id, atS, body }: { readonly id: string; readonly atS: number; readonly body: string },
): string {
  const mac = toBase64Url(crypto.hmacSha256(secret, utf8(`${id}.${atS}.${body}`)));
  return `v1,${mac.replaceAll('-', '+').replaceAll('_', '/')}=`;
}

/** Owes what {@link startTellingAlerts} tells. */
export function oweAlerts({ crypto, clock }: Pick<PlatformContext, 'crypto' | 'clock'>): OweAlert {
  return async (tx, alert) => {
    await tx
      .insertInto('alertMessages')
      .values({
        ...{ ...alert, messageId: crypto.randomBytes(16), madeMs: clock.wallMs() },
        ...{ tries: 0, notBeforeMs: 0, outcome: null, doneMs: null },
      })
      .execute();
  };
}

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'log' | 'county'>;

/** Tells the oldest that may be told now, at each call. */
export function createAlertTurns(
  context: Context,
  fleet: { readonly book: Pick<FleetBook, 'view'>; readonly rules: FleetRules },
  hook: AlertHook,
): () => Promise<Turn> {
  const { store, clock, log } = context;

  return async () => {
    const nowMs = clock.wallMs();
    const row = await findOldest(nowMs);
    if (!row) return 'nothing-due';
    const waitMs = row.notBeforeMs - nowMs;
    // Told in order: while the first waits, whoever takes them is away.
    if (waitMs > 0 && waitMs <= LONGEST_WAIT_MS) return 'nothing-due';
    const said = await tell(row);
    const doneMs = clock.wallMs();
    if (said === 'away' && doneMs - row.madeMs < GIVE_UP_MS) {
      const nextMs = waitAfterTries(row.tries);
      log('alerts.away', { waitMs: nextMs });
      await write(row, { tries: row.tries + 1, notBeforeMs: doneMs + nextMs });
      return 'away';
    }
    await write(row, { outcome: said === 'away' ? 'given-up' : said, doneMs });
    return 'worked';
  };

  /** However many wait for the morning: what is urgent is found past them. */
  function findOldest(nowMs: number): Promise<AlertMessageRow | undefined> {
    const quiet = ALERT_KINDS.filter((kind) => isQuietNow(fleet.rules, kind, nowMs));
    const owed = store.db.selectFrom('alertMessages').selectAll().where('outcome', 'is', null);
    const loud = quiet.length === 0 ? owed : owed.where('kind', 'not in', quiet);
    return loud.orderBy('messageNo').limit(1).executeTakeFirst();
  }

  async function tell(row: AlertMessageRow): Promise<'taken' | 'refused' | 'away'> {
    const id = `msg_${toHex(row.messageId)}`;
    const atS = Math.floor(clock.wallMs() / 1000);
    const body = JSON.stringify(await contentOf(row));
    const answer = await hook.fetch({
      ...{ method: 'POST', url: hook.url, timeoutMs: hook.timeoutMs, maxBytes: MOST_ANSWER_BYTES },
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(atS),
        'webhook-signature': signHook(context, hook.secret, { id, atS, body }),
      },
      body: utf8(body),
    });
    if (!answer.ok) return 'away';
    const { status } = answer.value;
    if (status >= 200 && status < 300) return 'taken';
    return NEVER_TAKEN.has(status) ? 'refused' : 'away';
  }

  async function contentOf({ what, kind, subject, machines, sinceMs, madeMs, alertId }: AlertMessageRow) {
    const place = await placeOf(subject);
    return {
      type: `alert.${what}`,
      timestamp: isoInstant(madeMs),
      data: { alertId, kind, words: alertWords({ kind, machines }), subject, place, machines, sinceMs },
    };
  }

  /** Where it is, in words. */
  async function placeOf(subject: string): Promise<string> {
    const { find, towns } = await fleet.book.view();
    const machine = find(subject)?.machine;
    if (machine) return `${machine.place.town.name}${machine.place.village.name}`;
    const town = towns.find(({ code }) => code === subject)?.name;
    return town ?? TOWNS.find(({ code }) => code === subject)?.name.zh ?? context.county.name;
  }

  /** What another program found out first stands. */
  async function write({ messageNo }: AlertMessageRow, set: Partial<AlertMessageRow>): Promise<void> {
    await store.db
      .updateTable('alertMessages')
      .set(set)
      .where('messageNo', '=', messageNo)
      .where('outcome', 'is', null)
      .execute();
  }
}

/** Tells them by itself. */
export function startTellingAlerts(
  context: Context,
  fleet: { readonly book: FleetBook; readonly rules: FleetRules },
  hook: AlertHook,
): { stop(): Promise<void> } {
  return keepTelling(context, 'alerts', createAlertTurns(context, fleet, hook));
}
