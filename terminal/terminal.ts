/**
 * A terminal: visits, cases and slips on top of what is kept durably, for one screen. Everything it needs is
 * handed in, so that a test or a simulation can hand in its own.
 */
import type { Clock } from '../base/clock.ts';
import type { Crypto } from '../base/crypto/api.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { Catalog } from '../catalog/load.ts';
import type { RosterContent } from '../sync/agent-contents.ts';
import type { SlipLookUp } from '../sync/lookup.ts';
import type { Queries } from '../sync/queries.ts';
import { createActingKeeper } from './agents/acting-keeper.ts';
import { createAgentDesk, NO_AGENTS } from './agents/agent-desk.ts';
import type { AgentVault } from './agents/agent-vault.ts';
import type { AuthorityStore } from './agents/authorities.ts';
import type { DayBook } from './agents/day-book.ts';
import type { View, VoiceReport } from './api.ts';
import { createCashDesk } from './cash/cash-desk.ts';
import { type CashLedger, NO_CASH } from './cash/ledger.ts';
import { voidLeftOver } from './certificate/issued.ts';
import type { Typesetter } from './certificate/pdf.ts';
import { createPrintDesk } from './certificate/print-desk.ts';
import type { Keeper, TrustedTime } from './keeper.ts';
import type { Standing } from './limits/standing.ts';
import { createEmergencyDesk } from './notices/emergency-desk.ts';
import { marksInMemory, type NoticeMarks } from './notices/marks.ts';
import { createPayDesk } from './payments/pay-desk.ts';
import { createPhoneDesk, NO_PHONE_CODES } from './phone/phone-desk.ts';
import { createAuthoritiesThere } from './queries/authorities-there.ts';
import { createCasesElsewhere } from './queries/cases-elsewhere.ts';
import { createCasesThere } from './queries/cases-there.ts';
import { createEarlierConsents } from './queries/earlier-consents.ts';
import { createQueryDesk } from './queries/query-desk.ts';
import { createActionMemory } from './screen/actions.ts';
import { createScreenRouter, type ScreenRouter } from './screen/router.ts';
import { createLookUpDesk } from './slips/look-up.ts';
import { createSlipDesk } from './slips/printing.ts';
import { createUpkeep, type Upkeep, type UpkeepParts } from './upkeep/upkeep.ts';
import { createAuthority } from './visit/authority.ts';
import { createCallPace } from './visit/call-wish.ts';
import type { Notice, ServiceState, Site, Slots } from './visit/desk.ts';
import { createDevicesLink, type DeviceNews, type Devices } from './visit/devices-link.ts';
import { createNight } from './visit/night.ts';
import { createProver } from './visit/prover.ts';
import { NOBODY_OFFERS } from './visit/slots.ts';
import { TIMEOUTS, type Timeouts } from './visit/timeouts.ts';

/** Something that changes outside. */
export interface Source<T> {
  now(): T;
  /** Calls back after a change; returns how to stop that. */
  onChange(listener: () => void): () => void;
}

/** What a terminal is made of. */
export interface TerminalParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly keeper: Keeper;
  readonly time: TrustedTime;
  readonly site: Site;
  readonly catalog: Source<Catalog>;
  /** Whether the platform can be reached. */
  readonly network: Source<boolean>;
  /** Whether the terminal is enrolled and its store sound. */
  readonly service: Source<ServiceState>;
  /** Those in force. */
  readonly notices: Source<readonly Notice[]>;
  /** What was said of emergencies among them; without it that lives as long as the program. */
  readonly noticeMarks?: NoticeMarks;
  /** What this machine takes in now. */
  readonly standing: Source<Standing>;
  /** Looks a case up by its slip. */
  readonly lookUp: SlipLookUp;
  /** Asks the platform what the state keeps. */
  readonly queries: Queries;
  /** Sets the papers that are printed. */
  readonly typesetter: Typesetter;
  /** The times that services offer; without it appointments are only wished for. */
  readonly slots?: Slots;
  /** Codes from phones that stand in the place of a card; without it there are none. */
  readonly phone?: Pick<Parameters<typeof createPhoneDesk>[0], 'rules' | 'used' | 'named'>;
  /** Who may act for residents; without it nobody signs in as an agent. */
  readonly agents?: TerminalAgents;
  readonly timeouts?: Timeouts;
  /** Told of the devices as it happens, for whoever counts it. */
  readonly deviceNews?: DeviceNews;
  /** For whoever looks after the machine; without it nobody does so at its screen. */
  readonly upkeep?: Pick<
    UpkeepParts,
    'store' | 'verifiers' | 'software' | 'freeBytes' | 'queue' | 'rescue' | 'catalog' | 'machine'
  >;
}

