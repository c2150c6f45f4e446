/** The launcher with the browser host, the terminal and the devices as they run in a village, and a browser's beats. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemAfter } from '../../host/launcher/clock.ts';
import { nodeFiles } from '../../host/launcher/files.ts';
import { PATIENCE } from '../../host/launcher/judge.ts';
import { runLauncher } from '../../host/launcher/launcher.ts';
import { layFiles, writeWish } from '../../host/launcher/testing/stand-in.ts';

const HOST = new URL('../../host/main.ts', import.meta.url).href;

/** A version that is the present sources: the last argument but the launcher's own is the configuration. */
function layReal(software: string, slot: 'a' | 'b', version: number) {
  return layFiles(
    software,
    slot,
    { 'main.mjs': `await import(${JSON.stringify(HOST)});` },
    {
      ...{ version, name: `0.${version}.0`, architecture: 'any', launcher: 1 },
      ...{ store: { schema: 1, readableFrom: 1 }, start: ['node', 'main.mjs'] },
    },
  );
}

/** Says what the page of the screens says, as its browser would. */
async function beat(url: string): Promise<void> {
  const { origin, hash } = new URL(url);
  const headers = { origin, 'content-type': 'application/json' };
  const opened = await fetch(`${origin}/session`, {
    ...{ method: 'POST', headers, body: JSON.stringify({ code: hash.slice(1) }) },
  });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const said = { frames: 1, isVisible: true, heapBytes: null, isVacant: true };
  await fetch(`${origin}/beat`, {
    ...{ method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify(said) },
  });
}

it('commits the real programs once they are well, and a page of the screens was drawn', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-real-'));
  const software = join(folder, 'software');
  mkdirSync(software);
  layReal(software, 'a', 1);
  const config = join(folder, 'host.json');
  writeFileSync(
    config,
    JSON.stringify({
      ...{ form: 'source', runFolder: join(folder, 'run'), port: 0 },
      terminal: {
        ...{ dataDir: join(folder, 'data'), mirrorDir: join(folder, 'mirror'), village: '330624108248' },
        support: {
          ...{ agentName: '示例', agentPhone: '000', townPhone: '000' },
          agentHours: { zh: '白天', en: 'by day' },
        },
      },
      devices: { cardReader: { path: join(folder, 'no-reader'), baudRate: 115_200 } },
    }),
  );
  let url = '';
  let starts = 0;
  const launcher = runLauncher({
    ...{
      software,
      files: nodeFiles(software),
      args: ['--config', config],
      after: systemAfter,
      machine: 'any',
    },
    ...{ patience: { ...PATIENCE, lookEveryMs: 200, settleLooks: 5, silentLooks: 100 }, say() {} },
    onLine(line) {
      const said = JSON.parse(line) as { readonly ready?: { readonly screen: string } };
      url = said.ready?.screen ?? url;
      starts += 1;
    },
  });
  const status = () => JSON.parse(readFileSync(join(software, 'status.json'), 'utf8'));
  const until = async (isSo: () => boolean) => {
    for (let looks = 0; looks < 1_000 && !isSo(); looks += 1) await sleep(100);
  };
  try {
    await until(() => starts === 1);
    const next = layReal(software, 'b', 2);
    const staged = writeWish(software, 'stage', next);
    await until(() => status().answer?.id === staged);
    writeWish(software, 'switch', next);
    await until(() => starts === 2);
    // Nothing is drawn yet: it waits.
    await sleep(1_500);
    expect(status()).toMatchObject({ phase: 'trial', running: { version: 2 } });
    await beat(url);
    await until(() => status().phase === 'steady');
    expect(status()).toMatchObject({ running: { version: 2 }, last: { version: 2, outcome: 'committed' } });
  } finally {
    launcher.stop();
    await launcher.done;
    rmSync(folder, { recursive: true });
  }
}, 120_000);
