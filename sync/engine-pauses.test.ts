import { afterEach, describe, expect, it } from 'vitest';
import { createCrypto } from '../base/crypto/self-test.ts';
import { SAMPLE_MS } from './formats/sample.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createRig, type Rig } from './testing/rig.ts';

const crypto = createCrypto();
const HOUR = 3_600_000;

let rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs) await rig.engine.stop();
  rigs = [];
});

function started(arrange: (rig: Rig) => void = () => {}): Rig {
  const rig = createRig(crypto, createHandClock(SAMPLE_MS - 3 * HOUR));
  rigs.push(rig);
  arrange(rig);
  rig.engine.start();
  return rig;
}

const count = (rig: Rig, name: string) => rig.platform.seen.filter((seen) => seen === name).length;

describe('a pause that the platform asks for', () => {
  it.each([
    [429, 'slow-down', 120, 120_000, 150_000],
    [503, 'busy', 30, 30_000, 37_500],
    [503, 'busy', 86_400, 300_000, 300_000],
  ] as const)(
    'of %i %s, %i s, is waited out within the cap; nothing but a person ends it',
    async (status, code, retryAfterS, least, most) => {
      const rig = started(({ platform, keep }) => {
        platform.knobs.refuse = (name) => (name === 'entries' ? [status, code, retryAfterS] : undefined);
        keep(1);
      });
      await rig.pass(2_000);
      const waits = () =>
        rig.events.flatMap((event) =>
          event.kind === 'trouble' && event.loop === 'up' ? [event.waitMs] : [],
        );
      expect(waits()).toHaveLength(1);
      expect(waits()[0]).toBeGreaterThanOrEqual(least);
      expect(waits()[0]).toBeLessThanOrEqual(most);
      const asked = count(rig, 'entries');
      for (const nudge of ['new-entry', 'network-up', 'new-entry'] as const) {
        await rig.pass(6_000);
        rig.keep(1);
        rig.engine.nudge(nudge);
        await rig.pass(1_000);
      }
      expect(count(rig, 'entries')).toBe(asked);
      rig.platform.knobs.refuse = undefined;
      rig.engine.nudge('by-hand');
      await rig.pass(1_000);
      expect(rig.engine.status()).toMatchObject({ failures: 0, owed: { waiting: 0 } });
    },
  );

  it('is over by itself', async () => {
    const rig = started(({ platform, keep }) => {
      platform.knobs.refuse = (name) => (name === 'entries' ? [429, 'slow-down', 60] : undefined);
      keep(1);
    });
    await rig.pass(2_000);
    rig.platform.knobs.refuse = undefined;
    await rig.pass(80_000);
    expect(rig.engine.status().owed.waiting).toBe(0);
  });
});
