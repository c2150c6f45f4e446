import { findBadFocusOrder } from './checks/focus-order.ts';
import { findGround } from './checks/ground.ts';
import { findBadLetters } from './checks/letters.ts';
import { findBadLines } from './checks/lines.ts';
import { findLost } from './checks/lost.ts';
import { findBadFoot, findBadTargets } from './checks/targets.ts';

const CHECKS = [findBadLetters, findBadLines, findBadTargets, findBadFocusOrder, findBadFoot, findLost];

/**
 * What is wrong with the page as it stands, in words; by the cabinet's screen, where sizes are millimetres. The
 * screenshot test calls it.
 */
export function measure(): string[] {
  const ground = findGround();
  if (ground === undefined) return ['there is no screen'];
  return [...new Set(CHECKS.flatMap((check) => check(ground)))];
}
