/** A committed version that ends again and again: what the launcher makes of it, with real processes. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemAfter } from './clock.ts';
import { nodeFiles } from './files.ts';
import { createFooting } from './footing.ts';
import type { Patience } from './judge.ts';
import { type Launcher, runLauncher } from './launcher.ts';
import { encodeState } from './state-file.ts';
import type { State, VersionRef } from './states.ts';
import { type Behaviour, layVersion, type StandIn, writeWish } from './testing/stand-in.ts';

const QUICK: Patience = {
  ...{ lookEveryMs: 20, settleLooks: 4, trialLooks: 400, silentLooks: 100, silentLooksAtStart: 200 },
  ...{ forgivenEnds: 2, leftoverLooks: 20, soonLooks: 400, mostStumbles: 3 },
};

let software: string;
let launcher: Launcher | undefined;
beforeEach(() => {
  software = mkdtempSync(join(tmpdir(), 'yizhan-stumbles-'));
});
afterEach(async () => {
  await stop();
  rmSync(software, { recursive: true });
});

function start(): void {
  launcher = runLauncher({
    ...{ software, files: nodeFiles(software), args: [], after: systemAfter, machine: 'linux-x64' },
    ...{ patience: QUICK, say: () => {}, onLine: () => {} },
  });
}
async function stop(): Promise<void> {
  launcher?.stop();
  await launcher?.done;
  launcher = undefined;
}
const status = () => {
  const path = join(software, 'status.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
};
const runs = () => {
  const path = join(software, 'runs');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};
const starts = (version: number) => runs().split(`${version} start`).length - 1;
const sour = () => writeFileSync(join(software, 'sour'), '');
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (status() !== undefined && isSo()) return;
    await sleep(20);
  }
  throw new Error(`never: ${JSON.stringify(status())}`);
}

/** Version 2 is committed as `behaviour`, version 1 lies in the other folder. */
async function commit(behaviour: Behaviour, first: Behaviour = 'well'): Promise<VersionRef> {
  layVersion(software, 'a', { version: 1, behaviour: first });
  const next = layVersion(software, 'b', { version: 2, behaviour });
  start();
  await until(() => starts(1) === 1);
  const staged = writeWish(software, 'stage', next);
  await until(() => status().answer?.id === staged);
  writeWish(software, 'switch', next);
  await until(() => status().last?.outcome === 'committed');
  return next;
}

describe('a committed version that stumbles again and again', () => {
  it.each(['sours', 'sours-below'] as const)(
    'is left for the one before, and stays left: %s',
    async (how) => {
      const bad = await commit(how);
      sour();
      await until(() => status().running.version === 1);
      const told = { version: 2, manifest: bad.manifest, why: 'crashed-later' };
      expect(status()).toMatchObject({
        phase: 'steady',
        refused: [told],
        last: { outcome: 'crashed-later' },
      });
      await until(() => starts(1) === 2);
      await stop();
      start();
      await until(() => starts(1) === 3);
      expect(status()).toMatchObject({ running: { version: 1 }, refused: [told] });
      const asked = writeWish(software, 'stage', bad);
      await until(() => status().answer?.id === asked);
      expect(status().answer).toMatchObject({ ok: false, why: 'refused' });
    },
  );

  it('is counted on through a restart of the launcher', async () => {
    await commit('sours');
    sour();
    await until(() => starts(2) >= 3);
    await stop();
    start();
    await until(() => status().running.version === 1);
    expect(starts(2)).toBeLessThanOrEqual(1 + QUICK.mostStumbles + 1);
  });

  it('is come back to where the one before does no better: neither was to blame', async () => {
    await commit('sours', 'sours');
    sour();
    await until(() => starts(1) >= 1 + QUICK.mostStumbles);
    await until(() => status().running.version === 2);
    const before = starts(2);
    await until(() => starts(2) >= before + 3);
    expect(status()).toMatchObject({ refused: [], last: { version: 2, outcome: 'committed' } });
    rmSync(join(software, 'sour'));
    await sleep(300);
    expect(status()).toMatchObject({ phase: 'steady', running: { version: 2 } });
  });

  it.each([
    ['could not read the store', { store: { schema: 18, readableFrom: 18 } }, () => {}],
    ['is not whole any more', {}, () => writeFileSync(join(software, 'a/screen/index.html'), '')],
    [
      'is another one by now',
      {},
      () => layVersion(software, 'a', { version: 3, store: { schema: 17, readableFrom: 17 } }),
    ],
  ] as const)('is started on and on where the one before %s', async (_name, more: Partial<StandIn>, hurt) => {
    const one = layVersion(software, 'a', { version: 1, store: { schema: 17, readableFrom: 17 } });
    const store = more.store ?? { schema: 18, readableFrom: 17 };
    layVersion(software, 'b', { version: 2, behaviour: 'sours', store });
    hurt();
    sour();
    const state: State = {
      ...{ phase: 'steady', on: 'b', refused: [], before: one, stumbles: 0 },
      last: { version: 2, outcome: 'committed' },
    };
    nodeFiles(software).writeDurably('state/0', encodeState({ counter: 1, state }));
    start();
    await until(() => starts(2) > QUICK.mostStumbles + 2);
    expect(status()).toMatchObject({ phase: 'steady', running: { version: 2 }, refused: [] });
  });
});

it('starts what runs again, with all below it, when that is wished for, and never in a trial', async () => {
  layVersion(software, 'a', { version: 1 });
  start();
  await until(() => status().running.version === 1 && starts(1) === 1);
  const wish = () => {
    const id = `restart ${runs().length}`;
    writeFileSync(join(software, 'wish.json'), JSON.stringify({ v: 1, id, wish: 'restart' }));
    return id;
  };
  const id = wish();
  await until(() => starts(1) === 2);
  expect(status()).toMatchObject({ phase: 'steady', answer: { id, ok: true } });
  expect(runs()).toBe('1 start\n1 end\n1 start\n');
  const next = layVersion(software, 'b', { version: 2, behaviour: 'waits' });
  const staged = writeWish(software, 'stage', next);
  await until(() => status().answer?.id === staged);
  writeWish(software, 'switch', next);
  await until(() => status().phase === 'trial');
  const refused = wish();
  await until(() => status().answer?.id === refused);
  expect(status().answer).toEqual({ id: refused, ok: false, why: 'trial' });
});

describe('a footing', () => {
  const health = (crashes: number) => ({ kind: 'health', restarts: crashes, crashes, checks: {} }) as const;
  it('stumbles soon after a start, and not once the start was good', () => {
    const footing = createFooting({ soonLooks: 3 });
    const look = (times: number) => {
      for (let looks = 0; looks < times; looks += 1) footing.look();
      return footing.take();
    };
    expect(look(2)).toBeUndefined();
    footing.ended();
    expect(footing.take()).toBe('stumbled');
    expect(look(3)).toBe('lasted');
    expect(look(30)).toBeUndefined();
    footing.ended();
    expect(footing.take()).toBeUndefined();
    footing.hear(health(1));
    expect(footing.take()).toBe('stumbled');
    footing.hear(health(1));
    expect(footing.take()).toBeUndefined();
    expect(look(3)).toBe('lasted');
    footing.hear(health(2));
    expect(footing.take()).toBeUndefined();
    footing.hear(health(3));
    expect(footing.take()).toBe('stumbled');
  });
});
