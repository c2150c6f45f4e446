/** What is known of the fleet, as Prometheus reads it (text exposition 0.0.4): states and sizes by machine, of nobody. */
import type { FleetView } from './book.ts';
import { MACHINE_STATES } from './machines.ts';
import { ALERT_KINDS } from './rules.ts';

/** Beside the machines: numbers of the platform itself, by name. */
export interface PlatformNumbers {
  readonly entriesHeld: number;
  readonly feedItems: number;
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** The text. */
export function metricsText({ lines, alerts, nowMs }: FleetView, platform: PlatformNumbers): string {
  const states = MACHINE_STATES.map(
    (state): Sample => [{ state }, lines.filter((line) => line.state === state).length],
  );
  const ringing = ALERT_KINDS.map(
    (kind): Sample => [{ kind }, alerts.filter((alert) => alert.kind === kind).length],
  );
  const reporting = lines.filter(({ machine }) => machine.revokedMs === null);
  const each = (of: (line: (typeof lines)[number]) => number | null | undefined) =>
    reporting.flatMap((line): readonly Sample[] => {
      const value = of(line);
      const { id, place } = line.machine;
      const labels = { terminal: id, town: place.town.code, village: place.village.code };
      return value == null ? [] : [[labels, value]];
    });
  const faults = (line: (typeof lines)[number]) =>
    line.machine.report?.devices?.filter(({ state }) => state === 'fault' || state === 'absent').length;
  return [
    family('yizhan_entries_held_total', 'counter', 'Entries of terminals that are held.', [
      [{}, platform.entriesHeld],
    ]),
    family('yizhan_feed_items_total', 'counter', 'Items made for terminals.', [[{}, platform.feedItems]]),
    family('yizhan_terminals', 'gauge', 'Terminals by state.', states),
    family('yizhan_alerts', 'gauge', 'What is wrong now, a power cut in one town counted once.', ringing),
    family(
      'yizhan_terminal_report_age_seconds',
      'gauge',
      'Since the last report.',
      each(({ machine: { heardMs } }) => heardMs && Math.max(0, Math.round((nowMs - heardMs) / 1000))),
    ),
    family(
      'yizhan_terminal_owed_entries',
      'gauge',
      'Entries that are not released.',
      each(({ machine: { report } }) => report?.journal.owed),
    ),
    family(
      'yizhan_terminal_oldest_owed_seconds',
      'gauge',
      'Age of the oldest of them.',
      each(({ machine: { report } }) => report?.journal.oldestS),
    ),
    family(
      'yizhan_terminal_disk_free_bytes',
      'gauge',
      'Free room where the data lies.',
      each(({ machine: { report } }) => report?.disk?.freeBytes),
    ),
    family(
      'yizhan_terminal_slips_left',
      'gauge',
      'Forecast of the paper roll.',
      each(({ machine: { report } }) => report?.paper?.slipsLeft),
    ),
    family('yizhan_terminal_faulty_devices', 'gauge', 'Devices at fault or absent.', each(faults)),
  ].join('');
}

function family(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  const rows = samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${rows.join('')}`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
