/** What is owed to somebody outside is told one at a time, again and again until it is known what became of it. */
import { sleep } from '../base/clock.ts';
import { faultFields } from '../base/log.ts';
import type { PlatformContext } from './context.ts';

/** What came of one turn. */
export type Turn = 'worked' | 'nothing-due' | 'away';

const LOOK_EVERY_MS = 1_000;
/** The wait before the second try; it doubles. */
const FIRST_WAIT_MS = 5_000;
/** No wait is longer: where one seems to be, the clock was set back meanwhile. */
export const LONGEST_WAIT_MS = 3_600_000;

/** How long after so many tries the next one is. */
export function waitAfterTries(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 20));
}

/** Takes turns for as long as the platform runs; `program` is what the log calls it. */
export function keepTelling(
  { clock, log }: Pick<PlatformContext, 'clock' | 'log'>,
  program: string,
  turn: () => Promise<Turn>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const came = await turn().catch((error: unknown) => {
        log('program.fault', { program, ...faultFields(error) });
        return 'nothing-due' as const;
      });
      if (came !== 'worked') await sleep(clock, LOOK_EVERY_MS, stopping.signal);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
