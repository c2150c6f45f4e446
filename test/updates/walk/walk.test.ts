import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { STORE_FILE } from '../../../scripts/software-files.ts';
import { STORE_SCHEMA } from '../../../terminal/store/migrations.ts';
import { beginWalk } from './walk.ts';

const HOST = new URL('../../../host/main.ts', import.meta.url).href;
const LAUNCHER = new URL('./quick-launcher.ts', import.meta.url).pathname;

it('a release goes from its signers to a machine and is kept there, though the power goes in the middle', async () => {
  const walked = await beginWalk({
    ...{ form: 'source', architecture: 'any', launcher: (software) => [LAUNCHER, software] },
    files(folder, release) {
      // The present sources, started by a file of the release.
      writeFileSync(join(folder, 'main.mjs'), `// ${release}\nawait import(${JSON.stringify(HOST)});\n`);
      writeFileSync(join(folder, STORE_FILE), JSON.stringify(STORE_SCHEMA));
      return 'main.mjs';
    },
  });
  const { machine } = walked;
  try {
    machine.start();
    await machine.until(({ running }) => running.version === 1, 30_000);
    await walked.offer('second', 2);
    await machine.until(({ phase }) => phase === 'trial', 60_000);
    await machine.cutPower();
    machine.start();
    await machine.until(({ phase, running }) => phase === 'trial' && running.version === 2, 30_000);
    // Nothing is drawn yet: it waits, however well the rest is.
    await machine.isUp();
    await sleep(1_500);
    expect(machine.says()).toMatchObject({ phase: 'trial', running: { version: 2 } });
    await machine.beat();
    const says = await machine.until(({ phase }) => phase === 'steady', 60_000);
    expect(says).toMatchObject({ running: { version: 2 }, last: { version: 2, outcome: 'committed' } });
    expect(says.running.manifest).toBe(walked.hashIn('b', 'manifest.json'));
  } finally {
    await walked.end();
  }
}, 180_000);
