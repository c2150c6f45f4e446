import type { Random } from '../../../base/random.ts';

/** The browser's source of chance. */
export const browserRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** An id nobody has used. */
export function newId(): string {
  return crypto.randomUUID();
}
