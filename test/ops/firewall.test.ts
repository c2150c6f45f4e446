/** The firewall of `ops/linux/nftables.conf`, loaded in a network of its own and knocked at from both ends. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const RULES = join(import.meta.dirname, '../../ops/linux/nftables.conf');
const can = (command: string) => spawnSync('sh', ['-c', command]).status === 0;
/** Networks of one's own, and what loads rules into them: as root, on Linux. */
const CAN_TRY =
  ['nft', 'ip', 'setpriv', 'nsenter'].every((command) => can(`command -v ${command}`)) &&
  can('unshare --net sh -c "ip link add name veth0 type veth peer name veth1 && nft list ruleset"');

type Doors = Readonly<Record<string, 'open' | 'refused' | 'silent'>>;

function tryRules(rules: string): ReadonlyMap<string, Doors> {
  const { stdout, stderr, status } = spawnSync(
    'sh',
    [
      ...[join(import.meta.dirname, 'two-ends.sh'), rules],
      ...[process.execPath, join(import.meta.dirname, 'firewall-program.ts')],
    ],
    { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
  );
  expect(status, stderr).toBe(0);
  const told = stdout.trim().split('\n');
  return new Map(
    told.map((line) => {
      const { who, came } = JSON.parse(line) as { who: string; came: Doors };
      return [who, came] as const;
    }),
  );
}
const openOf = (doors: Doors | undefined) =>
  Object.entries(doors ?? {}).flatMap(([door, came]) => (came === 'open' ? [door] : []));

describe.runIf(CAN_TRY)('the firewall', () => {
  let doors: ReadonlyMap<string, Doors>;
  beforeAll(() => {
    doors = tryRules(RULES);
  });

  const FOR_ALL = ['tcp 192.0.2.53:53', 'tcp 127.0.0.1:8300', 'udp 192.0.2.53:53', 'udp 192.0.2.123:123'];

  test('the terminal reaches its platform, names, time and itself, and nothing else', () => {
    expect(openOf(doors.get('terminal')).sort()).toEqual(['tcp 192.0.2.10:443', ...FOR_ALL].sort());
  });

  test.each(['screen', 'root', 'packages'])('%s reaches no platform', (who) => {
    expect(openOf(doors.get(who)).sort()).toEqual([...FOR_ALL].sort());
  });

  test('what is refused on the way out is told at once: nobody waits for it', () => {
    for (const who of ['terminal', 'screen', 'root'])
      for (const [door, came] of Object.entries(doors.get(who) ?? {}))
        if (!door.includes('fd00')) expect(came, `${who}: ${door}`).not.toBe('silent');
  });

  test('from the cable nothing comes in, and nothing answers', () => {
    const came = Object.values(doors.get('world') ?? {});
    expect(came.length).toBeGreaterThan(10);
    expect(new Set(came)).toEqual(new Set(['silent']));
  });

  test('what fetches packages reaches the mirror once one is named, and nobody else does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-rules-'));
    const named = join(folder, 'nftables.conf');
    const rules = readFileSync(RULES, 'utf8');
    writeFileSync(named, rules.replace(/(set mirror \{[^#]*)/, '$1elements = { 192.0.2.99 }\n    '));
    const reached = tryRules(named);
    rmSync(folder, { recursive: true });
    const MIRROR = ['tcp 192.0.2.99:443', 'tcp 192.0.2.99:80'];
    expect(openOf(reached.get('packages')).sort()).toEqual([...MIRROR, ...FOR_ALL].sort());
    for (const who of ['terminal', 'screen', 'root'])
      expect(openOf(reached.get(who)), who).not.toEqual(expect.arrayContaining(MIRROR.slice(0, 1)));
  });

  test('without the rules every door opens: the knocking is real', () => {
    const wide = tryRules('/dev/null');
    const closed = [...wide].flatMap(([who, all]) =>
      Object.keys(all)
        .filter((door) => all[door] !== 'open')
        .map((door) => `${who}: ${door}`),
    );
    expect(closed).toEqual([]);
  });
});
