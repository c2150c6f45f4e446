import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemAfter } from './clock.ts';
import { nodeFiles } from './files.ts';
import type { Patience } from './judge.ts';
import { type Launcher, runLauncher } from './launcher.ts';
import type { VersionRef } from './states.ts';
import { type Behaviour, layVersion, writeWish } from './testing/stand-in.ts';

/** As the real ones, a hundred times as fast; what is waited for in vain is not. */
const QUICK: Patience = {
  ...{ lookEveryMs: 20, settleLooks: 4, trialLooks: 100, silentLooks: 40, silentLooksAtStart: 200 },
  ...{ forgivenEnds: 2, leftoverLooks: 20, soonLooks: 60, mostStumbles: 4 },
};

let software: string;
let launcher: Launcher | undefined;
beforeEach(() => {
  software = mkdtempSync(join(tmpdir(), 'yizhan-launcher-'));
});
afterEach(async () => {
  launcher?.stop();
  await launcher?.done;
  launcher = undefined;
  rmSync(software, { recursive: true });
});

function start(files = nodeFiles(software)): void {
  launcher = runLauncher({
    ...{ software, files, args: [], after: systemAfter, machine: 'linux-x64' },
    ...{ patience: QUICK, say: () => {}, onLine: () => {} },
  });
}

interface Status {
  readonly phase: string;
  readonly running: { readonly slot: string; readonly version: number };
  readonly refused: readonly { readonly version: number; readonly why: string }[];
  readonly last: { readonly version: number; readonly outcome: string } | null;
  readonly answer: { readonly id: string; readonly ok: boolean; readonly why?: string } | null;
}
const status = (): Status | undefined => {
  const path = join(software, 'status.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Status) : undefined;
};
const runs = () => (existsSync(join(software, 'runs')) ? readFileSync(join(software, 'runs'), 'utf8') : '');

async function until(isSo: (now: Status) => boolean): Promise<Status> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const now = status();
    if (now !== undefined && isSo(now)) return now;
    await sleep(20);
  }
  throw new Error(`never: ${JSON.stringify(status())} ${runs()}`);
}

async function ask(wish: 'stage' | 'switch', version: VersionRef, byOrder = false) {
  const id = writeWish(software, wish, version, byOrder);
  return (await until(({ answer }) => answer?.id === id)).answer!;
}

/** Version 1 runs; the other is staged and tried. */
async function trial(behaviour: Behaviour): Promise<VersionRef> {
  layVersion(software, 'a', { version: 1 });
  start();
  await until(() => runs() === '1 start\n');
  const next = layVersion(software, 'b', { version: 2, behaviour });
  expect(await ask('stage', next)).toMatchObject({ ok: true });
  await ask('switch', next);
  return next;
}

