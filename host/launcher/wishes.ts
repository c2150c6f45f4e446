/** What the running version wants of the launcher: `wish.json`. */
import type { Files } from './files.ts';
import { findRecord, isCount, isSha256 } from './manifest.ts';
import type { VersionRef } from './states.ts';

const WISH = 'wish.json';
const MOST_ID_LENGTH = 100;

/** To check what lies in the other folder, or to begin the trial of what was staged. */
export interface ChangeWish {
  /** Given back with the answer. */
  readonly id: string;
  readonly wish: 'stage' | 'switch';
  readonly version: VersionRef;
  /** Whether a signed order asks for it: a lower version, or one that failed before. */
  readonly byOrder: boolean;
}

/**
 * What the running version wants; `restart`: to be ended in order and started again, with all below it; `call-off`: not to
 * be ended for the switch of this `id`.
 */
export type Wish =
  | ChangeWish
  | { readonly id: string; readonly wish: 'restart' }
  | { readonly id: string; readonly wish: 'call-off' };

/** Takes the wish that waits; `malformed` for one that cannot be read; `undefined` for none. */
export function takeWish(files: Files): Wish | 'malformed' | undefined {
  const bytes = files.take(WISH);
  return bytes && readWish(bytes);
}

/** Whether the switch of this `id` is called off by what waits, which is then taken; another wish waits on. */
export function takeCallOff(files: Files, id: string): boolean {
  const bytes = files.read(WISH);
  const wish = bytes && readWish(bytes);
  if (wish === undefined || wish === 'malformed' || wish.wish !== 'call-off' || wish.id !== id) return false;
  files.take(WISH);
  return true;
}

function readWish(bytes: Uint8Array): Wish | 'malformed' {
  const said = findRecord(bytes);
  const { id, wish, version, manifest, byOrder = false } = said ?? {};
  if (typeof id !== 'string' || id.length > MOST_ID_LENGTH) return 'malformed';
  if (said?.v !== 1) return 'malformed';
  if (wish === 'restart' || wish === 'call-off') return { id, wish };
  if (wish !== 'stage' && wish !== 'switch') return 'malformed';
  if (!isCount(version) || !isSha256(manifest) || typeof byOrder !== 'boolean') return 'malformed';
  return { id, wish, version: { version, manifest }, byOrder };
}
