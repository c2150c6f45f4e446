/**
 * The fleet as it stands. A machine is judged anew when something came of it or when its own time has come, and not at
 * every look: ten thousand cost a look what changed among them, and a walk over their times.
 */
import { type Alert, alertsOf } from './group.ts';
import {
  type Finding,
  type FleetFacts,
  findingsOf,
  isMissed,
  type Machine,
  type MachineState,
  standsUntil,
  stateOf,
} from './machines.ts';
import type { FleetRules } from './rules.ts';

/** A machine, judged. */
export interface FleetLine {
  readonly machine: Machine;
  readonly state: MachineState;
  readonly findings: readonly Finding[];
  /** Its reports fail to come: it is silent, or soon will be. */
  readonly missed: boolean;
}

/** A town, and how many of its machines stand how. */
export interface TownSum {
  readonly code: string;
  readonly name: string;
  readonly counts: ReadonlyMap<MachineState, number>;
}

/** All machines at one moment. */
export interface Stood {
  /** By town, village and id. */
  readonly lines: readonly FleetLine[];
  readonly alerts: readonly Alert[];
  /** Those that have a machine. */
  readonly towns: readonly TownSum[];
  /** The machine of this id, in hex. */
  find(id: string): FleetLine | undefined;
}

/** What is judged, and when it has to be judged again. */
interface Slot {
  readonly key: string;
  line: FleetLine;
  untilMs: number;
}

/** The machines, and what is known of them. */
export interface Standing {
  /** As last put. */
  find(id: string): Machine | undefined;
  /** Takes a machine, or what became of one; it is judged next time. */
  put(machine: Machine): void;
  /** Judges whom it is time for; true where something is otherwise than before. */
  judge(facts: FleetFacts): boolean;
  /** As of the last judging; the same object while nothing changes. */
  stood(): Stood;
}

const NOW = Number.NEGATIVE_INFINITY;

/** No machines yet. */
export function createStanding(rules: FleetRules): Standing {
  const slots = new Map<string, Slot>();
  let order: readonly Slot[] = [];
  let indexes: ReadonlyMap<string, number> = new Map();
  let last: Pick<FleetFacts, 'nowMs' | 'newest'> | undefined;
  let stood: Stood = { lines: [], alerts: [], towns: [], find: () => undefined };

  const sums = createTownSums();

  function takeOrder(): boolean {
    if (order.length === slots.size) return false;
    order = [...slots.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    indexes = new Map(order.map(({ line }, index) => [line.machine.id, index]));
    return true;
  }

  return {
    find: (id) => slots.get(id)?.line.machine,

    put(machine) {
      const known = slots.get(machine.id);
      if (known) {
        known.line = { ...known.line, machine };
        known.untilMs = NOW;
        return;
      }
      const key = `${machine.place.village.code} ${machine.id}`;
      slots.set(machine.id, {
        key,
        line: { machine, state: 'new', findings: [], missed: false },
        untilMs: NOW,
      });
      sums.count(machine, 'new', 1);
    },

    judge(facts) {
      const { nowMs, newest } = facts;
      // A clock that was set back, or a version that was never heard of, may change anybody's standing.
      const isAnew = last === undefined || nowMs < last.nowMs || newest?.version !== last.newest?.version;
      last = { nowMs, newest };
      let [changed, rang] = [takeOrder(), false];
      for (const slot of order) {
        if (!isAnew && slot.untilMs > nowMs) continue;
        const before = slot.line;
        const findings = findingsOf(before.machine, facts);
        const state = stateOf(before.machine, findings, facts);
        const missed = isMissed(before.machine, facts);
        const isOther =
          state !== before.state || missed !== before.missed || !areSame(findings, before.findings);
        changed ||= isOther || slot.untilMs === NOW;
        rang ||= isOther;
        if (state !== before.state) {
          sums.count(before.machine, before.state, -1);
          sums.count(before.machine, state, 1);
        }
        if (isOther) slot.line = { machine: before.machine, state, findings, missed };
        slot.untilMs = standsUntil(before.machine, facts);
      }
      if (!changed) return false;
      const lines = order.map(({ line }) => line);
      const places = indexes;
      stood = {
        ...{ lines, towns: sums.all(), alerts: rang ? alertsOf(lines, rules) : stood.alerts },
        find: (id) => lines[places.get(id) ?? -1],
      };
      return true;
    },

    stood: () => stood,
  };
}

function areSame(some: readonly Finding[], others: readonly Finding[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ kind, sinceMs, device }, index) => {
      const other = others[index]!;
      return (
        kind === other.kind &&
        sinceMs === other.sinceMs &&
        device?.kind === other.device?.kind &&
        device?.state === other.device?.state &&
        device?.reason === other.device?.reason
      );
    })
  );
}

/** How many machines of each town stand how, kept as they change. */
function createTownSums() {
  const towns = new Map<string, { code: string; name: string; counts: Map<MachineState, number> }>();
  return {
    count({ place: { town } }: Machine, state: MachineState, more: 1 | -1): void {
      const known = towns.get(town.code) ?? { ...town, counts: new Map<MachineState, number>() };
      towns.set(town.code, known);
      const now = (known.counts.get(state) ?? 0) + more;
      if (now === 0) known.counts.delete(state);
      else known.counts.set(state, now);
    },
    all: (): readonly TownSum[] =>
      [...towns.values()].map(({ counts, ...town }) => ({ ...town, counts: new Map(counts) })),
  };
}
