/** The last things that happened to the devices: a ring in the store, outside the journal. */
import type { Sql } from '../../base/sql.ts';
import { type DeviceName, deviceNameSchema } from '../../drivers/api.ts';
import { type EventLine, type UpkeepEvent, upkeepEventSchema } from './api.ts';

/** How many are kept. */
export const RING_SIZE = 2_000;

/** The ring. */
export interface DeviceEvents {
  /** Adds one; the oldest goes when there is no more room. One that a full disk cannot take is let go of. */
  add(line: EventLine): void;
  /** The newest first; of one device, or of all. */
  newest(count: number, device?: DeviceName): readonly EventLine[];
  /** How a device stood when that last changed. */
  findStanding(device: DeviceName): (Extract<UpkeepEvent, { type: 'status' }> & { atMs: number }) | undefined;
  /** How many went. */
  dropped(): number;
}

interface Row {
  readonly at_ms: number;
  readonly device: string | null;
  readonly event: string;
}

const deviceSchema = deviceNameSchema.nullable();

/** The ring in this database. */
export function createDeviceEvents(sql: Sql): DeviceEvents {
  const toLine = ({ at_ms, device, event }: Row): EventLine[] => {
    // What another release wrote and this one does not know is passed over.
    const parsed = upkeepEventSchema.safeParse(JSON.parse(event));
    const known = deviceSchema.safeParse(device);
    return parsed.success && known.success ? [{ atMs: at_ms, device: known.data, event: parsed.data }] : [];
  };
  return {
    add({ atMs, device, event }) {
      sql.transaction(() => {
        sql
          .prepare('INSERT INTO device_events (at_ms, device, event) VALUES (?, ?, ?)')
          .run(Math.round(atMs), device, JSON.stringify(event));
        sql
          .prepare('DELETE FROM device_events WHERE number <= (SELECT max(number) FROM device_events) - ?')
          .run(RING_SIZE);
      });
    },
    newest(count, device) {
      const columns = 'SELECT at_ms, device, event FROM device_events';
      const rows =
        device === undefined
          ? sql.prepare<Row>(`${columns} ORDER BY number DESC LIMIT ?`).all(count)
          : sql.prepare<Row>(`${columns} WHERE device = ? ORDER BY number DESC LIMIT ?`).all(device, count);
      return rows.flatMap(toLine);
    },
    findStanding(device) {
      const row = sql
        .prepare<Row>(
          `SELECT at_ms, device, event FROM device_events
           WHERE device = ? AND event ->> 'type' = 'status' ORDER BY number DESC LIMIT 1`,
        )
        .find(device);
      const [line] = row === undefined ? [] : toLine(row);
      return line?.event.type === 'status' ? { ...line.event, atMs: line.atMs } : undefined;
    },
    dropped() {
      const counts = sql
        .prepare<{ newest: number | null; held: number }>(
          'SELECT max(number) AS newest, count(*) AS held FROM device_events',
        )
        .find();
      return (counts?.newest ?? 0) - (counts?.held ?? 0);
    },
  };
}
