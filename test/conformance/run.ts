/**
 * `npm run conformance -- --url URL --code CODE --code CODE`: tells a province whether its own gateway keeps
 * docs/protocol.md. It enrols two terminals with two fresh codes and leaves a few dozen audit entries behind,
 * so it is for a gateway on trial. Ends with 0 when every promise is kept.
 */
import { parseArgs } from 'node:util';
import { enrolTerminal } from '../../platform/testing/test-terminal.ts';
import { parseEnrolmentCode } from '../../sync/formats/enrolment.ts';
import { ALL_CHECKS } from './all-checks.ts';
import { type Finding, runChecks } from './check.ts';

const USAGE = 'npm run conformance -- --url https://… --code YZ1|… --code YZ1|…';
const print = (line: string) => process.stdout.write(`${line}\n`);

function stop(words: string): never {
  process.stderr.write(`${words}\n\n${USAGE}\n`);
  process.exit(64);
}

function readArguments(): { readonly url: string; readonly codes: readonly [string, string] } {
  const options = { url: { type: 'string' }, code: { type: 'string', multiple: true } } as const;
  const { url, code = [] } = parseArgs({ options }).values;
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
  return { url, codes: [first, second] };
}

function say({ check, seen }: Finding): void {
  print(`${seen === null ? '✓' : '✗'} §${check.section} ${check.promise}`);
  if (seen !== null) print(`    ${seen}`);
}

const { url, codes } = readArguments();
const terminal = await enrolTerminal(codes[0]);
const other = await enrolTerminal(codes[1]);
const findings = await runChecks(ALL_CHECKS, { terminal, other, usedCode: codes[0] }, say);
const kept = findings.filter(({ seen }) => seen === null).length;
print(`\n${kept} of ${findings.length} promises kept by ${url}`);
process.exit(kept === findings.length ? 0 : 1);
