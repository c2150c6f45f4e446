import type { Cancel, Clock } from '../base/clock.ts';

/** How a driver shows that it lives. */
export interface LifeSigns {
  alive(): void;
  /** The same function, each call of which is a sign of life; it does nothing for a driver already replaced. */
  own<A extends readonly unknown[]>(tell: (...told: A) => void): (...told: A) => void;
}

/** A driver under watch. */
export interface Watched<D> {
  /** The one that drives now. */
  current(): D;
  stop(): void;
}

/**
 * Starts a driver and watches it: one that shows no sign of life for `limitMs` is stopped, which closes its line,
 * and another is started in its place. `limitMs` must be well above the longest pause of a driver that is well.
 */
export function watchDriver<D extends { stop(): void }>(options: {
  readonly clock: Clock;
  readonly limitMs: number;
  start(signs: LifeSigns): D;
  /** It hung; the next one is about to start. */
  onHang(): void;
}): Watched<D> {
  let generation = 0;
  let cancel: Cancel = () => undefined;
  let driver = start();

  function start(): D {
    const mine = generation;
    const alive = () => {
      if (mine !== generation) return;
      cancel();
      cancel = options.clock.after(options.limitMs, restart);
    };
    alive();
    return options.start({
      alive,
      own:
        (tell) =>
        (...told) => {
          alive();
          if (mine === generation) tell(...told);
        },
    });
  }

  function restart(): void {
    generation += 1;
    driver.stop();
    options.onHang();
    driver = start();
  }

  return {
    current: () => driver,
    stop() {
      generation += 1;
      cancel();
      driver.stop();
    },
  };
}
