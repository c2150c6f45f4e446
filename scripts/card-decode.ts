/**
 * `npm run card:decode FILE`: a captured answer of a card reader to a read, in hex (spaces and line ends where
 * you like), as JSON. A damaged frame, or one that is no answer to a read, ends with exit code 1 and says what
 * is wrong and where. What it prints is somebody's card: keep it to yourself.
 */
import { readFileSync } from 'node:fs';
import { reportCapture } from '../drivers/reader/card-report.ts';

process.exitCode = decode(process.argv[2]);

function decode(file: string | undefined): number {
  if (file === undefined) return fail('usage: npm run card:decode FILE');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const report = reportCapture(text);
  if (!report.ok) {
    const { what, unit, offset, expected, found } = report.error;
    return fail(`${what} at ${unit} ${offset}: expected ${expected}, found ${found}`);
  }
  console.log(JSON.stringify(report.value, null, 2));
  return 0;
}

function fail(words: string): number {
  console.error(words);
  return 1;
}
