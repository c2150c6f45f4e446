/** What a conformance check is, and what it is given: two enrolled terminals and the gateway they talk to. */
import { AssertionError } from 'node:assert';
import { toHex } from '../../base/bytes.ts';
import type { TestTerminal } from '../../platform/testing/test-terminal.ts';

/** The gateway under test, as its terminals know it. */
export interface Subject {
  /** The terminal most checks speak as. */
  readonly terminal: TestTerminal;
  /** Another terminal of the same platform. */
  readonly other: TestTerminal;
  /** The code `terminal` was enrolled with: used up. */
  readonly usedCode: string;
  /** A matter of kind `book`, its question that asks for a time, and the service of that; null where none was named. */
  readonly booking: { readonly matter: string; readonly question: string; readonly service: string } | null;
  /** A matter of kind `pay`, its biller, and an account on which something is due; null where none was named. */
  readonly paying: { readonly matter: string; readonly biller: string; readonly account: string } | null;
}

/** One promise of docs/protocol.md, and how it is put to the test. */
export interface Check {
  /** The section of docs/protocol.md that says so. */
  readonly section: string;
  /** The promise, in a sentence. */
  readonly promise: string;
  /** Throws, saying what was seen instead, when the gateway does not keep it; {@link NotOffered} where it need not. */
  run(subject: Subject): Promise<void>;
}

/** Thrown by a check of something that a gateway may do without; the message says what. */
export class NotOffered extends Error {}

/** How a check ended; `seen` says what was found instead of what was promised. */
export interface Finding {
  readonly check: Check;
  readonly seen: string | null;
  /** Why it was not put to the test; null where it was. */
  readonly skipped: string | null;
}

/** Runs checks one after the other: they share terminals, and a gateway must bear one thing at a time first. */
export async function runChecks(
  checks: readonly Check[],
  subject: Subject,
  onFinding: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const finding = { check, ...(await tryOne(check, subject)) };
    findings.push(finding);
    onFinding(finding);
  }
  return findings;
}

async function tryOne(check: Check, subject: Subject): Promise<Omit<Finding, 'check'>> {
  try {
    await check.run(subject);
    return { seen: null, skipped: null };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return error instanceof NotOffered ? { seen: null, skipped: words } : { seen: words, skipped: null };
  }
}

/** Throws unless `seen` is `wanted`; byte strings are compared and shown in hex. */
export function expectSame(what: string, seen: unknown, wanted: unknown): void {
  const [a, b] = [show(seen), show(wanted)];
  if (a !== b) throw new AssertionError({ message: `${what}: expected ${b}, found ${a}` });
}

function show(value: unknown): string {
  const plain = (_key: string, one: unknown) => (one instanceof Uint8Array ? toHex(one) : one);
  return JSON.stringify(value, plain) ?? 'nothing';
}
