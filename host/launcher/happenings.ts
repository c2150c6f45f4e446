/** What happens, one after the other: whoever reads them is never in two places at once. */
export interface Happenings<T> {
  add(happening: T): void;
  /** The oldest that was not read yet; waits for one. */
  next(): Promise<T>;
}

/** An empty line of happenings. */
export function createHappenings<T>(): Happenings<T> {
  const waiting: T[] = [];
  let wake = () => {};
  return {
    add(happening) {
      waiting.push(happening);
      wake();
    },
    async next() {
      while (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return waiting.shift() as T;
    },
  };
}
