/** The tables of orders to machines: what was ordered, which item of the feed brought it to whom, and what came of it. */
import type { Generated, Selectable } from 'kysely';
import type { AnsweredTables } from './answered-tables.ts';
import type { DialectWords } from './dialect-words.ts';

/** Orders to machines, to one or to an area's; rows are never changed (a trigger refuses). */
interface MachineOrdersTable {
  orderNo: Generated<number>;
  /** The feed's kind. */
  kind: number;
  areaCode: string | null;
  terminalId: Uint8Array | null;
  /** Which matter, of an order about one. */
  matterId: string | null;
  content: Uint8Array;
  /** What was ordered, and why, for people. */
  words: string;
  staffId: number;
  atMs: number;
}

/** An order that is answered, on its way to one machine; rows are never changed. */
interface OrderItemsTable {
  itemId: Uint8Array;
  orderNo: number;
  terminalId: Uint8Array;
  /** From then on no machine does it. */
  expiresMs: number;
}

/** What a machine said of an order; the first word stands. */
interface OrderAnswersTable {
  itemId: Uint8Array;
  terminalId: Uint8Array;
  /** The entry that said it: a report or a bundle lies there. */
  entryId: Uint8Array;
  outcome: 'done' | 'expired' | 'failed';
  why: string | null;
  atMs: number;
}

export type MachineOrderRow = Selectable<MachineOrdersTable>;
export type OrderAnswerRow = Selectable<OrderAnswersTable>;

/** The part of the store they are. */
export interface OrderTables extends AnsweredTables {
  machineOrders: MachineOrdersTable;
  orderItems: OrderItemsTable;
  orderAnswers: OrderAnswersTable;
}

/** The step that makes the later two. An answer may come before a restored platform knows of its item. */
export function orderAnswerTables(words: DialectWords): readonly string[] {
  const { bytes, int, strict, appendOnly, neverReplaced } = words;
  return [
    `CREATE TABLE order_items (
    item_id ${bytes} PRIMARY KEY, order_no ${int} NOT NULL REFERENCES machine_orders (order_no),
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), expires_ms ${int} NOT NULL)${strict}`,
    'CREATE INDEX order_items_by_order ON order_items (order_no, terminal_id)',
    ...appendOnly('order_items'),
    ...neverReplaced('order_items', 'item_id'),
    `CREATE TABLE order_answers (
    item_id ${bytes} NOT NULL, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id),
    entry_id ${bytes} NOT NULL REFERENCES bodies (entry_id), outcome text NOT NULL, why text, at_ms ${int} NOT NULL,
    PRIMARY KEY (item_id, terminal_id))${strict}`,
    ...appendOnly('order_answers'),
  ];
}
