import { readFileSync } from 'node:fs';
import { loadCabinet, unreadableCabinet } from '../drivers/cabinets/load.ts';

/**
 * What is wrong with a cabinet file, a line each: file, line, what, why. The terminal starts all the same, without
 * the devices that are not described soundly.
 */
export function cabinetComplaints(path: string): readonly string[] {
  return readCabinet(path).problems.map(({ line, path: where, words }) => {
    const what = where === '' ? 'the file' : where;
    return `${path}:${line}: ${what} ${words} — left out`;
  });
}

function readCabinet(path: string) {
  try {
    return loadCabinet(readFileSync(path, 'utf8'));
  } catch {
    return unreadableCabinet();
  }
}
