/**
 * The reference platform as a program: reads the file named by `--config`, says on one line of standard output
 * where it listens, stops at SIGTERM or SIGINT.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Disk } from '../base/disk.ts';
import { systemClock } from '../base/node/clock.ts';
import { nodeDisk } from '../base/node/disk.ts';
import { createNodeFetch } from '../base/node/fetch.ts';
import { runProgram } from '../base/node/program.ts';
import { systemRandom } from '../base/node/random.ts';
import { readFolder } from '../base/node/read-folder.ts';
import { loadCatalog } from '../catalog/load.ts';
import { type ConfiguredCentre, centreSchema, realCentre, sampleCentre } from './connector/configured.ts';
import { findPlace } from './desk/machines-page.ts';
import { createPlatform } from './server.ts';

const listening = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(0),
  /** As others reach it, behind a proxy: `https://host[:port]`. */
  publicOrigin: z.string().optional(),
  /** Certificate chain and key, in PEM. Without them plain HTTP: loopback only, or behind a proxy. */
  tls: z.strictObject({ cert: z.string(), key: z.string() }).optional(),
});

const FONT_CSS = '@fontsource-variable/noto-sans-sc/index.css';

/** Shaxi, whose desk the sample staff have where no village is named. */
const SAMPLE_TOWN = '330624108';

/** The program's configuration. */
const configSchema = z.strictObject({
  /** Everything is kept here unless said otherwise below. */
  dataDir: z.string(),
  /** A PostgreSQL address; without it SQLite in `dataDir`. */
  postgresUrl: z.string().optional(),
  /** Put these two on another disk. */
  backupDir: z.string().optional(),
  keyCopyDir: z.string().optional(),
  /** The folder of the font's package; found by itself where packages are installed. */
  fontsDir: z.string().optional(),
  catalogDir: z.string().default(fileURLToPath(new URL('../catalog', import.meta.url))),
  county: z.strictObject({ code: z.string(), name: z.string() }).default({ code: '330624', name: '新昌县' }),
  gateway: listening.prefault({}),
  desk: listening.prefault({}),
  /** Releases wait for backups: every ten minutes, with a sample every ten seconds. */
  backupEveryMs: z.int().min(1_000).optional(),
  backupKeep: z.int().min(1).default(4),
  openingThreads: z.int().min(0).max(64).default(1),
  /** A province's case centre, where cases are registered; without it they stay in the county. */
  centre: centreSchema.optional(),
  /** With `sample`: a made-up case centre, so that cases are registered. */
  sampleCentre: z.boolean().default(true),
  /** Makes sample staff and says their sign-ins; only for a developer's machine. */
  sample: z.boolean().default(false),
  /** A village, by its 12-digit code: an enrolment code for a terminal there is made and said. */
  enrol: z.string().optional(),
});

/** The font's package folder, or nothing where it is not installed. */
function findFonts(configured: string | undefined): Disk | null {
  if (configured !== undefined) return nodeDisk(configured);
  try {
    return nodeDisk(fileURLToPath(new URL('.', import.meta.resolve(FONT_CSS))));
  } catch {
    return null;
  }
}

/** The case centre that cases go on to, or nothing. */
async function findCentre(config: z.output<typeof configSchema>): Promise<ConfiguredCentre | null> {
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  if (config.centre) {
    const key = readFileSync(config.centre.keyFile, 'utf8').trim();
    return realCentre(config.centre, key, fetch);
  }
  if (!config.sample || !config.sampleCentre) return null;
  const disk = nodeDisk(join(config.dataDir, 'sample-centre'));
  return sampleCentre({ clock: systemClock, random: systemRandom, disk, fetch });
}

await runProgram({
  name: 'platform',
  config: configSchema,
  async start(config, { log }) {
    const at = (folder: string) => nodeDisk(join(config.dataDir, folder));
    const catalog = loadCatalog(readFolder(config.catalogDir));
    for (const [file, problems] of Map.groupBy(catalog.problems, (problem) => problem.file)) {
      log('catalog.left-out', { file, problems: problems.length });
    }
    const place = config.enrol === undefined ? undefined : findPlace(config.county, config.enrol);
    const town = place?.town.code ?? SAMPLE_TOWN;
    const path = nodeDisk(config.dataDir).findRealPath('platform.db') ?? '';
    const centre = await findCentre(config);
    const platform = await createPlatform({
      ...{ clock: systemClock, random: systemRandom, log },
      database: config.postgresUrl ? { kind: 'postgres', url: config.postgresUrl } : { kind: 'sqlite', path },
      keys: at('keys'),
      keyCopies: config.keyCopyDir ? nodeDisk(config.keyCopyDir) : at('key-copies'),
      backups: {
        disk: config.backupDir ? nodeDisk(config.backupDir) : at('backups'),
        everyMs: config.backupEveryMs ?? (config.sample ? 10_000 : 600_000),
        keep: config.backupKeep,
      },
      county: config.county,
      matters: catalog.matters,
      centre,
      gateway: config.gateway,
      desk: config.desk,
      openingThreads: config.openingThreads,
      fonts: findFonts(config.fontsDir),
      sample: config.sample ? { towns: [town], disk: at('sample') } : null,
    });
    const enrolment = place ? await platform.enrolmentCode(place) : null;
    const { gatewayUrl, deskUrl, sampleStaff: staff } = platform;
    return {
      ready: { gatewayUrl, deskUrl, staff, enrolment },
      async stop() {
        centre?.giveUp();
        await platform.stop();
        await centre?.stop();
      },
    };
  },
});
