/**
 * All machines in memory, as the database has them: pages and the watch ask it, so that a console that is kept open
 * costs a read of what changed. Several gateways on one database each have their own.
 */
import type { PlatformContext } from '../context.ts';
import { lookWhileHeard } from './look-while-heard.ts';
import { createReading } from './reading.ts';
import type { FleetRules } from './rules.ts';
import { createStanding, type Stood } from './standing.ts';

export type { FleetLine } from './standing.ts';

/** The fleet at one moment. */
export interface FleetView extends Stood {
  readonly nowMs: number;
}

/** The book. */
export interface FleetBook {
  /** What is known now, no older than a second. */
  view(): Promise<FleetView>;
  /** Calls back when a look found something changed; looks go on for as long as anybody listens. */
  onChange(listener: () => void): () => void;
}

/** A look costs a read; pages within this long share one. */
const FRESH_MS = 1_000;
/** How often is looked while somebody listens: a page that is told asks at once, and shares the look. */
const LOOK_EVERY_MS = 1_000;
/** What passes with time alone is shown this late at the most. */
const TIME_PASSES_MS = 60_000;

/** An empty book; the first look fills it. */
export function createFleetBook(
  context: Pick<PlatformContext, 'store' | 'clock' | 'log'>,
  rules: FleetRules,
): FleetBook {
  const { clock } = context;
  const standing = createStanding(rules);
  const read = createReading(context, standing);
  let last: { readonly atMonoMs: number; readonly view: FleetView } | undefined;
  let looking: Promise<FleetView> | undefined;
  let changed = false;
  let toldMonoMs = 0;

  /** One look at a time: whoever asks meanwhile shares it. */
  function look(): Promise<FleetView> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function lookOnce(): Promise<FleetView> {
    const atMonoMs = clock.monoMs();
    const known = await read();
    changed = standing.judge({ ...known, rules }) || changed;
    const view = { ...standing.stood(), nowMs: known.nowMs };
    last = { atMonoMs, view };
    return view;
  }

  async function view(): Promise<FleetView> {
    return last && clock.monoMs() - last.atMonoMs < FRESH_MS ? last.view : look();
  }

  /** Whether whoever listens is to hear of it now. */
  function isNews(): boolean {
    const nowMonoMs = clock.monoMs();
    if (!changed && nowMonoMs - toldMonoMs < TIME_PASSES_MS) return false;
    changed = false;
    toldMonoMs = nowMonoMs;
    return true;
  }

  const onChange = lookWhileHeard(context, {
    ...{ firstMs: LOOK_EVERY_MS, everyMs: LOOK_EVERY_MS },
    look: () => look().then(isNews),
  });
  return { view, onChange };
}
