import type { CDPSession, Page } from '@playwright/test';

/** Fingers on the glass, as the browser is told of them by the glass itself. */
export interface Fingers {
  /** Fingers laid down at once move along straight lines, and are lifted. */
  move(from: readonly Point[], to: readonly Point[]): Promise<void>;
  /** One finger stays where it is. */
  rests(at: Point, restMs: number): Promise<void>;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

const STEPS = 6;

/** Fingers for a page. */
export async function fingersOn(page: Page): Promise<Fingers> {
  const glass: CDPSession = await page.context().newCDPSession(page);
  await glass.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 10 });
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
    glass.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(({ x, y }, id) => ({ x, y, id })),
    });
  return {
    async move(from, to) {
      await touch('touchStart', from);
      for (let step = 1; step <= STEPS; step += 1) {
        const along = (a: number, b: number) => a + ((b - a) * step) / STEPS;
        await touch(
          'touchMove',
          from.map((point, index) => {
            const end = to[index] ?? point;
            return { x: along(point.x, end.x), y: along(point.y, end.y) };
          }),
        );
      }
      await touch('touchEnd', []);
    },
    async rests(at, restMs) {
      await touch('touchStart', [at]);
      await page.waitForTimeout(restMs);
      await touch('touchEnd', []);
    },
  };
}
