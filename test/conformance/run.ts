/**
 * `npm run conformance -- --url URL --code CODE --code CODE`: tells a province whether its own gateway keeps
 * docs/protocol.md. It enrols two terminals with two fresh codes and leaves a few dozen audit entries behind,
 * so it is for a gateway on trial. Ends with 0 when every promise is kept.
 */
import { parseArgs } from 'node:util';
import { enrolTerminal } from '../../platform/testing/test-terminal.ts';
import { parseEnrolmentCode } from '../../sync/formats/enrolment.ts';
import { ALL_CHECKS } from './all-checks.ts';
import { type Finding, runChecks, type Subject } from './check.ts';

const USAGE =
  'npm run conformance -- --url https://… --code YZ1|… --code YZ1|… [--booking MATTER/QUESTION/SERVICE] [--paying MATTER/BILLER/ACCOUNT]';
const print = (line: string) => process.stdout.write(`${line}\n`);

function stop(words: string): never {
  process.stderr.write(`${words}\n\n${USAGE}\n`);
  process.exit(64);
}

interface Arguments extends Pick<Subject, 'booking' | 'paying'> {
  readonly url: string;
  readonly codes: readonly [string, string];
}

/** The three parts of what was named; nothing where nothing was. */
function findParts(option: string, words: string | undefined): [string, string, string] | undefined {
  const [matter, second, third, ...more] = words?.split('/') ?? [];
  if (words === undefined) return undefined;
  if (!matter || !second || !third || more.length > 0) stop(`--${option} has three parts: a/b/c.`);
  return [matter, second, third];
}

function readArguments(): Arguments {
  const options = {
    url: { type: 'string' },
    code: { type: 'string', multiple: true },
    booking: { type: 'string' },
    paying: { type: 'string' },
  } as const;
  const { url, code = [], ...named } = parseArgs({ options }).values;
  const [first, second] = code;
  if (url === undefined) stop('--url names the gateway.');
  if (first === undefined || second === undefined)
    stop('Two fresh enrolment codes are needed, one a terminal.');
  for (const one of [first, second]) {
    const parsed = parseEnrolmentCode(one);
    if (!parsed.ok) stop('A code cannot be read: it should begin with YZ1|.');
    if (parsed.value.origin !== new URL(url).origin)
      stop(`A code is for ${parsed.value.origin}, not for ${url}.`);
  }
  const booking = findParts('booking', named.booking);
  const paying = findParts('paying', named.paying);
  return {
    ...{ url, codes: [first, second] },
    booking: booking ? { matter: booking[0], question: booking[1], service: booking[2] } : null,
    paying: paying ? { matter: paying[0], biller: paying[1], account: paying[2] } : null,
  };
}

function say({ check, seen, skipped }: Finding): void {
  const mark = skipped !== null ? '–' : seen === null ? '✓' : '✗';
  print(`${mark} §${check.section} ${check.promise}`);
  const words = skipped === null ? seen : `not tried: ${skipped}`;
  if (words !== null) print(`    ${words}`);
}

const { url, codes, booking, paying } = readArguments();
const terminal = await enrolTerminal(codes[0]);
const other = await enrolTerminal(codes[1]);
const subject = { terminal, other, usedCode: codes[0], booking, paying };
const findings = await runChecks(ALL_CHECKS, subject, say);
const tried = findings.filter(({ skipped }) => skipped === null);
const kept = tried.filter(({ seen }) => seen === null).length;
const rest = findings.length - tried.length;
print(`\n${kept} of ${tried.length} promises kept by ${url}${rest > 0 ? `, ${rest} not tried` : ''}`);
process.exit(kept === tried.length ? 0 : 1);
