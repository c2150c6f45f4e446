/** The content of an agent's own pages. Nobody else's card lies here: a list names people masked, a day names nobody. */
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { same } from '../../catalog/text.ts';
import type { ListItem } from '../../sync/agent-list.ts';
import { REPAIR_PARTS, type WorkItem } from '../agent-work-pages.ts';
import { daySums } from '../agents/day-sums.ts';
import type { Page } from '../api.ts';
import { sumOf } from '../cash/ledger.ts';
import { isAgentAlone } from './agent-here.ts';
import type { Desk } from './desk.ts';
import { listedName } from './my-cases.ts';
import type { Spot, Visit } from './visit.ts';
import { FORMER_MATTER_NAME } from './words.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** Lines on one page of the list. */
const LINES = 6;

/** The page; nothing where it is not an agent alone who asks. */
export function findAgentWorkPage(
  visit: Visit,
  spot: Extract<Spot, { at: 'agent-list' | 'agent-item' | 'agent-day' | 'agent-repair' }>,
  desk: Desk,
): Page | undefined {
  if (!isAgentAlone(visit) || visit.person !== null) return undefined;
  switch (spot.at) {
    case 'agent-list':
      return listPage(spot.page, desk);
    case 'agent-item':
      return itemPage(spot.ref, desk);
    case 'agent-day':
      return dayPage(visit, desk);
    case 'agent-repair':
      return {
        kind: 'agent-repair',
        parts: REPAIR_PARTS.map((part) => ({ part, asked: visit.repairs.includes(part) })),
      };
  }
}

/** What is to be done, late first, then by the day; what was done meanwhile left out. */
export function workItems(desk: Desk): readonly ListItem[] {
  const items = desk.agents.list()?.items ?? [];
  return [...items].sort((a, b) => (a.day ?? '9999').localeCompare(b.day ?? '9999'));
}

/** The item of that ref. */
export function findWorkItem(ref: string, desk: Desk): ListItem | undefined {
  return workItems(desk).find((item) => toHex(item.itemId) === ref);
}

/** How much is to be done, and how much of it is late; null before a list has come. */
export function workCounts(desk: Desk): PageOf<'agent-desk'>['work'] {
  if (desk.agents.list() === undefined) return null;
  const lines = workItems(desk).map((item) => lineOf(item, desk));
  return { items: lines.length, late: lines.filter(({ late }) => late).length };
}

function listPage(asked: number, desk: Desk): PageOf<'agent-list'> {
  const items = workItems(desk);
  const pages = Math.max(1, Math.ceil(items.length / LINES));
  const page = Math.min(asked, pages - 1);
  return {
    kind: 'agent-list',
    madeMs: desk.agents.list()?.madeMs ?? null,
    items: items.slice(page * LINES, (page + 1) * LINES).map((item) => lineOf(item, desk)),
    refused: page === 0 ? refusedLines(desk) : [],
    ...{ page, pages },
  };
}

function refusedLines(desk: Desk): PageOf<'agent-list'>['refused'] {
  return desk.agents.refusedRows().map(({ matterId, localNumber, atMs, outcome }) => ({
    name: matterId === null ? FORMER_MATTER_NAME : listedName(matterId, desk).name,
    ...{ localNumber, atMs, outcome },
  }));
}

function itemPage(ref: string, desk: Desk): PageOf<'agent-item'> | undefined {
  const item = findWorkItem(ref, desk);
  return (
    item && {
      kind: 'agent-item',
      item: lineOf(item, desk),
      ...{ words: item.words, owner: item.owner },
      reader: desk.devices().reader,
    }
  );
}

function lineOf(item: ListItem, desk: Desk): WorkItem {
  const { why, matterId, masked, localNumber, day } = item;
  const today = isoDate(desk.time.nowMs());
  return {
    ref: toHex(item.itemId),
    name: matterId === null ? FORMER_MATTER_NAME : listedName(matterId, desk).name,
    who: same(masked),
    late: day !== null && day < today,
    ...{ why, localNumber, day },
  };
}

/** Cash of an agent's that is neither paid nor given back, of whatever day. */
export function openCashFen(agentId: Uint8Array, desk: Desk): number {
  return sumOf(desk.cash.ledger.open(agentId));
}

function dayPage(visit: Visit, desk: Desk): PageOf<'agent-day'> {
  const day = isoDate(desk.time.nowMs());
  const { filed, cash, ...counts } = daySums(desk.agents.dayRows(day));
  const openFen = visit.agent === null ? 0 : openCashFen(visit.agent.agentId, desk);
  const entryId = visit.daySlip;
  return {
    kind: 'agent-day',
    day,
    filed: filed.map(({ matterId, numbers }) => ({
      name: matterId === null ? FORMER_MATTER_NAME : listedName(matterId, desk).name,
      count: numbers.length,
      numbers: [...numbers],
    })),
    ...counts,
    cash: cash.takenFen + cash.returnedFen + openFen === 0 ? null : { ...cash, openFen },
    slip:
      (entryId && desk.slips.findState(entryId)) ??
      (desk.devices().slipPrinter === 'down' ? 'no-printer' : 'none'),
  };
}
