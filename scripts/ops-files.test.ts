/** The files that close a machine say what `docs/lockdown.md` promises of them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS_PATH } from '../electron/decisions/settings.ts';

const OPS = join(import.meta.dirname, '..', 'ops', 'linux');
const read = (name: string) => readFileSync(join(OPS, name), 'utf8');

/** The lines of a unit or of a `.conf`, by key; comments and sections aside. */
function settingsOf(name: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of read(name).split('\n')) {
    const [, key = '', value = ''] = /^([\w.-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (key !== '') found.set(key, [...(found.get(key) ?? []), value]);
  }
  return found;
}
const has = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const services = readdirSync(join(OPS, 'systemd')).filter((name) => name.endsWith('.service'));

test.each(services)('%s: no dump, no new rights, and it comes back', (name) => {
  const unit = settingsOf(`systemd/${name}`);
  expect(unit.get('LimitCORE')).toEqual(['0']);
  expect(unit.get('NoNewPrivileges')).toEqual(['yes']);
  // Nobody of ours answers systemd's watchdog: asked for, it would end a sound program.
  expect(unit.has('WatchdogSec')).toBe(false);
});

test.each(['yizhan.service', 'yizhan-screen.service'])('%s: a user of its own, a closed system', (name) => {
  const unit = settingsOf(`systemd/${name}`);
  expect(unit.get('User')).toEqual([name.replace('.service', '')]);
  expect(unit.get('Restart')).toEqual(['always']);
  expect(unit.get('StartLimitIntervalSec')).toEqual(['0']);
  for (const [key, value] of [
    ['ProtectSystem', 'strict'],
    ['ProtectHome', 'yes'],
    ['PrivateTmp', 'yes'],
    ['MemorySwapMax', '0'],
    ['CapabilityBoundingSet', ''],
  ] as const)
    expect(unit.get(key), key).toEqual([value]);
});

/** What gives a unit a view of the files of its own, or a list of devices (systemd.exec(5)). */
const OWN_VIEW =
  /^(Private\w+|Protect\w+|ProcSubset|MountFlags|Root(Directory|Image)|DynamicUser|(Bind|BindReadOnly|ReadOnly|ReadWrite|Inaccessible|Exec|NoExec)Paths|TemporaryFileSystem|Device(Policy|Allow))$/;

test('what is mounted for a maintainer is seen by the terminal, and disks may be mounted', () => {
  const unit = settingsOf('systemd/yizhan-sticks.service');
  expect([...unit.keys()].filter((key) => OWN_VIEW.test(key))).toEqual([]);
});

test('a touch screen that is plugged in again is heard of, and the screen may open its console', () => {
  const unit = settingsOf('systemd/yizhan-screen.service');
  for (const key of ['PrivateNetwork', 'ProtectClock', 'DeviceAllow', 'DevicePolicy', 'PrivateDevices'])
    expect(unit.has(key), key).toBe(false);
  expect(unit.get('RestrictAddressFamilies')).toEqual(['AF_UNIX AF_NETLINK']);
});

/** The module that makes each kind of device known to the kernel; null for what is always there. */
const MODULES: Readonly<Record<string, string | null>> = {
  ...{ 'char-ttyS': null, 'char-ttyUSB': 'usbserial', 'char-ttyACM': 'cdc_acm', 'char-hidraw': 'hid' },
  ...{ 'char-usb_device': 'usbcore', 'char-video4linux': 'videodev', 'char-alsa': 'snd', 'char-drm': 'drm' },
};

test('the service gives a version the time that the launcher gives it, and more', () => {
  const launcher = readFileSync(join(OPS, '../../host/launcher/child.ts'), 'utf8');
  const graceMs = Number(/GRACE_MS = ([\d_]+)/.exec(launcher)?.[1]?.replaceAll('_', ''));
  const [seconds = ''] = settingsOf('systemd/yizhan.service').get('TimeoutStopSec') ?? [];
  expect(Number.parseInt(seconds, 10) * 1_000).toBeGreaterThanOrEqual(graceMs + 5_000);
});

test('a device plugged in after the start may be opened', () => {
  const unit = settingsOf('systemd/yizhan.service');
  const all = (key: string) => (unit.get(key) ?? []).flatMap((value) => value.split(' '));
  for (const line of unit.get('DeviceAllow') ?? []) {
    const kind = line.split(' ')[0] ?? '';
    const module = MODULES[kind];
    expect(module, kind).not.toBeUndefined();
    if (module === null) continue;
    for (const key of ['Wants', 'After']) expect(all(key), kind).toContain(`modprobe@${module}.service`);
  }
});

test('what a visit leaves for a moment lies in memory', () => {
  const host = JSON.parse(read('browser/host.json')) as {
    runFolder: string;
    browser: { profilesFolder: string };
  };
  expect(host.runFolder).toMatch(/^\/run\//);
  expect(host.browser.profilesFolder).toMatch(/^\/run\//);
  const folders = read('tmpfiles.conf');
  expect(folders).toContain(`d ${host.runFolder} 0700 yizhan`);
  expect(folders).toContain(`d ${host.browser.profilesFolder} 0700 yizhan`);
});

test('nobody but the terminal’s user reads the configuration, which holds the verifiers of PINs', () => {
  const folders = read('tmpfiles.conf');
  const [start = ''] = settingsOf('systemd/yizhan.service').get('ExecStart') ?? [];
  const config = / --config (\S+)$/.exec(start)?.[1] ?? '';
  for (const path of [config, DEFAULT_SETTINGS_PATH])
    expect(folders).toContain(`z ${path} 0600 yizhan yizhan -`);
});

test('the kernel writes no dump and hears no keys, and no other console comes up', () => {
  const kernel = settingsOf('sysctl.conf');
  expect(kernel.get('kernel.core_pattern')).toEqual(['|/bin/false']);
  expect(kernel.get('kernel.sysrq')).toEqual(['0']);
  expect(settingsOf('logind.conf').get('NAutoVTs')).toEqual(['0']);
  expect(settingsOf('journald.conf').get('SystemMaxUse')).toEqual(['200M']);
});

test('the firewall begins closed in every direction', () => {
  const rules = read('nftables.conf');
  for (const hook of ['input', 'forward', 'output'])
    expect(rules).toContain(`type filter hook ${hook} priority filter; policy drop;`);
  expect(rules).toContain('meta skuid "yizhan" ip daddr @platform tcp dport 443 accept');
  const input = /chain input \{([^}]*(?:\{[^}]*\}[^}]*)*)\n {2}\}/.exec(rules)?.[1] ?? '';
  expect(input).not.toMatch(/tcp dport/);
});

