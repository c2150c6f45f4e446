/** What the launcher tells whoever asks: `status.json`. It decides nothing: the state does. */
import type { Files } from './files.ts';
import type { Misfit } from './fit.ts';
import { LAUNCHER_GENERATION } from './manifest.ts';
import { runningSlot, type State } from './states.ts';
import type { Version } from './whole.ts';

/** Why a wish was not followed. */
export type WishRefusal =
  | Misfit
  | 'malformed'
  | 'trial'
  | 'not-there'
  | 'damaged'
  | 'older'
  | 'refused'
  | 'not-staged'
  | 'called-off'
  | 'disk';

/** What became of the last wish. */
export type Answer =
  | { readonly id: string; readonly ok: true }
  | { readonly id: string; readonly ok: false; readonly why: WishRefusal };

/** Writes the status; a disk that cannot take it is told again at the next change. */
export function writeStatus(
  files: Files,
  state: State,
  running: Version | undefined,
  answer: Answer | null,
): void {
  const { phase, refused, last } = state;
  const status = {
    ...{ v: 1, launcher: LAUNCHER_GENERATION, phase },
    running: {
      slot: runningSlot(state),
      version: running?.version ?? null,
      manifest: running?.manifest ?? null,
      name: running?.said.name ?? null,
    },
    staged: state.phase === 'staged' ? state.next : null,
    ...{ refused, last, answer },
  };
  files.writeDurably('status.json', new TextEncoder().encode(`${JSON.stringify(status)}\n`));
}
