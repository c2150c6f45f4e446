/** The reference platform, whole: opens its store and keys, then listens for terminals and for staff. */
import type { FastifyInstance } from 'fastify';
import { utf8 } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import type { Disk } from '../base/disk.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { invariant } from '../base/result.ts';
import type { Place } from '../sync/contents.ts';
import { OWN_QUESTIONS } from '../sync/own-questions.ts';
import { keepRostersFresh } from './agents/keep-fresh.ts';
import { keepListsFresh } from './agents/keep-lists.ts';
import { putSampleAgent, type SampleAgent } from './agents/sample.ts';
import { authoritiesAnswer } from './authorities/answer.ts';
import { type BackupOptions, startBackups } from './backup/backups.ts';
import { slotsAnswer } from './bookings/offer.ts';
import { type BrokerOptions, createBroker } from './broker/broker.ts';
import { consentsAnswer } from './broker/earlier-consents.ts';
import { casesThereAnswer } from './cases/cases-there.ts';
import type { MatterBook } from './cases/matters.ts';
import { underWayAnswer } from './cases/under-way-answer.ts';
import { WEEKENDS_ALONE, type WorkingCalendar } from './cases/working-calendar.ts';
import { cashAnswer } from './cash/answer.ts';
import { CASH_CAP_FEN } from './cash/cash.ts';
import { lookForUnsettledCash } from './cash/look-for-unsettled.ts';
import { certificateAnswer } from './certificates/answer.ts';
import type { CaseCentre } from './connector/case-centre.ts';
import { startConnector } from './connector/connector.ts';
import type { CentreMatters } from './connector/duties.ts';
import type { County, PlatformContext } from './context.ts';
import { createDesk } from './desk/desk.ts';
import { addSampleStaff, type SampleStaff } from './desk/staff.ts';
import { settleEpoch } from './epoch.ts';
import { createBell } from './feed/bell.ts';
import { createFleetBook } from './fleet/book.ts';
import { createMetrics } from './fleet/metrics-server.ts';
import { DEFAULT_RULES, type FleetRules } from './fleet/rules.ts';
import { createFleetSigns } from './fleet/signs.ts';
import { type AlertHook, oweAlerts, startTellingAlerts } from './fleet/tell-alerts.ts';
import { watchFleet } from './fleet/watch.ts';
import { createGateway } from './gateway/gateway.ts';
import type { OwnAnswer } from './gateway/own-answers.ts';
import { inlineOpener, type Opener, workerOpener } from './intake/opener.ts';
import { createOpeningKeys } from './intake/opening-keys.ts';
import { openPlatformKeys, type PlatformKeys } from './keys/platform-keys.ts';
import { ownOrigin, type TlsFiles } from './listening.ts';
import { startMessages } from './messages/messages.ts';
import type { MessageOptions } from './messages/ports.ts';
import { keepForgetting } from './misuse/forget.ts';
import { paymentAnswers } from './payments/answers.ts';
import { createNoticeDoor, type NoticeSender } from './payments/notices.ts';
import { startPayments } from './payments/payments.ts';
import type { Tills } from './payments/steps.ts';
import { type PhoneCodes, phoneAnswers } from './phone/answer.ts';
import { sendIssuers } from './phone/send-issuers.ts';
import { keepOffers } from './rollouts/keep-offers.ts';
import { createRolloutLooks } from './rollouts/looks.ts';
import { type DatabasePlace, openStore } from './store/store.ts';
import { makeEnrolmentCode } from './terminals/enrol.ts';

/** Where one of the two servers listens. */
export interface Listening {
  /** `127.0.0.1` on a developer's machine. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** As others reach it, when that is not its own address: behind a proxy. */
  readonly publicOrigin?: string;
  readonly tls?: TlsFiles;
}

/** Everything a platform is made of. */
export interface PlatformOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: DatabasePlace;
  /** Key files, 0600. */
  readonly keys: Disk;
  /** Second copies of opening keys; better on another disk. */
  readonly keyCopies: Disk;
  readonly backups: Pick<BackupOptions, 'disk' | 'everyMs' | 'keep'>;
  readonly county: County;
  /** Weekends alone unless given. */
  readonly calendar?: WorkingCalendar;
  /** A case with so many working days left, or fewer, is warned of; 2 unless given. */
  readonly warnWorkingDays?: number;
  /** What one village agent may take in cash in a day, in fen; 2,000 yuan unless given. */
  readonly agentCashCapFen?: number;
  /** The matters; a book that changes while the platform runs is asked anew each time. */
  readonly book: MatterBook;
  /** A province's case centre; null keeps every case in the county. */
  readonly centre: PlatformCentre | null;
  /** When machines ring; what holds everywhere unless given. */
  readonly fleetRules?: FleetRules;
  /** Who is told of alerts beside the console; nobody unless given. */
  readonly alertHook?: AlertHook | null;
  /** Where numbers of the fleet are read by whoever watches with Prometheus; nowhere unless given. */
  readonly metrics?: Listening & { readonly token: string | null };
  /** Where shared data comes from; null answers no queries. */
  readonly broker: BrokerOptions | null;
  /** Whom bills are paid through and who sends them; without it nothing can be paid. */
  readonly payments?: PlatformTills | null;
  /** Numbers of record, and who carries messages; without it nobody is told of acts with their card. */
  readonly messages?: MessageOptions | null;
  /** Whose codes from phones are taken; without it none are. */
  readonly phone?: PhoneCodes | null;
  /** Repositories of signed releases, a folder each channel; null offers none. */
  readonly releases: Disk | null;
  readonly gateway: Listening;
  readonly desk: Listening;
  /** Worker threads that open entries; 0 opens on the main thread. */
  readonly openingThreads: number;
  /** The folder of the font's package, for the pages; null leaves it to the reader's machine. */
  readonly fonts: Disk | null;
  /** Staff made up for a developer's machine; null anywhere else. */
  readonly sample: SampleOptions | null;
}

