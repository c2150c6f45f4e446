/** Name and version of this release, as headers of entries say it. */
export const SOFTWARE = 'yizhan/0.6.0';

/** When this release was made: time has reached at least this (law 9). */
export const BUILT_AT_MS = 1_795_305_600_000;
