/** From what is wrong with machines to alerts: what fell silent together is one. Pure. */
import type { Finding, Machine } from './machines.ts';
import type { AlertKind, FleetRules } from './rules.ts';

/** An alert as it stands now. */
export interface Alert {
  readonly kind: AlertKind;
  /** A machine's id in hex, or the code of a town or county. */
  readonly subject: string;
  readonly machines: number;
  readonly sinceMs: number;
}

/** A machine with what is wrong with it. */
export interface Judged {
  readonly machine: Machine;
  readonly findings: readonly Finding[];
}

const MINUTE_MS = 60_000;

/** The alerts, each once: a place's silence stands for those of its machines. */
export function alertsOf(judged: readonly Judged[], { together }: FleetRules): readonly Alert[] {
  const silent = new Map<Judged, number>();
  for (const one of judged) {
    const silence = one.findings.find(({ kind }) => kind === 'silent');
    if (silence) silent.set(one, silence.sinceMs);
  }
  const standing =
    silent.size === 0
      ? []
      : judged.filter(({ machine }) => machine.revokedMs === null && machine.heardMs !== null);
  const alerts: Alert[] = [];
  const levels = [
    ['county-silent', ({ machine }: Judged) => machine.place.county.code],
    ['town-silent', ({ machine }: Judged) => machine.place.town.code],
  ] as const;
  for (const [kind, areaOf] of levels) {
    const inAll = Map.groupBy(standing, areaOf);
    // A county is silent only where more than one of its towns is; a town's cut is a town's.
    for (const [area, here] of Map.groupBy([...silent.keys()], areaOf)) {
      const cut = longestRun(here, silent, together.minutes);
      const all = inAll.get(area)?.length ?? 0;
      const towns = new Set(cut.map(({ machine }) => machine.place.town.code)).size;
      if (cut.length < together.machines || cut.length * 100 < all * together.percent) continue;
      if (kind === 'county-silent' && towns < 2) continue;
      const sinceMs = Math.min(...cut.map((one) => silent.get(one)!));
      alerts.push({ kind, subject: area, machines: cut.length, sinceMs });
      for (const one of cut) silent.delete(one);
    }
  }
  for (const one of judged) {
    const { machine, findings } = one;
    if (findings.length === 0) continue;
    for (const [kind, same] of Map.groupBy(findings, (finding) => finding.kind)) {
      if (kind === 'silent' && !silent.has(one)) continue;
      const sinceMs = Math.min(...same.map((finding) => finding.sinceMs));
      alerts.push({ kind, subject: machine.id, machines: 1, sinceMs });
    }
  }
  return alerts;
}

/** The most machines that fell silent one after another, none more than so many minutes after the one before. */
function longestRun(
  here: readonly Judged[],
  silent: ReadonlyMap<Judged, number>,
  minutes: number,
): readonly Judged[] {
  const sinceOf = (one: Judged) => silent.get(one)!;
  const sorted = [...here].sort((a, b) => sinceOf(a) - sinceOf(b));
  let longest = { from: 0, to: 0 };
  let from = 0;
  for (const [at, one] of sorted.entries()) {
    const last = sorted[at - 1];
    if (last !== undefined && sinceOf(one) - sinceOf(last) > minutes * MINUTE_MS) from = at;
    if (at + 1 - from > longest.to - longest.from) longest = { from, to: at + 1 };
  }
  return sorted.slice(longest.from, longest.to);
}
