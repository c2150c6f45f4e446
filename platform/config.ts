/** The platform's configuration, and the folders and database it names. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nodeDisk } from '../base/node/disk.ts';
import { brokerSchema } from './broker/configured.ts';
import { CASH_CAP_FEN } from './cash/cash.ts';
import { centreSchema } from './connector/configured.ts';
import { providerSchema } from './payments/configured.ts';
import { phoneSchema } from './phone/configured.ts';
import type { DatabasePlace } from './store/store.ts';

const listening = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(0),
  /** As others reach it, behind a proxy: `https://host[:port]`. */
  publicOrigin: z.string().optional(),
  /** Certificate chain and key, in PEM. Without them plain HTTP: loopback only, or behind a proxy. */
  tls: z.strictObject({ cert: z.string(), key: z.string() }).optional(),
});

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** The program's configuration. */
export const configSchema = z.strictObject({
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
  /** The root of the keys that sign releases of the catalog; without it the first that lies in `releases`. */
  catalogRoot: z.string().optional(),
  county: z.strictObject({ code: z.string(), name: z.string() }).default({ code: '330624', name: '新昌县' }),
  /** Holidays and the weekends worked in exchange; a county adds each year to a copy of its own. */
  calendarFile: z.string().default(fileURLToPath(new URL('./cases/working-calendar.yaml', import.meta.url))),
  /** A case with so many working days left, or fewer, is warned of before it is late. */
  warnWorkingDays: z.int().min(0).max(30).default(2),
  /** What one village agent may take in cash in a day, in fen; 0 takes none. */
  agentCashCapFen: z.int().min(0).default(CASH_CAP_FEN),
  /** When machines ring: a file of what a county says otherwise than `fleet/rules.ts`. */
  fleetRules: z.string().optional(),
  /** Who is told of alerts, by a signed POST (Standard Webhooks): the secret, `whsec_…`, is the first line of a file. */
  alertHook: z
    .strictObject({
      url: z.url({ protocol: /^https$/ }),
      secretFile: z.string(),
      timeoutMs: z.int().min(1_000).max(60_000).default(10_000),
    })
    .optional(),
  /** Numbers of the fleet for Prometheus, at `/metrics`; beyond loopback with a token, the first line of a file. */
  metrics: listening
    .extend({ tokenFile: z.string().optional() })
    .refine(({ host, tokenFile }) => tokenFile !== undefined || LOOPBACK.has(host))
    .optional(),
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
  /** Where shared data comes from; without it queries are not answered. */
  broker: brokerSchema.optional(),
  /** With `sample`: made-up shared data of made-up people. */
  sampleBroker: z.boolean().default(true),
  /** With `sample`: made-up billers, and a provider that takes no real money. */
  samplePayments: z.boolean().default(true),
  /** With `sample`: messages to people of their acts, kept in a file; they go nowhere. */
  sampleMessages: z.boolean().default(true),
  /** With those: a provider's own trial site in place of the made-up one. Bills are made up: never one that takes money. */
  trialProvider: providerSchema.optional(),
  /** Whose codes from phones stand in the place of a card; without it none do. */
  phone: phoneSchema.optional(),
  /** With `sample`: an app made up, in which sample people show their codes. */
  samplePhoneApp: z.boolean().default(true),
  /** Makes sample staff and says their sign-ins; only for a developer's machine. */
  sample: z.boolean().default(false),
  /** A village, by its 12-digit code: an enrolment code for a terminal there is made and said. */
  enrol: z.string().optional(),
});
export type PlatformConfig = z.output<typeof configSchema>;

/** Where everything is kept. */
export function placesOf(config: PlatformConfig) {
  const at = (folder: string) => nodeDisk(join(config.dataDir, folder));
  const path = nodeDisk(config.dataDir).findRealPath('platform.db') ?? '';
  const database: DatabasePlace = config.postgresUrl
    ? { kind: 'postgres', url: config.postgresUrl }
    : { kind: 'sqlite', path };
  return {
    at,
    database,
    keys: at('keys'),
    keyCopies: config.keyCopyDir ? nodeDisk(config.keyCopyDir) : at('key-copies'),
    backups: config.backupDir ? nodeDisk(config.backupDir) : at('backups'),
  };
}
