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
  /** Stops it and starts another in its place, as a person asks for. */
  restart(): void;
  stop(): void;
}

/**
 * Starts a driver and watches it: one that shows no sign of life for `limitMs` is stopped, which closes its line,
 * and another is started in its place. `limitMs` must be well above the longest pause of a driver that is well;
 * null where silence says nothing of a driver.
 */
export function watchDriver<D extends { stop(): void }>(options: {
  readonly clock: Clock;
  readonly limitMs: number | null;
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
      if (mine !== generation || options.limitMs === null) return;
      cancel();
      cancel = options.clock.after(options.limitMs, () => replace(options.onHang));
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

  function replace(before: () => void): void {
    generation += 1;
    cancel();
    driver.stop();
    before();
    driver = start();
  }

  return {
    current: () => driver,
    restart: () => replace(() => {}),
    stop() {
      generation += 1;
      cancel();
      driver.stop();
    },
  };
}