/** What village agents are known by. */
export interface TerminalAgents {
  readonly vault: AgentVault;
  readonly dayBook: DayBook;
  /** Their lists, unopened. */
  readonly lists: Source<readonly Uint8Array[]>;
  readonly authorities: AuthorityStore;
  readonly cash: CashLedger;
  readonly roster: Source<RosterContent | null>;
  /** A time that certainly has been reached. */
  readonly sureMs: () => number;
}

function agentParts({ roster, lists, ...stores }: TerminalAgents, time: TrustedTime) {
  return { ...stores, roster: () => roster.now(), lists: () => lists.now(), nowMs: () => time.nowMs() };
}

/** A running terminal. */
export interface Terminal {
  /** For the screen, on the contract of `api.ts`. */
  readonly router: ScreenRouter;
  /** What the screen would be shown now. */
  view(): View;
  /** Whether nobody stands here, and nothing is in anybody's hand. */
  readonly vacant: Source<boolean>;
  /** How the devices and the paper stand; null where nobody looks after the machine. */
  readonly machine: Pick<Upkeep, 'lines' | 'paper'> | null;
  /** Goes on with this devices process, after each of its starts; until the first, devices are down. */
  attachDevices(devices: Devices): void;
  /** The devices, for whoever looks after the machine from afar. */
  readonly care: Pick<UpkeepParts['devices'], 'statuses' | 'find'>;
  /** Ends the visit, whose unfinished matter becomes a draft, and everything that runs. */
  stop(): void;
}

/** The pages of a machine that nobody uses. */
const VACANT: ReadonlySet<View['page']['kind']> = new Set(['attract', 'out-of-service']);

