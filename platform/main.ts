/**
 * The reference platform as a program: reads the file named by `--config`, says on one line of standard output
 * where it listens, stops at SIGTERM or SIGINT.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCrypto } from '../base/crypto/self-test.ts';
import type { Disk } from '../base/disk.ts';
import { systemClock } from '../base/node/clock.ts';
import { nodeDisk } from '../base/node/disk.ts';
import { createNodeFetch } from '../base/node/fetch.ts';
import { runProgram } from '../base/node/program.ts';
import { systemRandom } from '../base/node/random.ts';
import { readFolder } from '../base/node/read-folder.ts';
import { invariant } from '../base/result.ts';
import type { DataSet } from '../catalog/data-set.ts';
import { loadCatalog } from '../catalog/load.ts';
import { type ConfiguredBroker, realBroker, sampleBroker } from './broker/configured.ts';
import { readSamplePeople } from './broker/sample/sample-people.ts';
import { configSchema, type PlatformConfig, placesOf } from './config.ts';
import { type ConfiguredCentre, realCentre, sampleCentre } from './connector/configured.ts';
import { findPlace } from './desk/machines-page.ts';
import { type FleetRules, parseRules } from './fleet/rules.ts';
import { type AlertHook, findHookSecret } from './fleet/tell-alerts.ts';
import type { MessageOptions } from './messages/ports.ts';
import { openSampleMessages } from './messages/sample/sample-messages.ts';
import {
  type ConfiguredProvider,
  type ProviderTools,
  realProvider,
  sampleProvider,
} from './payments/configured.ts';
import { openSampleBillers, readSampleAccounts } from './payments/sample/sample-billers.ts';
import type { Tills } from './payments/steps.ts';
import { NOTICE_PATH } from './payments/wire.ts';
import { findPhone } from './phone/find.ts';
import { workingCalendarOf } from './program-config.ts';
import { openOwnReleases } from './releases/own-releases.ts';
import { ensureSampleReleases } from './releases/sample.ts';
import { createPlatform } from './server.ts';

const FONT_CSS = '@fontsource-variable/noto-sans-sc/index.css';

/** Shaxi, whose desk the sample staff have where no village is named. */
const SAMPLE_TOWN = '330624108';

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
async function findCentre(config: PlatformConfig): Promise<ConfiguredCentre | null> {
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  if (config.centre) {
    const key = readFileSync(config.centre.keyFile, 'utf8').trim();
    return realCentre(config.centre, key, fetch);
  }
  if (!config.sample || !config.sampleCentre) return null;
  const disk = nodeDisk(join(config.dataDir, 'sample-centre'));
  return sampleCentre({ clock: systemClock, random: systemRandom, disk, fetch });
}

/** Made-up billers, and a provider: a trial site, or one whose codes a developer pays by in the browser. */
async function findTills(
  { sample, samplePayments, trialProvider }: PlatformConfig,
  disk: Disk,
  tools: Pick<ProviderTools, 'log' | 'noticeUrl'>,
): Promise<(ConfiguredProvider & Tills) | null> {
  if (!sample || !samplePayments) return null;
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  const all = { ...tools, fetch, clock: systemClock, crypto: createCrypto(systemRandom) };
  const accounts = fileURLToPath(new URL('./payments/sample/accounts.yaml', import.meta.url));
  const provider = trialProvider
    ? realProvider(trialProvider, readFileSync(trialProvider.keyFile, 'utf8').trim(), all)
    : await sampleProvider({ ...all, random: systemRandom, disk });
  const billers = openSampleBillers({ accounts: readSampleAccounts(readFileSync(accounts, 'utf8')), disk });
  return { ...provider, billers };
}

/** Where shared data comes from, or nothing. */
async function findBroker(
  config: PlatformConfig,
  dataSets: () => readonly DataSet[],
): Promise<ConfiguredBroker | null> {
  const isSample = config.sample && config.sampleBroker;
  if (!config.broker && !isSample) return null;
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  if (config.broker) {
    const readKey = (path: string) => readFileSync(path, 'utf8').trim();
    return realBroker(config.broker, dataSets, { fetch, readKey });
  }
  return sampleBroker(dataSets, { clock: systemClock, fetch, people: samplePeopleText() });
}

/** Made-up numbers of record, and messages that stand in a file; there is no adapter to a real carrier. */
function findMessages({ sample, sampleMessages }: PlatformConfig, disk: Disk): MessageOptions | null {
  if (!sample || !sampleMessages) return null;
  return openSampleMessages({ people: readSamplePeople(samplePeopleText()), disk });
}

