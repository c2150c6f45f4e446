/** `SLOT CONFIG FOLDER`: lays what is built as a version into SLOT, and the host's configuration for it beside. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSoftwareFiles } from '../../scripts/software-files.ts';
import { STORE_SCHEMA } from '../../terminal/store/migrations.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MACHINE = `${process.platform}-${process.arch}`;
const [slot = '', config = '', folder = ''] = process.argv.slice(2);

// Clips of the voice are thousands, and no part of what is tried.
const files = readSoftwareFiles(ROOT, MACHINE).filter(({ path }) => !path.endsWith('.opus'));
for (const { path, bytes } of files) {
  mkdirSync(dirname(join(slot, path)), { recursive: true });
  writeFileSync(join(slot, path), bytes);
}
writeFileSync(
  join(slot, 'manifest.json'),
  JSON.stringify({
    ...{ v: 1, product: 'yizhan', version: 1, name: 'present', architecture: MACHINE, launcher: 1 },
    ...{ store: STORE_SCHEMA, start: ['node', 'dist/programs/host.js'] },
    files: files.map(({ path, bytes }) => ({
      ...{ path, bytes: bytes.length },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  }),
);

const given = JSON.parse(readFileSync(join(ROOT, 'ops/linux/browser/host.json'), 'utf8')) as {
  readonly browser: object;
};
writeFileSync(
  config,
  JSON.stringify({
    ...{ ...given, port: 8311, runFolder: join(folder, 'yizhan') },
    browser: { ...given.browser, profilesFolder: join(folder, 'yizhan/profiles') },
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
