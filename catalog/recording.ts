/** What one recording of spoken words may be. */

/** Its media type: Opus in WebM, as browsers record it. */
export const RECORDING_TYPE = 'audio/webm';

/** A minute at {@link RECORDING_BITS_PER_SECOND} is 180,000 bytes; what is far above was not recorded by our screen. */
export const RECORDING_LIMITS = { maxBytes: 400_000, maxSeconds: 60 } as const;

/** What the screen asks its browser for: speech stays clear, and a minute goes over a thin line. */
export const RECORDING_BITS_PER_SECOND = 24_000;

/** A recorder stops a moment after it was told to. */
export const RECORDING_SLACK_SECONDS = 2;
