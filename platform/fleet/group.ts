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
  /** Of a silence: the codes of what lies around it, whose own silence would stand for it. */
  readonly within?: readonly string[];
}

/** A machine with what is wrong with it. */
export interface Judged {
  readonly machine: Machine;
  readonly findings: readonly Finding[];
  readonly missed: boolean;
}

const MINUTE_MS = 60_000;

/** A machine that is missed: since when, and whether for so long that it is silent. */
interface Missed {
  readonly sinceMs: number;
  readonly isSilent: boolean;
}

/**
 * The alerts, each once: a place's silence stands for those of its machines. It begins with the first of them that is
 * silent; the others are missed by then, and count.
 */
export function alertsOf(judged: readonly Judged[], { together }: FleetRules): readonly Alert[] {
  const silent = new Map<Judged, Missed>();
  for (const one of judged) {
    const { heardMs } = one.machine;
    if (!one.missed || heardMs === null) continue;
    silent.set(one, { sinceMs: heardMs, isSilent: one.findings.some(({ kind }) => kind === 'silent') });
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
      const sinceMs = Math.min(...cut.map((one) => silent.get(one)!.sinceMs));
      const within = kind === 'town-silent' ? [cut[0]!.machine.place.county.code] : [];
      alerts.push({ kind, subject: area, machines: cut.length, sinceMs, within });
      for (const one of cut) silent.delete(one);
    }
  }
  for (const one of judged) {
    const { machine, findings } = one;
    if (findings.length === 0) continue;
    for (const [kind, same] of Map.groupBy(findings, (finding) => finding.kind)) {
      if (kind === 'silent' && !silent.has(one)) continue;
      const sinceMs = Math.min(...same.map((finding) => finding.sinceMs));
      const { county, town } = machine.place;
      const within = kind === 'silent' ? { within: [county.code, town.code] } : {};
      alerts.push({ kind, subject: machine.id, machines: 1, sinceMs, ...within });
    }
  }
  return alerts;
}

/**
 * The most machines that were last heard one after another, none more than so many minutes after the one before, and of
 * which one is silent.
 */
function longestRun(
  here: readonly Judged[],
  silent: ReadonlyMap<Judged, Missed>,
  minutes: number,
): readonly Judged[] {
  const of = (one: Judged) => silent.get(one)!;
  const sorted = [...here].sort((a, b) => of(a).sinceMs - of(b).sinceMs);
  let longest = { from: 0, to: 0 };
  let [from, isSilent] = [0, false];
  for (const [at, one] of sorted.entries()) {
    const last = sorted[at - 1];
    if (last !== undefined && of(one).sinceMs - of(last).sinceMs > minutes * MINUTE_MS)
      [from, isSilent] = [at, false];
    isSilent ||= of(one).isSilent;
    if (isSilent && at + 1 - from > longest.to - longest.from) longest = { from, to: at + 1 };
  }
  return sorted.slice(longest.from, longest.to);
}