function samplePeopleText(): string {
  return readFileSync(fileURLToPath(new URL('./broker/sample/people.yaml', import.meta.url)), 'utf8');
}

function fleetRulesOf(path: string): FleetRules {
  const read = parseRules(readFileSync(path, 'utf8'));
  invariant(read.ok, `${path}: ${read.ok ? '' : read.error}`);
  return read.value;
}

/** Who is told of alerts, or nobody. */
function findAlertHook({ alertHook }: PlatformConfig): AlertHook | null {
  if (!alertHook) return null;
  const { secretFile, ...where } = alertHook;
  const secret = findHookSecret(tokenOf(secretFile) ?? '');
  invariant(secret, `${secretFile} holds whsec_ and at least 24 bytes in base64`);
  return { ...where, secret, fetch: createNodeFetch({ tolerateDateErrors: () => false }) };
}

function tokenOf(path: string | undefined): string | null {
  return path === undefined ? null : (readFileSync(path, 'utf8').split('\n')[0]?.trim() ?? '');
}

await runProgram({
  name: 'platform',
  config: configSchema,
  async start(config, { log }) {
    const { at, database, keys, keyCopies, backups } = placesOf(config);
    const shipped = loadCatalog(readFolder(config.catalogDir));
    for (const [file, problems] of Map.groupBy(shipped.problems, (problem) => problem.file)) {
      log('catalog.left-out', { file, problems: problems.length });
    }
    const crypto = createCrypto(systemRandom);
    if (config.sample) {
      ensureSampleReleases(crypto, at, readFolder(config.catalogDir), systemClock.wallMs());
    }
    const live = await openOwnReleases({
      ...{ shipped, at, crypto, log, clock: systemClock },
      ...{ dataDir: config.dataDir, rootFile: config.catalogRoot },
    });
    const place = config.enrol === undefined ? undefined : findPlace(config.county, config.enrol);
    const town = place?.town.code ?? SAMPLE_TOWN;
    const centre = await findCentre(config);
    const broker = await findBroker(config, () => live.current().dataSets);
    let noticeUrl: string | null = null;
    const payTools = { log, noticeUrl: () => noticeUrl };
    const tills = await findTills(config, at('sample-payments'), payTools);
    const phone = await findPhone(config, {
      disk: at('sample-phone'),
      readKey: (path) => readFileSync(path, 'utf8').trim(),
      people: () => readSamplePeople(samplePeopleText()),
    });
    const platform = await createPlatform({
      ...{ clock: systemClock, random: systemRandom, log },
      ...{ database, keys, keyCopies },
      backups: {
        disk: backups,
        everyMs: config.backupEveryMs ?? (config.sample ? 10_000 : 600_000),
        keep: config.backupKeep,
      },
      county: config.county,
      calendar: workingCalendarOf(config),
      warnWorkingDays: config.warnWorkingDays,
      agentCashCapFen: config.agentCashCapFen,
      book: live.book,
      centre,
      broker: broker?.options ?? null,
      payments: tills,
      phone: phone?.codes ?? null,
      messages: findMessages(config, at('sample-messages')),
      releases: at('releases'),
      ...(config.fleetRules !== undefined && { fleetRules: fleetRulesOf(config.fleetRules) }),
      alertHook: findAlertHook(config),
      ...(config.metrics && { metrics: { ...config.metrics, token: tokenOf(config.metrics.tokenFile) } }),
      gateway: config.gateway,
      desk: config.desk,
      openingThreads: config.openingThreads,
      fonts: findFonts(config.fontsDir),
      sample: config.sample ? { towns: [town], disk: at('sample'), agentVillage: place?.village.code } : null,
    });
    noticeUrl = `${platform.gatewayUrl}${NOTICE_PATH}`;
    const enrolment = place ? await platform.enrolmentCode(place) : null;
    const { gatewayUrl, deskUrl, metricsUrl, sampleStaff: staff, sampleAgent: agent } = platform;
    return {
      ready: {
        ...{ gatewayUrl, deskUrl, metricsUrl, staff, agent, enrolment },
        ...{ payUrl: tills?.payUrl ?? null, phone: phone?.sample ?? null },
      },
      async stop() {
        live.stop();
        centre?.giveUp();
        tills?.giveUp();
        await platform.stop();
        await centre?.stop();
        await broker?.stop();
        await tills?.stop();
        await phone?.stop();
      },
    };
  },
});
