import { findBadFocusOrder } from './checks/focus-order.ts';
import { findGround, type Ground } from './checks/ground.ts';
import { findBadLetters } from './checks/letters.ts';
import { findBadLines } from './checks/lines.ts';
import { findLost } from './checks/lost.ts';
import { findBadFoot, findBadTargets } from './checks/targets.ts';

/** Loses somebody what is there: words cut off or out of reach, keys nobody hits. */
const OF_LOSS = [findBadLetters, findBadTargets, findBadFocusOrder, findBadFoot, findLost];

/**
 * What is wrong with the page as it stands, in words; by the cabinet's screen, where sizes are millimetres. The
 * screenshot test calls it.
 */
export function measure(): string[] {
  return run([...OF_LOSS, findBadLines]);
}

/** What is lost of it, in words: where words stand otherwise than they were set, their lines end where they will. */
export function measureLoss(): string[] {
  return run(OF_LOSS);
}

function run(checks: readonly ((ground: Ground) => readonly string[])[]): string[] {
  const ground = findGround();
  if (ground === undefined) return ['there is no screen'];
  return [...new Set(checks.flatMap((check) => check(ground)))];
}