/** Starts a terminal. */
export function createTerminal(parts: TerminalParts): Terminal {
  const { clock, log, timeouts = TIMEOUTS, slots: offers = NOBODY_OFFERS } = parts;
  const agents = parts.agents
    ? createAgentDesk({ ...parts, ...agentParts(parts.agents, parts.time) })
    : NO_AGENTS;
  // Whatever is kept for a person goes through the one that knows who acts.
  const keeper = createActingKeeper(parts.keeper, agents);
  const listeners = new Set<() => void>();
  const actions = createActionMemory();
  const refresh = () => authority.refresh();
  const night = createNight({
    ...{ clock, time: parts.time, hours: parts.site.nightHours, onChange: refresh },
  });

  const devices = createDevicesLink({
    clock,
    timeouts,
    log,
    onReader(event) {
      if (event.type !== 'identity' || !upkeep?.takesCard(event.read)) return authority.readerSaid(event);
      event.read.photo.fill(0);
      devices.forgetCard();
    },
    onScanner: (event) => authority.scannerSaid(event),
    onChange: refresh,
    onUnplugged: () => authority.beSilent(),
    onPresence: () => night.wake(),
    news: {
      status(status) {
        upkeep?.news.status(status);
        parts.deviceNews?.status(status);
      },
      hung(device) {
        upkeep?.news.hung(device);
        parts.deviceNews?.hung(device);
      },
      lost() {
        upkeep?.news.lost();
        parts.deviceNews?.lost();
      },
    },
  });
  const upkeep =
    parts.upkeep &&
    createUpkeep({
      ...parts,
      ...parts.upkeep,
      standing: () => parts.standing.now(),
      online: () => parts.network.now(),
      devices: { statuses: devices.statuses, cabinet: () => devices.view().cabinet, find: devices.find },
      onChange: refresh,
      onBusy: () => authority.stillBusy(),
    });
  const prover = createProver({
    findDevices: devices.findProver,
    onEvent: (proofId, event) => authority.proofSaid(proofId, event),
  });
  const slips = createSlipDesk({ keeper, findPrinter: devices.findPrinter, onChange: refresh });
  const lookUps = createLookUpDesk({ lookUp: parts.lookUp, onChange: refresh });
  const phone = parts.phone
    ? createPhoneDesk({ ...parts, ...parts.phone, online: () => parts.network.now(), onChange: refresh })
    : NO_PHONE_CODES;
  const queries = createQueryDesk({
    ...{ keeper, queries: parts.queries, clock, random: parts.random },
    ...{ online: () => parts.network.now(), onChange: refresh },
  });
  const elsewhere = createCasesElsewhere({
    ...{ queries: parts.queries, online: () => parts.network.now(), onChange: refresh },
  });
  const casesThere = createCasesThere({
    ...{ queries: parts.queries, clock, online: () => parts.network.now(), onChange: refresh },
  });
  const authoritiesThere = createAuthoritiesThere({
    ...{ queries: parts.queries, online: () => parts.network.now(), onChange: refresh },
    take: (sealed) => agents.authorities.takeTold(sealed),
  });
  const earlier = createEarlierConsents({
    ...{ keeper, queries: parts.queries, random: parts.random },
    ...{ online: () => parts.network.now(), onChange: refresh },
  });
  const prints = createPrintDesk({
    ...{ keeper, queries: parts.queries, clock, random: parts.random, typesetter: parts.typesetter },
    nowMs: () => parts.time.nowMs(),
    findPrinter: devices.findDocumentPrinter,
    onChange: refresh,
    onBusy: () => authority.stillBusy(),
  });
  const emergencies = createEmergencyDesk({
    ...{ keeper, crypto: parts.crypto, marks: parts.noticeMarks ?? marksInMemory() },
    nowMs: () => parts.time.nowMs(),
  });
  const stopVoiding = voidLeftOver(keeper, parts.random);
  const pay = createPayDesk({ queries: parts.queries, clock, onChange: refresh });
  const cash = createCashDesk({
    ...{ ledger: parts.agents?.cash ?? NO_CASH, queries: parts.queries, onChange: refresh },
    ...{ findPrinter: devices.findPrinter, sureMs: parts.agents?.sureMs ?? parts.time.floorMs },
  });
  const authority = createAuthority({
    desk: {
      ...parts,
      keeper,
      agents,
      timeouts,
      slips,
      prints,
      prover,
      lookUps,
      phone,
      queries,
      earlier,
      elsewhere,
      casesThere,
      authoritiesThere,
      countSaved: (saved) => parts.upkeep?.store.addSaved(saved),
      slots: offers,
      pay,
      cash,
      callPace: createCallPace(clock),
      catalog: () => parts.catalog.now(),
      devices: () => devices.view(),
      online: () => parts.network.now(),
      service: () => parts.service.now(),
      notices: () => parts.notices.now(),
      emergencies,
      standing: () => parts.standing.now(),
      agentAwayUntilMs: () => parts.upkeep?.store.agentAwayUntilMs() ?? null,
    },
    onChange: () => {
      for (const listener of [...listeners]) listener();
    },
    onEnd: () => {
      actions.clear();
      devices.forgetCard();
    },
    upkeep,
  });

  const sources: Pick<Source<unknown>, 'onChange'>[] = [
    parts.catalog,
    parts.network,
    parts.service,
    parts.notices,
    parts.standing,
    keeper,
    offers,
  ];
  if (parts.agents) sources.push(parts.agents.roster, parts.agents.lists);
  const unsubscribes = sources.map((source) => source.onChange(refresh));
  const sayShown = () => parts.service.now() === 'up' && emergencies.shows(parts.notices.now());
  for (const source of [parts.notices, parts.service]) unsubscribes.push(source.onChange(sayShown));
  sayShown();
  authority.refresh();

  const view = () => night.shown(authority.view());
  const service = {
    view,
    act(...action: Parameters<typeof authority.act>) {
      night.wake();
      return authority.act(...action);
    },
    findFile: authority.findFile,
    camerasSaid: devices.camerasSaid,
    microphoneSaid: devices.microphoneSaid,
    voiceSaid: (report: VoiceReport) => log('screen.cannot-say', report),
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    router: createScreenRouter(service, actions),
    view,
    vacant: {
      now: () => VACANT.has(authority.view().page.kind),
      onChange: service.onChange,
    },
    machine: upkeep ?? null,
    attachDevices: devices.attach,
    care: { statuses: devices.statuses, find: devices.find },
    stop() {
      night.stop();
      stopVoiding();
      for (const unsubscribe of unsubscribes) unsubscribe();
      authority.stop();
      upkeep?.stop();
      slips.stop();
      cash.slips.stop();
      cash.want(null);
      cash.settle(null);
      prints.keepOnly(null);
      prover.keepOnly(null);
      lookUps.keepOnly(null);
      phone.keepOnly(null);
      queries.forget();
      earlier.want(null);
      elsewhere.want(null);
      casesThere.want(null);
      authoritiesThere.want(null);
      pay.forget();
      devices.stop();
      listeners.clear();
    },
  };
}
