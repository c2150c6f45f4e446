/** The lists that came down for agents of this machine: kept unopened, opened while their agent is signed in. */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { addDays, isoDate } from '../../base/calendar.ts';
import type { OpeningKey } from '../../base/crypto/api.ts';
import type { Sql } from '../../base/sql.ts';
import {
  type AgentList,
  type AgentListItem,
  findAgentList,
  type ListOwner,
  openAgentList,
} from '../../sync/agent-list.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { DayBook } from './day-book.ts';

/** The list of this agent with the highest version that their key opens; the order in which they came says nothing. */
export function findOwnList(
  contents: readonly Uint8Array[],
  owner: ListOwner,
  key: OpeningKey,
): AgentList | undefined {
  const own = contents
    .flatMap((content) => findAgentList(content) ?? [])
    .filter(
      ({ agentId, signKeyId }) =>
        equalBytes(agentId, owner.agentId) && equalBytes(signKeyId, owner.signKeyId),
    )
    .sort((a, b) => b.version - a.version);
  for (const item of own) {
    const list = openAgentList(key, item);
    if (list !== undefined) return list;
  }
  return undefined;
}

/**
 * What gives the list of whoever is signed in, opened once for each that comes. A call that they made since it was made
 * is on it no more.
 */
export function createOwnList(parts: {
  readonly lists: () => readonly Uint8Array[];
  readonly dayBook: DayBook;
  readonly nowMs: () => number;
  readonly owner: ListOwner;
  readonly listKey: OpeningKey;
}): () => AgentList | undefined {
  const { lists, dayBook, nowMs, owner, listKey } = parts;
  let seen: readonly Uint8Array[] | null = null;
  let own: AgentList | undefined;
  return () => {
    const contents = lists();
    if (contents !== seen) own = findOwnList(contents, owner, listKey);
    seen = contents;
    if (own === undefined) return undefined;
    const made = new Set(
      daysFrom(own.madeMs, nowMs()).flatMap((day) =>
        dayBook.rows(owner.agentId, listKey, day).flatMap(({ ref }) => ref ?? []),
      ),
    );
    return { ...own, items: own.items.filter(({ itemId }) => !made.has(toHex(itemId))) };
  };
}

/** Days looked back at, at the most: a list that is older than this says so by itself. */
const MOST_DAYS = 14;

function daysFrom(fromMs: number, untilMs: number): readonly string[] {
  const days: string[] = [];
  for (let day = isoDate(untilMs); days.length < MOST_DAYS && day >= isoDate(fromMs); day = addDays(day, -1))
    days.push(day);
  return days;
}

/** Lets go of lists that a later one took the place of; that they came is remembered. A full disk keeps them longer. */
export function dropOldLists(sql: Sql): void {
  const kept = sql
    .prepare<{ position: number; content: Uint8Array }>(
      'SELECT position, content FROM feed_items WHERE kind = ? AND content IS NOT NULL',
    )
    .all(FEED_KIND.agentList)
    .map(({ position, content }) => ({ position, item: findAgentList(content) }));
  const newest = new Map<string, number>();
  for (const { item } of kept)
    if (item) newest.set(nameOf(item), Math.max(item.version, newest.get(nameOf(item)) ?? 0));
  const old = kept.filter(({ item }) => item === undefined || item.version < (newest.get(nameOf(item)) ?? 0));
  if (old.length === 0) return;
  sql.transaction(() => {
    const drop = sql.prepare('UPDATE feed_items SET content = NULL WHERE position = ?');
    for (const { position } of old) drop.run(position);
  });
}

function nameOf({ agentId, signKeyId }: AgentListItem): string {
  return `${toHex(agentId)}/${toHex(signKeyId)}`;
}