describe('the launcher', () => {
  it('starts the one version there is, and again when it ends', async () => {
    layVersion(software, 'a', { version: 1, behaviour: 'loops' });
    start();
    await until(() => runs().split('1 start').length > 3);
    expect(status()).toMatchObject({ phase: 'steady', running: { slot: 'a', version: 1 } });
  });

  it('ends at once where there is no version', async () => {
    start();
    expect(await launcher!.done).toBe('no-version');
  });

  it('keeps a version that is well, and starts that from then on', async () => {
    await trial('well');
    const now = await until(({ last }) => last?.outcome === 'committed');
    expect(now).toMatchObject({ phase: 'steady', running: { slot: 'b', version: 2 }, refused: [] });
    expect(runs()).toBe('1 start\n1 end\n2 start\n');
    launcher?.stop();
    await launcher?.done;
    start();
    await until(() => runs().endsWith('2 end\n2 start\n'));
  });

  it.each([
    ['ill', 'ill'],
    ['hangs', 'hung'],
    ['crashes', 'crashed'],
    ['loops', 'crashed'],
    ['waits', 'late'],
    ['leaves-behind', 'hung'],
  ] as const)('goes back by itself from a version that %s, and stays back', async (behaviour, why) => {
    const bad = await trial(behaviour);
    const now = await until(({ last }) => last !== null);
    expect(now).toMatchObject({
      phase: 'steady',
      refused: [{ version: 2, why }],
      last: { version: 2, outcome: why },
    });
    await until(({ running }) => running.version === 1);
    await until(() => runs().endsWith('1 start\n'));
    expect(await ask('stage', bad)).toMatchObject({ ok: false, why: 'refused' });
    expect(await ask('stage', bad, true)).toMatchObject({ ok: true });
  });

  it('refuses what does not fit, and says why', async () => {
    layVersion(software, 'a', { version: 5, store: { schema: 17, readableFrom: 17 } });
    start();
    await until(() => runs() === '5 start\n');
    const asked = async (change: () => VersionRef, byOrder = false) => {
      const answer = await ask('stage', change(), byOrder);
      return answer.ok ? 'ok' : answer.why;
    };
    const lay = (more: object) =>
      layVersion(software, 'b', { version: 6, store: { schema: 17, readableFrom: 17 }, ...more });
    expect(await asked(() => lay({ store: { schema: 18, readableFrom: 18 } }))).toBe('two-steps');
    expect(await asked(() => lay({ store: { schema: 18, readableFrom: 17 } }))).toBe('ok');
    expect(await asked(() => lay({ version: 4 }))).toBe('older');
    expect(await asked(() => lay({ version: 3 }), true)).toBe('ok');
    expect(await asked(() => lay({ version: 2, store: { schema: 16, readableFrom: 16 } }), true)).toBe(
      'two-steps',
    );
    expect(await asked(() => lay({ launcher: 2 }))).toBe('needs-launcher');
    expect(await asked(() => lay({ architecture: 'win32-x64' }))).toBe('other-machine');
    expect(await asked(() => ({ ...lay({}), manifest: '0'.repeat(64) }))).toBe('not-there');
    const damages = {
      cut: () => writeFileSync(join(software, 'b/screen/index.html'), ''),
      more: () => appendFileSync(join(software, 'b/programs/more.mjs'), ''),
      link: () => symlinkSync('/etc', join(software, 'b/etc')),
      gone: () => rmSync(join(software, 'b/programs/main.mjs')),
    };
    for (const damage of Object.values(damages)) {
      expect(
        await asked(() => {
          const ref = lay({});
          damage();
          return ref;
        }),
      ).toBe('damaged');
    }
    writeFileSync(join(software, 'wish.json'), '{');
    await until(({ answer }) => answer?.ok === false && answer.why === 'malformed');
    expect(runs()).toBe('5 start\n');
  });

  it('does not begin a trial of what was hurt since it was staged', async () => {
    layVersion(software, 'a', { version: 1 });
    start();
    await until(({ running }) => running.version === 1);
    const next = layVersion(software, 'b', { version: 2 });
    expect(await ask('switch', next)).toMatchObject({ why: 'not-staged' });
    await ask('stage', next);
    writeFileSync(join(software, 'b/screen/index.html'), '<p>3</p>');
    expect(await ask('switch', next)).toMatchObject({ ok: false, why: 'damaged' });
    expect(status()).toMatchObject({ phase: 'steady' });
    layVersion(software, 'b', { version: 2 });
    await ask('stage', next);
    await ask('switch', next);
    await until(({ last }) => last?.outcome === 'committed');
  });

  it.each(['before it was looked at', 'while all of it was read'])(
    'lets a switch be called off %s',
    async (when) => {
      layVersion(software, 'a', { version: 1 });
      let id = '';
      const callOff = () =>
        writeFileSync(join(software, 'wish.json'), JSON.stringify({ v: 1, id, wish: 'call-off' }));
      const files = nodeFiles(software);
      start({
        ...files,
        async digest(path) {
          if (id !== '') callOff();
          return await files.digest(path);
        },
      });
      await until(({ running }) => running.version === 1);
      const next = layVersion(software, 'b', { version: 2 });
      await ask('stage', next);
      id = writeWish(software, 'switch', next);
      if (when === 'before it was looked at') callOff();
      const { answer, phase } = await until((now) => now.answer?.id === id);
      expect(answer).toEqual({ id, ok: false, why: 'called-off' });
      expect(phase).toBe('staged');
      id = '';
      expect(existsSync(join(software, 'wish.json'))).toBe(false);
      await ask('switch', next);
      await until(({ last }) => last?.outcome === 'committed');
    },
  );

  it('starts the other version when the committed one was hurt, where that one is whole', async () => {
    await trial('well');
    await until(({ last }) => last?.outcome === 'committed');
    launcher?.stop();
    await launcher?.done;
    rmSync(join(software, 'b/programs'), { recursive: true });
    start();
    await until(({ running }) => running.version === 1);
    await until(() => runs().endsWith('1 start\n'));
  });

  it.each(['programs/main.mjs', 'manifest.json'])(
    'and does so without a start of its own: %s',
    async (hurt) => {
      layVersion(software, 'a', { version: 1 });
      start();
      await until(({ running }) => running.version === 1);
      await ask('stage', layVersion(software, 'b', { version: 2 }));
      await until(() => runs() === '1 start\n');
      writeFileSync(join(software, 'a', hurt), '{');
      // Whatever ends it: it comes up again, or not.
      writeFileSync(join(software, 'wish.json'), JSON.stringify({ v: 1, id: 'again', wish: 'restart' }));
      await until(({ running }) => running.version === 2);
      await until(() => runs().endsWith('2 start\n'));
    },
  );
});
