/**
 * `npm run updates`: a release walked from its signers to a machine with everything as it ships: the bundled programs and
 * launcher with its own patience, screens drawn by a Chromium that the host keeps, a platform's gateway. It is kept; the
 * power goes in the middle of the trial; a release that fails its health check goes back by itself and stays back; one
 * that breaks after it was kept is left for the one before; the whole machine is restarted by order. Ends with 0 when all
 * of it came about. Build first (`npm run build`).
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSoftwareFiles } from '../../../scripts/software-files.ts';
import { beginWalk, layFiles, type Walked } from './walk.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const MACHINE = `${process.platform}-${process.arch}`;
const PROGRAM = 'dist/programs/terminal.js';
/** Trials last half a minute and reports come a minute after a start; machines that build this may be slow. */
const LONG_MS = 300_000;

/** Ends by itself soon after each start, once it is no longer on trial. */
const SOURS = `
import { readFileSync as readNow } from 'node:fs';
setInterval(() => {
  const { phase, running } = JSON.parse(readNow(process.env.YIZHAN_SOFTWARE + '/status.json', 'utf8'));
  if (phase === 'steady' && running.name === 'sours' && process.uptime() > 5) process.exit(70);
}, 500);
`;

/** Everything that ships but clips of the voice, of which there are thousands. */
const shipped = readSoftwareFiles(ROOT, MACHINE).filter(({ path }) => !path.endsWith('.opus'));

const walked = await beginWalk({
  ...{ form: 'bundle', architecture: MACHINE, chromium: process.env.YIZHAN_CHROMIUM ?? '/usr/bin/chromium' },
  launcher: (software) => [join(ROOT, 'dist/programs/launcher.js'), '--software', software],
  files(folder, release) {
    layFiles(folder, shipped);
    const program = join(folder, PROGRAM);
    writeFileSync(
      program,
      `${readFileSync(program, 'utf8')}\n// ${release}\n${release === 'sours' ? SOURS : ''}`,
    );
    // No matter of it can be read: the visit that nobody makes gets stuck.
    if (release === 'bad') for (const name of mattersIn(folder)) writeFileSync(name, 'id: [');
    return 'dist/programs/host.js';
  },
});
try {
  await walk(walked);
} finally {
  await walked.end();
}

async function walk({ machine, offer, reported, rolloutState, restartAll, hashIn }: Walked): Promise<void> {
  machine.start();
  await machine.until(({ running }) => running.version === 1, LONG_MS);
  await machine.isUp();
  say('the first release runs');

  await offer('second', 2);
  await machine.until(({ phase }) => phase === 'trial', LONG_MS);
  await sleep(5_000);
  await machine.cutPower();
  machine.start();
  await machine.until(({ last }) => last?.outcome === 'committed', LONG_MS);
  say('the second is kept, though the power went in its trial');
  const second = await reported('committed', LONG_MS);
  same(second.release, { number: 2, manifest: hashIn('b', 'manifest.json') });
  same(second.software.hash, hashIn('b', PROGRAM));
  say('and reported, with the hash of its program');

  const before = machine.starts();
  same([await restartAll(LONG_MS), machine.starts()], ['done', before + 1]);
  say('the whole machine was restarted by order, once, and answered after');

  await offer('bad', 3);
  await machine.until(({ last }) => last?.outcome === 'ill', LONG_MS);
  const third = await reported('ill', LONG_MS);
  same([third.release?.number, third.update?.version], [2, '3']);
  same(await rolloutState(), 'stopped');
  say(
    'the third failed its health check: the second runs again, it is reported, and the roll-out has stopped',
  );

  await offer('sours', 4);
  await machine.until(({ last }) => last?.version === 4 && last.outcome === 'committed', LONG_MS);
  await machine.until(({ last }) => last?.outcome === 'crashed-later', LONG_MS);
  const fourth = await reported('crashed-later', LONG_MS);
  same([fourth.release?.number, fourth.update?.version], [2, '4']);
  same(await rolloutState(), 'stopped');
  say('the fourth was kept and kept ending: the second runs again, and that is reported too');
}

function say(what: string): void {
  process.stdout.write(`✓ ${what}\n`);
}

function same(found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
}

function mattersIn(folder: string): readonly string[] {
  return readdirSync(join(folder, 'catalog'), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.yaml'))
    .map(({ parentPath, name }) => join(parentPath, name));
}
