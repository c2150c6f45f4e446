/** A microphone for the gallery, which hears a sample loudness. */
import { err, ok } from '../../../base/result.ts';
import type { Microphones } from '../browser/microphones.ts';

/** How the gallery's microphone is doing in a view: well, unless its name says otherwise. */
export function microphonesOf(name: string): Microphones {
  const trouble = (['missing', 'blocked', 'failed'] as const).find((one) => name.endsWith(`voice-${one}`));
  return {
    report: async () => ({ state: 'ready' }),
    onChange: () => () => undefined,
    record: async () =>
      trouble === undefined
        ? ok({
            level: () => 0.6,
            stop: async () => Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3),
            drop: () => undefined,
          })
        : err(trouble),
    play: () => () => undefined,
  };
}
