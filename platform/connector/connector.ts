/**
 * The connector: carries out what is owed to a province's case centre, a few duties at a time, for as long as the
 * platform runs. Any number of programs may do so on one database.
 */
import { sleep } from '../../base/clock.ts';
import { faultFields } from '../../base/log.ts';
import { fraction } from '../../base/random.ts';
import type { PlatformContext } from '../context.ts';
import { attend } from './attend.ts';
import type { CaseCentre } from './case-centre.ts';
import { findMessage } from './case-message.ts';
import { createClaims } from './claims.ts';
import { record } from './record.ts';

/** What came of one turn. */
export type Turn = 'worked' | 'nothing-due' | 'centre-away';

export interface Connector {
  /** Ends after the calls under way. */
  stop(): Promise<void>;
}

/** Duties carried out at once. */
const LANES = 4;
/** How often a lane looks when nothing was due. */
const LOOK_EVERY_MS = 1_000;
/** The first and the longest pause of a lane while the centre does not answer. */
const PAUSE = { firstMs: 1_000, longestMs: 60_000 } as const;

/** Troubles of the way to the centre, not of one case. */
const AWAY: ReadonlySet<string> = new Set(['away', 'not-let-in']);

/** Carries out one duty, if one is due, at each call. */
export function createTurns(context: PlatformContext, centre: CaseCentre): () => Promise<Turn> {
  const claims = createClaims(context, centre);
  return async () => {
    const duty = await claims.next();
    if (!duty) return 'nothing-due';
    const message = await findMessage(context, duty);
    const attended = message
      ? await attend(centre, context.clock, duty, message)
      : ({ kind: 'later', code: 'matter-without-code', isSure: duty.wasFree } as const);
    await record(context, duty, attended);
    const isAway = attended.kind === 'later' && AWAY.has(attended.code);
    return isAway ? 'centre-away' : 'worked';
  };
}

/** Starts it. */
export function startConnector(context: PlatformContext, centre: CaseCentre): Connector {
  const { clock, random, log } = context;
  const turn = createTurns(context, centre);
  const stopping = new AbortController();
  let away = 0;

  async function lane(): Promise<void> {
    while (!stopping.signal.aborted) {
      const came = await turnOrFault();
      if (came === 'worked') away = 0;
      if (came === 'centre-away') away += 1;
      if (came !== 'worked') await pause(came);
    }
  }

  /** Takes a turn; a fault is logged, and the others go on. */
  async function turnOrFault(): Promise<Turn | 'fault'> {
    try {
      return await turn();
    } catch (error) {
      // The duty keeps its claim, and is taken up again when that has stood for long enough.
      log('program.fault', { program: 'connector', ...faultFields(error) });
      return 'fault';
    }
  }

  async function pause(came: Turn | 'fault'): Promise<void> {
    const isAway = came === 'centre-away';
    const ceilingMs = isAway
      ? Math.min(PAUSE.longestMs, PAUSE.firstMs * 2 ** Math.min(away, 10))
      : LOOK_EVERY_MS;
    const waitMs = Math.round(ceilingMs * (0.5 + 0.5 * fraction(random)));
    if (isAway) log('centre.away', { waitMs });
    await sleep(clock, waitMs, stopping.signal);
  }

  const lanes = Array.from({ length: LANES }, lane);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(lanes);
    },
  };
}