/** Whom a platform pays through; `notices` is what the provider's own messages are signed with, where it sends any. */
export interface PlatformTills extends Tills {
  readonly notices?: NoticeSender;
}

/** Which matters go on to a case centre, and the way there. */
export interface PlatformCentre {
  readonly matters: CentreMatters;
  /** Null where another program on the same database carries out what is owed. */
  readonly port: CaseCentre | null;
}

/** Sample staff, one for each of these towns and one of the county. */
export interface SampleOptions {
  readonly towns: readonly string[];
  /** Where an agent and a desk of the village are made up; none elsewhere. */
  readonly agentVillage?: string | undefined;
  /** Where their passwords are remembered, so that a restart leaves them as they were printed. */
  readonly disk: Disk;
}

/** A platform that listens. */
export interface Platform {
  /** `http(s)://host:port`, what an enrolment code names. */
  readonly gatewayUrl: string;
  readonly deskUrl: string;
  /** Null where there is none. */
  readonly metricsUrl: string | null;
  /** Sign-ins of the sample staff; empty without `sample`. */
  readonly sampleStaff: readonly SampleStaff[];
  /** The made-up agent; null without one. */
  readonly sampleAgent: SampleAgent | null;
  /** Its inner parts, for tests and for the programs that keep it. */
  readonly context: PlatformContext;
  /** A one-time code for a terminal that will stand at `place`. */
  enrolmentCode(place: Place): Promise<string>;
  /** Makes a backup now, so that what is held may be released; answers how many entries became safe. */
  backUpNow(): Promise<number>;
  /** A new opening key and the key set that names it first. */
  addSealKey(): void;
  /** Ends long polls, answers what is under way, closes the store. */
  stop(): Promise<void>;
}

/** Why it did not start: a database of a newer program, left untouched. */
export class PlatformCannotStart extends Error {}

