/** A request as endpoints see it, and the tools all of them share. */
import type { Disk } from '../../base/disk.ts';
import type { Broker } from '../broker/broker.ts';
import type { PlatformContext } from '../context.ts';
import type { Gone } from '../gone.ts';
import type { Holder } from '../intake/holder.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Turns } from '../limits/turns.ts';
import type { Sender } from '../terminals/authenticate.ts';
import type { Counters } from '../terminals/counters.ts';
import type { Answer } from './answer.ts';
import type { OwnAnswers } from './own-answers.ts';

/** A request that may be anyone's. */
export interface OpenCall {
  readonly content: Uint8Array;
  readonly query: unknown;
  readonly params: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Who asks, as far as rates go. */
  readonly remote: string;
}

/** A request of an enrolled terminal, proved by its signature. */
export interface TerminalCall extends OpenCall, Sender {
  /** Aborted when the terminal hangs up or the platform stops. */
  readonly signal: Gone;
}

/** The platform's context, and the gateway's own limits. */
export interface GatewayContext extends PlatformContext {
  /** Of requests, against replay. */
  readonly counters: Counters;
  /** Of batches, by their entries: intake serves so many at once. */
  readonly turns: Turns;
  /** Of batches that were judged, into the database. */
  readonly holder: Holder;
  readonly limits: {
    readonly enrol: Limiter;
    readonly keySets: Limiter;
    /** All requests of one terminal. */
    readonly calls: Limiter;
    readonly slipsByTerminal: Limiter;
    readonly slipsByNumber: Limiter;
    readonly releases: Limiter;
    readonly queriesByTerminal: Limiter;
    /** What the platform answers itself. */
    readonly ownByTerminal: Limiter;
  };
  /** How long a terminal waits before it offers again what could not be judged yet, in seconds. */
  readonly laterS: number;
  /** To the next report of a machine, in seconds. */
  readonly reportEveryS: number;
  /** Answers queries of shared data; null where there is none. */
  readonly broker: Broker | null;
  /** What the platform answers itself. */
  readonly own: OwnAnswers;
  /** Repositories of signed releases, a folder each channel; null where there are none. */
  readonly releases: Disk | null;
}

export type OpenEndpoint = (context: GatewayContext, call: OpenCall) => Promise<Answer>;
export type TerminalEndpoint = (context: GatewayContext, call: TerminalCall) => Promise<Answer>;
