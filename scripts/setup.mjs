// Brings a bare machine to where everything runs: packages, the browser, a printer for the tests. Plain
// JavaScript for any Node from 20 on, since it runs before our own Node is there. Says what it does while it
// does it.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const wants = new Set(process.argv.slice(2));
const say = (text) => process.stdout.write(`\x1b[36m·\x1b[0m ${text}\n`);

/** Runs a command, shows its output only when it fails. */
function run(command, args, why) {
  say(why);
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (done.status === 0) return true;
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`);
  return false;
}

function fail(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

/** Packages are in place when the lock file they were installed from is the present one. */
function installPackages() {
  const stamp = join('node_modules', '.yizhan-lock');
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  if (
    !run('npm', ['ci', '--no-audit', '--no-fund'], 'installing packages (a minute or two the first time)')
  ) {
    fail('Packages could not be installed. Is the npm registry reachable?');
  }
  mkdirSync('node_modules', { recursive: true });
  writeFileSync(stamp, lock);
}

function has(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Debian packages, as root or through sudo; a clear line when neither is possible. */
function installDebian(packages, what) {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args];
    return [command, rest];
  };
  const update = apt('update', '-qq');
  const install = apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  if (
    !run(update[0], update[1], `asking Debian for ${what}`) ||
    !run(install[0], install[1], `installing ${what}`)
  ) {
    fail(`${what} could not be installed. By hand: apt-get install ${packages.join(' ')}`);
  }
}

function findChromium() {
  return ['chromium', 'chromium-browser', 'google-chrome'].find(has);
}

/** The A4 printer that tests print on, and the bus that it will not start without. */
function installPrinter() {
  // Debian keeps it where only root looks for commands.
  const isThere = has('ippeveprinter') || existsSync('/usr/sbin/ippeveprinter');
  const missing = [...(isThere ? [] : ['cups-ipp-utils']), ...(has('dbus-daemon') ? [] : ['dbus-daemon'])];
  if (missing.length > 0) installDebian(missing, 'a printer for the tests');
}

/** What draws printed papers, so that tests look at them as whoever gets one does. */
function installDrawing() {
  if (!has('gs')) installDebian(['ghostscript'], 'what draws papers for the tests');
}

/** A display with hands at it, so that tests strike keys as somebody at a cable would. */
function installDisplay() {
  const missing = [...(has('Xvfb') ? [] : ['xvfb']), ...(has('xdotool') ? [] : ['xdotool'])];
  if (missing.length > 0) installDebian(missing, 'a display for the tests');
}

/** What loads the firewall's rules, so that tests knock at its doors. */
function installFirewall() {
  if (!has('nft') && !existsSync('/usr/sbin/nft'))
    installDebian(['nftables', 'iproute2'], 'a firewall for the tests');
}

/** What speaks the clips of the voice and encodes them; only a build needs it, no kiosk. */
function installVoice() {
  const missing = [...(has('espeak-ng') ? [] : ['espeak-ng']), ...(has('opusenc') ? [] : ['opus-tools'])];
  if (missing.length > 0) installDebian(missing, 'a voice to build clips with');
}

/** The screens, built anew whenever a file they are made of is newer. */
function buildScreens() {
  const node = join('node_modules', '.bin', 'node');
  const done = spawnSync(node, ['scripts/build.ts', '--if-stale'], { stdio: 'inherit' });
  if (done.status !== 0) fail('The screens could not be built.');
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) fail(`Node 20 or newer is needed to begin with; this is ${process.version}.`);
installPackages();
const node = join('node_modules', '.bin', 'node');
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
if (!version.startsWith('v24.')) fail(`The project's own Node should be 24, but is ${version}.`);
if (wants.has('--browser') && findChromium() === undefined) installDebian(['chromium'], 'Chromium');
if (wants.has('--browser')) installPrinter();
if (wants.has('--browser')) installDrawing();
if (wants.has('--browser')) installDisplay();
if (wants.has('--browser')) installFirewall();
if (wants.has('--browser') || wants.has('--voice')) installVoice();
if (wants.has('--other-time') && !has('faketime')) installDebian(['faketime'], 'a way to set clocks back');
if (wants.has('--screens')) buildScreens();
