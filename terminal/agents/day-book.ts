/**
 * What an agent did at this machine, day by day: written in the transaction of the entry it tells of, sealed to the
 * agent's own list key, so that their card and PIN alone open it. It names nobody.
 */
import { z } from 'zod';
import { concat, label, toHex, utf8 } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { Crypto, OpeningKey } from '../../base/crypto/api.ts';
import type { Sql } from '../../base/sql.ts';
import { encodeContent, readContent } from '../../sync/content-coding.ts';
import { NO_SUCCESSOR_HELD, OWED_WITH_RECEIPT } from '../journal/offers.ts';
import type { ContentMap, KeepWish } from '../keeper.ts';

/** A row is forgotten after so long. */
export const DAY_BOOK_MS = 60 * 86_400_000;

/** What may be told of. `amountFen` is set for cash alone: taken with a case that was filed, or given back. */
const WHAT = [
  ...(['case.submitted', 'case.supplemented', 'case.withdrawn', 'case.collected', 'case.frozen'] as const),
  ...(['cash.returned', 'call-back.promised', 'call-back.done'] as const),
] as const;
export type DayWhat = (typeof WHAT)[number];

const dayRowSchema = z.object({
  what: z.enum(WHAT),
  /** Best guess of when. */
  atMs: z.int(),
  /** Of a case that was filed. */
  matterId: z.string().nullable(),
  /** Twelve digits. */
  localNumber: z.string().nullable(),
  amountFen: z.int().nonnegative().nullable(),
  /** What was settled by it, in hex: the call-back that was made. */
  ref: z.string().nullable(),
});
/** One thing an agent did. */
export type DayRow = z.infer<typeof dayRowSchema>;

/** A row as it lies on the disk. */
export interface SealedDayRow {
  readonly agentId: Uint8Array;
  readonly day: string;
  readonly sureMs: number;
  readonly sealed: Uint8Array;
}

/** The day books of this machine. */
export interface DayBook {
  /** What this agent did on a day (`2026-06-12`), oldest first; what these keys do not open is left out. */
  rows(agentId: Uint8Array, key: OpeningKey, day: string): readonly DayRow[];
  /** What this agent did that the platform refused and a person has not settled yet, newest first. */
  refused(agentId: Uint8Array, key: OpeningKey): readonly RefusedRow[];
}

/** One thing an agent did that was refused, and why, as journal.md "Receipt" numbers it. */
export interface RefusedRow extends DayRow {
  readonly outcome: number;
}

const INFO = label('yizhan/agent-day/1');

/** More than these nobody sees to at a screen: then it is the machine's trouble, and the caretaker's page has them all. */
const REFUSED_SHOWN = 4;

/**
 * What a wish tells of, from its content and the row that is remembered for its person; nothing where it is none of
 * {@link WHAT}. Fields read: `kind`, `matter` (id first), `localNumber`, `amountFen`, `cash.amountFen`, `callBackId`.
 */
export function dayRowOf(
  { content, remember }: Pick<KeepWish, 'content' | 'remember'>,
  atMs: number,
): DayRow | undefined {
  const what = WHAT.find((kind) => kind === content.kind);
  if (what === undefined) return undefined;
  const [matterId] = Array.isArray(content.matter) ? content.matter : [content.matterId];
  const number = content.localNumber ?? remember?.row.localNumber;
  return {
    ...{ what, atMs },
    matterId: typeof matterId === 'string' ? matterId : null,
    localNumber: typeof number === 'string' ? number : null,
    amountFen: findCash(content) ?? null,
    ref: content.callBackId instanceof Uint8Array ? toHex(content.callBackId) : null,
  };
}

/** Cash that was taken with a case, or given back. */
function findCash({ amountFen, cash }: ContentMap): number | undefined {
  if (typeof amountFen === 'number') return amountFen;
  const taken = (cash as ContentMap | null | undefined)?.amountFen;
  return typeof taken === 'number' ? taken : undefined;
}

/** Seals a row to an agent's list key (raw X25519). */
export function sealDayRow(
  crypto: Crypto,
  to: { readonly agentId: Uint8Array; readonly openKey: Uint8Array },
  row: DayRow,
  sureMs: number,
): SealedDayRow {
  const { agentId, openKey: recipient } = to;
  const day = isoDate(row.atMs);
  const sealed = crypto.seal({ recipient, info: INFO, aad: aadOf(agentId, day), plain: encodeContent(row) });
  return { agentId, day, sureMs, sealed };
}

/** Writes a row inside a transaction, of the entry it tells of; its number. */
export function insertDayRow(
  sql: Sql,
  { agentId, day, sureMs, sealed }: SealedDayRow,
  entryId: Uint8Array,
): number {
  const row = sql
    .prepare<{ number: number }>(
      'INSERT INTO agent_days (agent_id, day, sure_ms, sealed, entry_id) VALUES (?, ?, ?, ?, ?) RETURNING number',
    )
    .find(agentId, day, sureMs, sealed, entryId);
  return row?.number ?? 0;
}

/** Takes a row back, inside a transaction: what it told of was not kept after all. */
export function deleteDayRow(sql: Sql, number: number): void {
  sql.prepare('DELETE FROM agent_days WHERE number = ?').run(number);
}

/** Forgets what is certainly older than {@link DAY_BOOK_MS}. A full disk keeps it a little longer. */
export function forgetOldDays(sql: Sql, sureMs: number): void {
  sql.transaction(() => sql.prepare('DELETE FROM agent_days WHERE sure_ms <= ?').run(sureMs - DAY_BOOK_MS));
}

/** The day books on SQLite. */
export function createDayBook(sql: Sql): DayBook {
  /** Opened once for each key; gone with it, when its agent signs out. */
  const opened = new WeakMap<OpeningKey, Map<number, DayRow | undefined>>();

  function open(
    key: OpeningKey,
    agentId: Uint8Array,
    day: string,
    row: { number: number; sealed: Uint8Array },
  ) {
    const known = opened.get(key) ?? new Map<number, DayRow | undefined>();
    opened.set(key, known);
    if (known.has(row.number)) return known.get(row.number);
    const plain = key.open(row.sealed, INFO, aadOf(agentId, day));
    const read = plain.ok ? readContent(dayRowSchema, plain.value) : undefined;
    const value = read?.ok ? read.value : undefined;
    known.set(row.number, value);
    return value;
  }

  return {
    rows: (agentId, key, day) =>
      sql
        .prepare<{ number: number; sealed: Uint8Array }>(
          'SELECT number, sealed FROM agent_days WHERE agent_id = ? AND day = ? ORDER BY number',
        )
        .all(agentId, day)
        .flatMap((row) => open(key, agentId, day, row) ?? []),
    refused: (agentId, key) =>
      sql
        .prepare<{ number: number; day: string; sealed: Uint8Array; outcome: number }>(
          `SELECT d.number, d.day, d.sealed, r.outcome ${OWED_WITH_RECEIPT}
           JOIN agent_days AS d ON d.entry_id = e.entry_id
           WHERE d.agent_id = ? AND r.outcome NOT IN (0, 7) AND ${NO_SUCCESSOR_HELD}
           ORDER BY d.number DESC LIMIT ?`,
        )
        .all(agentId, REFUSED_SHOWN)
        .flatMap(({ outcome, day, ...row }) => {
          const told = open(key, agentId, day, row);
          return told === undefined ? [] : [{ ...told, outcome }];
        }),
  };
}

function aadOf(agentId: Uint8Array, day: string): Uint8Array {
  return concat(agentId, utf8(day));
}
