import type { CommandName } from './commands.ts';
import type { ReaderState } from './reader-machine.ts';

/** Every delay of the reader session, in milliseconds. */
export const READER_DELAYS = {
  /** How long a state waits before its next attempt; the others always wait for an answer. */
  dueMs: {
    closed: 1_000,
    checking: 1_000,
    unfit: 2_000,
    // Readers ask not to be polled more often than this (domain.md A.6).
    searching: 300,
    holding: 300,
    troubled: 300,
  } satisfies Partial<Record<ReaderState, number>> as Partial<Record<ReaderState, number>>,
  /** How long an answer may take to begin. */
  answerMs: {
    reset: 1_000,
    status: 1_000,
    find: 600,
    select: 1_000,
    read: 2_000,
    'read-with-fingerprint': 3_000,
    'read-address': 1_000,
    'read-body-numbers': 1_000,
    'sam-id': 1_000,
    'speed-115200': 1_000,
    'speed-57600': 1_000,
    'speed-38400': 1_000,
    'speed-19200': 1_000,
    'speed-9600': 1_000,
    'max-rf-bytes': 1_000,
  } satisfies Record<CommandName, number>,
  /** How long a begun answer may pause: longer, and the rest will not come. */
  gapMs: 250,
  /** After a spoilt answer, how long the line may keep talking before it is asked again all the same. */
  noiseMs: 1_000,
  /** For so long after a sign of noise what a card says counts only when it comes twice alike. */
  doubtMs: 60_000,
} as const;

/** After so many requests in a row without a sound answer, the session gives up on what it was doing. */
export const MAX_STRIKES = 3;

/** After so many failures in a row the added address is not asked for until the port is opened anew. */
export const MAX_ADDRESS_MISSES = 3;
