/**
 * Which duty is carried out next, and by whom, when several gateways work on one database.
 *
 * A *claim* is a random token on the duty's row, put there by compare-and-swap. Whoever surely sent nothing, or
 * knows what came of it, takes it away; in every other case (killed, reply lost, late) it simply stays. A claim
 * that stays means doubt, and is taken over by whoever has watched it stand unchanged, on a monotonic clock, for
 * longer than its owner could have gone on sending and the centre needs to show what reached it. No clock is
 * compared with another's.
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { fraction, type Random } from '../../base/random.ts';
import type { Store } from '../store/store.ts';
import type { CaseCentre } from './case-centre.ts';
import type { DutyKind } from './duties.ts';

/** A duty that is ours to carry out until we give it back. */
export interface Claimed {
  readonly caseId: Uint8Array;
  readonly kind: DutyKind;
  /** The action in the case's log that it follows from. */
  readonly actionNo: number;
  /** Tries begun, this one included. */
  readonly tries: number;
  readonly claim: Uint8Array;
  /** Whether nobody's try was in doubt before. */
  readonly wasFree: boolean;
  /** By the monotonic clock: sending must have begun by then, else it is not begun. */
  readonly sendByMonoMs: number;
}

export interface Claims {
  /** Takes the next duty that may be carried out now, or nothing. */
  next(): Promise<Claimed | undefined>;
}

/** What a claim needs besides the calls themselves: the way to the database and back. */
const SLACK_MS = 5_000;
/** Free duties looked at together: one is picked by chance, so that several workers seldom meet. */
const CHOICE = 10;
/** Standing claims watched at once. */
const WATCHED = 1_000;
/** The longest wait between two tries of one duty. */
export const LONGEST_WAIT_MS = 300_000;

/** The claims of one program, which watches the others'. */
export function createClaims(
  tools: { readonly store: Store; readonly clock: Clock; readonly random: Random },
  centre: Pick<CaseCentre, 'callTimeoutMs' | 'settleMs'>,
): Claims {
  const { store, clock, random } = tools;
  const sendWithinMs = centre.callTimeoutMs + SLACK_MS;
  const standsMs = sendWithinMs + centre.callTimeoutMs + centre.settleMs;
  let watched = new Map<string, { readonly claim: Uint8Array; readonly sinceMonoMs: number }>();

  async function next(): Promise<Claimed | undefined> {
    const free = await due().where('duty.claim', 'is', null).limit(CHOICE).execute();
    const picked = free[Math.floor(fraction(random) * free.length)];
    if (picked) return take(picked);
    const stale = await findStale();
    return stale && take(stale);
  }

  /** A claim seen unchanged for long enough. */
  async function findStale(): Promise<DueRow | undefined> {
    const standing = await due().where('duty.claim', 'is not', null).limit(WATCHED).execute();
    const nowMs = clock.monoMs();
    watched = new Map(
      standing.map(({ caseId, kind, claim }) => {
        const key = `${toHex(caseId)}/${kind}`;
        const before = watched.get(key);
        const isSame = before !== undefined && claim !== null && equalBytes(before.claim, claim);
        return [key, isSame ? before : { claim: claim ?? new Uint8Array(0), sinceMonoMs: nowMs }];
      }),
    );
    return standing.find(({ caseId, kind }) => {
      const seen = watched.get(`${toHex(caseId)}/${kind}`);
      return seen !== undefined && nowMs - seen.sinceMonoMs >= standsMs;
    });
  }

  /**
   * Duties neither done nor refused, whose earlier ones of the same case are done, and whose wait is over. While
   * "not me" stands, a case the centre does not have yet is not brought to it.
   */
  function due() {
    const nowMs = clock.wallMs();
    return store.db
      .selectFrom('centreDuties as duty')
      .innerJoin('cases', 'cases.caseId', 'duty.caseId')
      .select(['duty.caseId', 'duty.kind', 'duty.actionNo', 'duty.tries', 'duty.claim'])
      .where('duty.doneMs', 'is', null)
      .where('duty.refusal', 'is', null)
      .where((is) =>
        is.or([
          is('duty.notBeforeMs', '<=', nowMs),
          // No wait is that long: the clock was set back meanwhile.
          is('duty.notBeforeMs', '>', nowMs + LONGEST_WAIT_MS),
        ]),
      )
      .where((is) => is.or([is('cases.frozen', '=', 0), is('duty.kind', '!=', 'receive')]))
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('centreDuties as earlier')
              .select('earlier.kind')
              .whereRef('earlier.caseId', '=', 'duty.caseId')
              .whereRef('earlier.position', '<', 'duty.position')
              .where('earlier.doneMs', 'is', null),
          ),
        ),
      )
      .orderBy('duty.madeMs')
      .orderBy('duty.position');
  }

  /** Puts our token where the row still is as it was seen; nothing when somebody was faster. */
  async function take(row: DueRow): Promise<Claimed | undefined> {
    const claim = random.bytes(16);
    const sendByMonoMs = clock.monoMs() + sendWithinMs;
    const taken = await store.db
      .updateTable('centreDuties')
      .set({ claim, tries: row.tries + 1 })
      .where('caseId', '=', row.caseId)
      .where('kind', '=', row.kind)
      .where('claim', row.claim === null ? 'is' : '=', row.claim)
      .where('tries', '=', row.tries)
      .where('doneMs', 'is', null)
      .where('refusal', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(taken.numUpdatedRows) === 0) return undefined;
    const { caseId, kind, actionNo } = row;
    return { caseId, kind, actionNo, tries: row.tries + 1, claim, wasFree: row.claim === null, sendByMonoMs };
  }

  return { next };
}

interface DueRow {
  readonly caseId: Uint8Array;
  readonly kind: DutyKind;
  readonly actionNo: number;
  readonly tries: number;
  readonly claim: Uint8Array | null;
}