test('sticks are nobody’s but while a maintainer is signed in', () => {
  const path = settingsOf('systemd/yizhan-sticks.path').get('PathExists')?.[0] ?? '';
  expect(settingsOf('systemd/yizhan-sticks.service').get('ExecStart')).toEqual([
    `/usr/lib/yizhan/sticks ${path}`,
  ]);
  expect(settingsOf('systemd/yizhan-sticks.service').get('ExecStopPost')).toEqual([
    '/usr/lib/yizhan/sticks --shut',
  ]);
  for (const module of ['usb-storage', 'uas'])
    expect(read('modprobe.conf')).toContain(`install ${module} /bin/false`);
  expect(read('usb/sticks')).toContain('nosuid,nodev,noexec');
  execFileSync('sh', ['-n', join(OPS, 'usb/sticks')]);
});

test('Chromium may go nowhere but to this machine’s host, and asks nobody', () => {
  const policies = JSON.parse(read('browser/policies.json')) as Record<string, unknown>;
  const host = JSON.parse(read('browser/host.json')) as { port: number };
  expect(policies.URLBlocklist).toContain('*');
  expect(policies.URLAllowlist).toEqual([`http://127.0.0.1:${host.port}`]);
  for (const [name, value] of Object.entries(policies)) {
    if (/^Default\w+(Guard)?Setting$/.test(name) && typeof value === 'number') expect(value, name).toBe(2);
  }
  expect(policies).toMatchObject({
    DeveloperToolsAvailability: 2,
    RemoteDebuggingAllowed: false,
    PrintingEnabled: false,
    AllowFileSelectionDialogs: false,
    DownloadRestrictions: 3,
    PasswordManagerEnabled: false,
  });
});

test('the terminal looks for the screen where the screen puts its socket, and no key is the compositor’s', () => {
  const [start = ''] = settingsOf('systemd/yizhan-screen.service').get('ExecStart') ?? [];
  expect(start).toMatch(/^\/usr\/bin\/env XDG_RUNTIME_DIR=\/run\/yizhan-screen .* --socket=wayland-0$/);
  expect(settingsOf('systemd/yizhan.service').get('Environment')).toContain(
    'WAYLAND_DISPLAY=/run/yizhan-screen/wayland-0',
  );
  const session = settingsOf('session/weston.ini');
  expect(session.get('shell')).toEqual(['kiosk-shell.so']);
  for (const key of ['vt-switching', 'allow-zap', 'xwayland'])
    expect(session.get(key), key).toEqual(['false']);
});

if (has('systemd-sysusers')) {
  test('users and folders are made as they are written, and nothing is passed over', () => {
    const root = mkdtempSync(join(tmpdir(), 'yizhan-users-'));
    try {
      mkdirSync(join(root, 'etc'));
      const made = spawnSync('systemd-sysusers', [`--root=${root}`, join(OPS, 'sysusers.conf')], {
        encoding: 'utf8',
      });
      expect(made.stderr).not.toMatch(/not a valid|ignor/i);
      const users = readFileSync(join(root, 'etc/passwd'), 'utf8');
      expect(users).toMatch(/^yizhan:x:\d+:\d+:[^:]+:\/var\/lib\/yizhan:\/usr\/sbin\/nologin$/m);
      expect(users).toMatch(/^yizhan-screen:x:\d+:\d+:[^:]+:\/run\/yizhan-screen:\/usr\/sbin\/nologin$/m);
      expect(readFileSync(join(root, 'etc/shadow'), 'utf8').match(/^yizhan[^:]*:!\*?:/gm)).toHaveLength(2);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
} else process.stdout.write('ops: no systemd-sysusers here, users not made by it\n');

if (has('systemd-analyze')) {
  test('systemd itself finds nothing wrong with the units', () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-units-'));
    try {
      const names = readdirSync(join(OPS, 'systemd'));
      for (const name of names) {
        // What they start is not on this machine: that alone is not to be said.
        const text = read(`systemd/${name}`).replace(/^(Exec\w+=)\S+/gm, '$1/bin/true');
        writeFileSync(join(folder, name), text);
      }
      const paths = names.map((name) => join(folder, name));
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], {
        encoding: 'utf8',
        env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:/lib/systemd/system` },
      });
      const ofOurs = stderr.split('\n').filter((line) => line.includes('yizhan'));
      expect(ofOurs).toEqual([]);
      expect(status, stderr).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
} else process.stdout.write('ops: no systemd-analyze here, units not verified by it\n');