/** Opens everything and listens. */
export async function createPlatform(options: PlatformOptions): Promise<Platform> {
  const crypto = createCrypto(options.random);
  const keys = openPlatformKeys(crypto, { keys: options.keys, copies: options.keyCopies });
  const opened = await openStore(options.database);
  if (!opened.ok) throw new PlatformCannotStart(opened.error.code);
  const store = opened.value;
  const { clock, log, random } = options;
  const epoch = await settleEpoch(store, { crypto, clock }, options.backups.disk);
  const opener = makeOpener(options, crypto, keys);
  const openingKeys = createOpeningKeys(crypto, keys, opener);
  const context: PlatformContext = {
    ...{ store, clock, random, crypto, log, keys, epoch, opener, openingKeys },
    book: options.book,
    county: options.county,
    calendar: options.calendar ?? WEEKENDS_ALONE,
    centreMatters: options.centre?.matters ?? null,
    cashCapFen: options.agentCashCapFen ?? CASH_CAP_FEN,
    tellsPeople: Boolean(options.messages),
    bell: createBell(clock),
  };

  const databasePath = options.database.kind === 'sqlite' ? options.database.path : null;
  const backups = startBackups(context, { ...options.backups, databasePath, onThread: true });
  const broker = options.broker && createBroker(context, options.broker);
  const { fonts, releases } = options;
  const payments = options.payments ? startPayments(context, options.payments) : null;
  const own = new Map<string, OwnAnswer>([
    [OWN_QUESTIONS.slots, slotsAnswer(context)],
    ...(options.payments && payments ? paymentAnswers(context, options.payments, payments) : []),
    [OWN_QUESTIONS.certificate, certificateAnswer(context)],
    [OWN_QUESTIONS.consents, consentsAnswer(context)],
    [OWN_QUESTIONS.underWay, underWayAnswer(context)],
    [OWN_QUESTIONS.casesThere, casesThereAnswer(context)],
    [OWN_QUESTIONS.authorities, authoritiesAnswer(context)],
    ...(options.phone ? phoneAnswers(context, options.phone) : []),
    [OWN_QUESTIONS.cash, cashAnswer(context)],
  ]);
  const sender = options.payments?.notices;
  const notices = payments && sender ? createNoticeDoor(context, payments, sender) : null;
  const tls = options.gateway.tls ?? null;
  const gateway = createGateway(context, { ...{ tls, fonts, broker, releases, own }, notices });
  const gatewayUrl = await listen(gateway, options.gateway);
  await sendIssuers(context, options.phone?.issuers ?? []);
  const sampleStaff = options.sample ? await putSampleStaff(context, options.sample) : [];
  const sampleAgent = options.sample ? await findSampleAgent(context, options.sample) : null;
  const rosters = keepRostersFresh(context);
  const lists = keepListsFresh(context);
  const forgetting = keepForgetting(context);
  const cash = lookForUnsettledCash(context);
  const rules = options.fleetRules ?? DEFAULT_RULES;
  const fleet = {
    ...{ rules, book: createFleetBook(context, rules), signs: createFleetSigns(context) },
    ...{ releases, rollouts: createRolloutLooks(context) },
  };
  const fleetWatch = watchFleet(context, fleet, options.alertHook ? oweAlerts(context) : null);
  const telling = options.alertHook ? startTellingAlerts(context, fleet, options.alertHook) : null;
  const offers = keepOffers(context);
  const desk = createDesk(context, {
    fleet,
    gatewayUrl,
    origin: options.desk.publicOrigin ?? null,
    tls: options.desk.tls ?? null,
    fonts,
    warnWorkingDays: options.warnWorkingDays ?? 2,
    dataSets: () => broker?.dataSets() ?? [],
  });
  const deskUrl = await listen(desk, options.desk);
  const metrics =
    options.metrics &&
    createMetrics(context, fleet.book, { token: options.metrics.token, tls: options.metrics.tls ?? null });
  const metricsUrl = metrics && options.metrics ? `${await listen(metrics, options.metrics)}/metrics` : null;
  const messages = options.messages ? startMessages(context, options.messages) : null;
  const connector = options.centre?.port && startConnector(context, options.centre.port);

  return {
    ...{ gatewayUrl, deskUrl, metricsUrl, sampleStaff, sampleAgent, context },
    enrolmentCode: (place) => makeEnrolmentCode(context, gatewayUrl, place),
    backUpNow: () => backups.now(),
    addSealKey() {
      keys.addSealKey();
      openingKeys.takeNew();
    },
    async stop() {
      await Promise.all([
        gateway.close(),
        desk.close(),
        metrics?.close(),
        connector?.stop(),
        payments?.stop(),
      ]);
      await backups.stop();
      await fleetWatch.stop();
      await telling?.stop();
      await offers.stop();
      await rosters.stop();
      await lists.stop();
      await forgetting.stop();
      await messages?.stop();
      await cash.stop();
      await opener.stop();
      await store.close();
    },
  };
}

const SAMPLE_FILE = 'sample-staff.json';
const AGENT_FILE = 'sample-agent.json';

async function findSampleAgent(
  context: PlatformContext,
  { agentVillage, disk }: SampleOptions,
): Promise<SampleAgent | null> {
  if (agentVillage === undefined) return null;
  const read = disk.read(AGENT_FILE);
  const known: SampleAgent | undefined = read.ok
    ? JSON.parse(new TextDecoder().decode(read.value))
    : undefined;
  const agent = await putSampleAgent(context, agentVillage, known);
  const written = disk.writeDurably(AGENT_FILE, utf8(JSON.stringify(agent)));
  invariant(written.ok, 'the sample agent can be written');
  return agent;
}

async function putSampleStaff(
  context: PlatformContext,
  { towns, agentVillage, disk }: SampleOptions,
): Promise<readonly SampleStaff[]> {
  const read = disk.read(SAMPLE_FILE);
  const known: SampleStaff[] = read.ok ? JSON.parse(new TextDecoder().decode(read.value)) : [];
  const passwords = new Map(known.map(({ name, password }) => [name, password]));
  const villages = agentVillage === undefined ? [] : [agentVillage];
  const staff = await addSampleStaff(context, { villages, towns }, passwords);
  const written = disk.writeDurably(SAMPLE_FILE, utf8(JSON.stringify(staff)));
  invariant(written.ok, 'the sample sign-ins can be written');
  return staff;
}

function makeOpener(options: PlatformOptions, crypto: PlatformContext['crypto'], keys: PlatformKeys): Opener {
  if (options.openingThreads === 0) return inlineOpener(crypto, keys.openingKeys());
  return workerOpener(options.openingThreads, keys.openingKeys());
}

async function listen(app: FastifyInstance, where: Listening): Promise<string> {
  await app.listen({ host: where.host, port: where.port });
  return where.publicOrigin ?? ownOrigin(app, where.tls !== undefined);
}
