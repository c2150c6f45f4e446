/** A platform whose cases go on to a case centre that a test can bend; nothing is carried out but by hand. */
import { toHex } from '../../../base/bytes.ts';
import { systemClock } from '../../../base/node/clock.ts';
import { systemRandom } from '../../../base/node/random.ts';
import { invariant } from '../../../base/result.ts';
import { type Act, actOnCase } from '../../cases/act.ts';
import { flushOutbox, type Outbox } from '../../feed/outbox.ts';
import { DONGCUN, type TestHost } from '../../testing/test-platform.ts';
import { enrolTerminal, filedCase, nodeFetch, openProgress } from '../../testing/test-terminal.ts';
import type { CaseCentre } from '../case-centre.ts';
import { createTurns } from '../connector.ts';
import { httpCentre } from '../http-centre.ts';
import type { Taken } from '../sample/book.ts';
import type { Fault } from '../sample/faults.ts';
import { type CentreCall, startSampleCentre } from '../sample/sample-centre.ts';

/** Short, so that tests of late answers are quick; a late one takes longer. */
export const CALL_TIMEOUT_MS = 150;
export const LATE_MS = 250;
/** What the centre promises, by the test's clock. */
export const SETTLE_MS = 60_000;
/** By the test's clock: longer than any claim stands and any wait lasts. */
export const LONG_MS = 400_000;

const KEY = 'key of a test';

export type CentreBench = Awaited<ReturnType<typeof openBench>>;
export type FiledCase = ReturnType<typeof filedCase>;

/** Opens one; `stop` lets go of the centre. */
export async function openBench(host: TestHost) {
  const faults: (Fault['kind'] | null)[] = [];
  const asked: CentreCall[] = [];
  /** Something was sent that arrives only later, by the real clock. */
  let isUnderway = false;
  const centre = await startSampleCentre({
    ...{ clock: systemClock, random: systemRandom, disk: null, key: KEY, delayMs: 0 },
    nextFault(call) {
      asked.push(call);
      const kind = faults.shift() ?? null;
      isUnderway ||= kind === 'arrives-late';
      return kind && { kind, lateMs: LATE_MS };
    },
  });
  const matters = {
    findCode: ({ kind, no }: { kind: string; no: number }) => (kind === 'apply' ? `m${no}` : undefined),
  };
  const test = await host.start({ centre: { matters, port: null } });
  const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
  const port = centreAt(centre.url);
  const { context } = test.platform;

  async function file(fields: Record<string, unknown> = {}): Promise<FiledCase> {
    const filed = filedCase(DONGCUN, fields);
    const { outcomes } = await terminal.offer([terminal.entry(filed.content)]);
    invariant(outcomes[0] === 0, 'the case is held');
    return filed;
  }

  /** What staff, or an entry, do to a case; answers whether it could be done. */
  async function act(filed: FiledCase, action: Act['action']): Promise<boolean> {
    const outbox: Outbox = [];
    return context.store.transaction(async (tx) => {
      const done = await actOnCase(
        tx,
        context,
        {
          ...{ caseId: filed.caseId, action, words: '样例', provinceNumber: null, staffId: null },
          ...{ entryId: null, actionKey: toHex(systemRandom.bytes(8)), seenActionCount: null },
        },
        outbox,
      );
      await flushOutbox(tx, outbox, context.clock.wallMs());
      return done.ok;
    });
  }

  /** Everything the person was told of their case. */
  async function toldOf(filed: FiledCase) {
    const told = [];
    let after: Uint8Array | undefined;
    for (;;) {
      const page = await terminal.feed(after);
      if (page.items.length === 0) return told;
      told.push(...openProgress(filed, page.items));
      after = page.next;
    }
  }

  /** What is under way arrives before time is let pass: no centre keeps a call for longer than it says. */
  async function arrivals(): Promise<void> {
    if (isUnderway) await new Promise<void>((resolve) => systemClock.after(LATE_MS + 10, resolve));
    isUnderway = false;
  }

  /** Turns until nothing is owed, letting time pass; answers how often it let time pass. */
  async function settle(turn = createTurns(context, port), mostPauses = 40): Promise<number> {
    for (let pauses = 0; pauses <= mostPauses; pauses++) {
      while ((await turn()) === 'worked');
      if ((await owed()) === 0) return pauses;
      await arrivals();
      test.clock.advance(LONG_MS);
    }
    throw new Error(`still owed after ${mostPauses} pauses`);
  }

  async function owed(): Promise<number> {
    const rows = await context.store.db
      .selectFrom('centreDuties')
      .select('kind')
      .where('doneMs', 'is', null)
      .where('refusal', 'is', null)
      .execute();
    return rows.length;
  }

  return {
    ...{ test, terminal, context, centre, port, asked, file, act, toldOf, settle, owed },
    /** The next calls go wrong like this, in order; `null` is a good one. */
    failNext: (...kinds: (Fault['kind'] | null)[]) => void faults.push(...kinds),
    calm: () => void faults.splice(0),
    taken: (filed: FiledCase): readonly Taken[] => centre.book.of(toHex(filed.caseId)),
    duties: () => context.store.db.selectFrom('centreDuties').selectAll().execute(),
    stop: () => centre.stop(),
  };
}

/** The real adapter, in a hurry. */
export function centreAt(url: string, key: string = KEY): CaseCentre {
  return httpCentre({
    ...{ fetch: nodeFetch, url, appId: 'test', key },
    ...{ callTimeoutMs: CALL_TIMEOUT_MS, settleMs: SETTLE_MS },
  });
}
