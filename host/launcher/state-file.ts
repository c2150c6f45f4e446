/**
 * The state on disk: two copies, each one line of JSON with a counter and the SHA-256 of the line behind it, written one
 * after the other. Of two that are whole the higher counter counts: a torn write leaves the state before, a hurt copy
 * leaves the other.
 */
import { createHash } from 'node:crypto';
import type { Files } from './files.ts';
import { findRecord, isCount, isRecord, isSha256 } from './manifest.ts';
import { FAILURES, type Failure, type Refused, type State, type VersionRef } from './states.ts';

const COPIES = ['state/0', 'state/1'] as const;

/** A state with its number. */
export interface Numbered {
  readonly counter: number;
  readonly state: State;
}

/** The newest copy that is whole, or `undefined`. */
export function findState(files: Files): Numbered | undefined {
  const copies = COPIES.flatMap((path) => decodeState(files.read(path)) ?? []);
  return copies.sort((one, other) => other.counter - one.counter)[0];
}

/** Writes both copies. False when not even the first could be written: then the state before still stands. */
export function writeState(files: Files, numbered: Numbered): boolean {
  const bytes = encodeState(numbered);
  const written = COPIES.map((path) => files.writeDurably(path, bytes));
  return written.some((ok) => ok);
}

/** The bytes of a copy. */
export function encodeState(numbered: Numbered): Uint8Array {
  const line = JSON.stringify({ v: 1, ...numbered });
  return new TextEncoder().encode(`${line}\n${sha256(line)}\n`);
}

/** The state in a copy, or `undefined` when it is not whole. */
export function decodeState(bytes: Uint8Array | undefined): Numbered | undefined {
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  const [line = '', check, rest] = text.split('\n');
  if (check !== sha256(line) || rest !== '') return undefined;
  const said = findRecord(new TextEncoder().encode(line));
  const state = said?.v === 1 ? findStateIn(said.state) : undefined;
  return state && isCount(said?.counter) ? { counter: said.counter, state } : undefined;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function findStateIn(said: unknown): State | undefined {
  if (!isRecord(said)) return undefined;
  // A launcher of before knew neither of these two.
  const { phase, on, refused, last, next, attempt, before = null, stumbles = 0 } = said;
  if (on !== 'a' && on !== 'b') return undefined;
  if (!Array.isArray(refused) || !refused.every(isRefusedLine) || !isLast(last)) return undefined;
  if ((before !== null && !isVersion(before)) || !isCount(stumbles)) return undefined;
  const standing = { on, refused, before, stumbles, last } as const;
  if (phase === 'steady') return { ...standing, phase };
  if (!isVersion(next)) return undefined;
  if (phase === 'staged') return { ...standing, phase, next };
  return phase === 'trial' && isCount(attempt) ? { ...standing, phase, next, attempt } : undefined;
}

function isVersion(said: unknown): said is VersionRef {
  return isRecord(said) && isCount(said.version) && isSha256(said.manifest);
}

function isFailure(said: unknown): said is Failure {
  return FAILURES.some((failure) => failure === said);
}

function isRefusedLine(said: unknown): said is Refused {
  return isVersion(said) && 'why' in said && isFailure(said.why);
}

function isLast(said: unknown): said is State['last'] {
  if (said === null) return true;
  return isRecord(said) && isCount(said.version) && (said.outcome === 'committed' || isFailure(said.outcome));
}
