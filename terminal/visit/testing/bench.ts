/** A visit's authority with every seam in the test's hand. */
import { isoDate } from '../../../base/calendar.ts';
import { systemRandom } from '../../../base/node/random.ts';
import { err } from '../../../base/result.ts';
import type { Catalog } from '../../../catalog/load.ts';
import type { ScannerEvent, SlipJob, SlipOutcome } from '../../../drivers/api.ts';
import type { RosterContent } from '../../../sync/agent-contents.ts';
import type { Queries } from '../../../sync/queries.ts';
import { createActingKeeper } from '../../agents/acting-keeper.ts';
import { type Acting, type AgentDesk, createAgentDesk } from '../../agents/agent-desk.ts';
import type { ActResult, AnyAction, Page, View } from '../../api.ts';
import { createCashDesk } from '../../cash/cash-desk.ts';
import { createPrintDesk } from '../../certificate/print-desk.ts';
import { ALL_OPEN, type Standing } from '../../limits/standing.ts';
import { createEmergencyDesk } from '../../notices/emergency-desk.ts';
import { marksInMemory } from '../../notices/marks.ts';
import { createPayDesk } from '../../payments/pay-desk.ts';
import { createPhoneDesk } from '../../phone/phone-desk.ts';
import { createAuthoritiesThere } from '../../queries/authorities-there.ts';
import { createCasesElsewhere } from '../../queries/cases-elsewhere.ts';
import { createCasesThere } from '../../queries/cases-there.ts';
import { createEarlierConsents } from '../../queries/earlier-consents.ts';
import { createQueryDesk } from '../../queries/query-desk.ts';
import { createLookUpDesk } from '../../slips/look-up.ts';
import { createSlipDesk } from '../../slips/printing.ts';
import { crypto, type HandClock } from '../../testing/keeper-world.ts';
import type { Saved } from '../../upkeep/store.ts';
import type { Upkeep } from '../../upkeep/upkeep.ts';
import { createAuthority } from '../authority.ts';
import type { Authority } from '../authority-api.ts';
import { createCallPace } from '../call-wish.ts';
import type { DeviceView, Notice, ServiceState, SlotsState } from '../desk.ts';
import { TIMEOUTS } from '../timeouts.ts';
import { type FakeLookUp, fakeLookUp } from './fake-look-up.ts';
import { type FakePrinting, fakePrinting } from './fake-printing.ts';
import { type FakeProver, fakeProver } from './fake-prover.ts';
import { type FakeQueries, fakeQueries } from './fake-queries.ts';
import { readOf, type SamplePerson } from './people.ts';
import { PHONE_RULES, usedInMemory } from './phones.ts';
import { PROJECT_CATALOG, SITE, START_MS } from './site.ts';
import { type WatchedKeeper, watchKeeper } from './watched-keeper.ts';

/** What a test turns and reads. */
export interface Bench {
  readonly authority: Authority;
  readonly clock: HandClock;
  readonly keeper: WatchedKeeper;
  /** What the terminal believes of the world; call `refresh` after a change. */
  readonly world: {
    online: boolean;
    service: ServiceState;
    devices: DeviceView;
    trustedTime: boolean;
    floorMs: number;
    catalog: Catalog;
    notices: readonly Notice[];
    standing: Standing;
    agentAwayUntilMs: number | null;
    /** The village's agents; call `refresh` after a change. */
    roster: RosterContent | null;
    /** Lists that came down, as feed items hold them. */
    agentLists: readonly Uint8Array[];
    /** What services offer, and the one whose times are asked for. */
    slots: Readonly<Record<string, SlotsState>>;
    slotsWanted: string | null;
    /** What the platform says of a code from a phone; nobody is reached unless a test says otherwise. */
    phoneSays: Queries['ask'];
  };
  /** Slips sent to the printer, and how each is to end. */
  readonly slips: { readonly printed: SlipJob[]; answer: () => Promise<SlipOutcome> };
  /** Proof of person; `world.devices` says which methods there are. */
  readonly proof: FakeProver;
  /** The platform, as far as slips are looked up. */
  readonly lookUp: FakeLookUp;
  /** The platform, as far as it is asked what the state keeps. */
  readonly queries: FakeQueries;
  /** The printer of whole sheets, and what is set for it. */
  readonly printing: FakePrinting;
  /** What was logged, in order. */
  /** What was counted as saved by shared data, oldest first. */
  readonly saved: readonly Omit<Saved, 'times'>[];
  readonly logged: readonly { readonly name: string; readonly fields: object }[];
  /** Who is signed in as an agent, by the keys held. */
  acting(): Acting | null;
  readonly agents: AgentDesk;
  /** The date, as day books write it. */
  today(): string;
  /** How often the reader was told to forget. */
  forgotten(): number;
  /** Calls back after each change of the view. */
  onChange(listener: () => void): () => void;
  view(): View;
  page(): Page;
  /** An action on the present page. */
  act(action: AnyAction): ActResult;
  lay(person: SamplePerson): void;
  /** Holds a QR code of this text before the scanner, or whatever else it tells. */
  scan(event: string | ScannerEvent): void;
}

/** A bench with service up and nobody here; on another keeper than a new one when it is handed in. */
export function createBench({
  keeper = watchKeeper(),
  upkeepOf,
}: {
  readonly keeper?: WatchedKeeper;
  /** Makes what looks after the machine; `authority` is to be asked later, it is not there yet. */
  readonly upkeepOf?: (keeper: WatchedKeeper, authority: () => Authority) => Upkeep;
} = {}): Bench {
  const { clock } = keeper;
  const agents = createAgentDesk({
    ...{
      vault: keeper.agents,
      dayBook: keeper.dayBook,
      authorities: keeper.authorities,
      keeper,
      clock,
      crypto,
      random: systemRandom,
    },
    nowMs: clock.wallMs,
    roster: () => world.roster,
    lists: () => world.agentLists,
    sureMs: () => (world.trustedTime ? clock.wallMs() : world.floorMs),
  });
  const acting = createActingKeeper(keeper, agents);
  const world: Bench['world'] = {
    online: true,
    service: 'up',
    devices: {
      reader: 'ready',
      slipPrinter: 'ok',
      documentPrinter: 'ok',
      scanner: 'ready',
      cameras: new Set(),
      microphone: 'ready',
      audioJack: null,
      proofMethods: [],
      cabinet: null,
    },
    trustedTime: true,
    floorMs: START_MS - 86_400_000,
    catalog: PROJECT_CATALOG,
    notices: [],
    standing: ALL_OPEN,
    agentAwayUntilMs: null,
    roster: null,
    agentLists: [],
    slots: {},
    slotsWanted: null,
    phoneSays: async () => err('offline'),
  };
  const slips: Bench['slips'] = { printed: [], answer: async () => ({ outcome: 'printed' }) };
  let forgotten = 0;
  const listeners = new Set<() => void>();
  const refresh = () => authority.refresh();
  const printer = {
    printSlip(job: SlipJob) {
      slips.printed.push(job);
      return slips.answer();
    },
  };
  const proof = fakeProver((proofId, event) => authority.proofSaid(proofId, event));
  const lookUp = fakeLookUp();
  const lookUps = createLookUpDesk({ lookUp, onChange: refresh });
  const queries = fakeQueries();
  const printing = fakePrinting();
  const logged: { name: string; fields: object }[] = [];
  const saved: Omit<Saved, 'times'>[] = [];
  const queryDesk = createQueryDesk({
    ...{ keeper: acting, queries, clock, random: systemRandom },
    ...{ online: () => world.online, onChange: refresh },
  });
  const emergencies = createEmergencyDesk({
    ...{ keeper: acting, crypto, marks: marksInMemory(), nowMs: clock.wallMs },
  });
  const authority: Authority = createAuthority({
    desk: {
      clock,
      random: systemRandom,
      crypto,
      keeper: acting,
      time: { nowMs: clock.wallMs, trusted: () => world.trustedTime, floorMs: () => world.floorMs },
      timeouts: TIMEOUTS,
      site: SITE,
      slips: createSlipDesk({
        keeper,
        findPrinter: () => (world.devices.slipPrinter === 'down' ? undefined : printer),
        onChange: refresh,
      }),
      prints: createPrintDesk({
        ...{ keeper: acting, queries, clock, nowMs: clock.wallMs, random: systemRandom },
        typesetter: printing.typesetter,
        findPrinter: () => (world.devices.documentPrinter === 'down' ? undefined : printing.printer),
        onChange: refresh,
        onBusy: () => authority.stillBusy(),
      }),
      prover: proof.prover,
      lookUps,
      phone: createPhoneDesk({
        ...{ rules: PHONE_RULES, crypto, used: usedInMemory(), onChange: refresh },
        time: { nowMs: clock.wallMs, trusted: () => world.trustedTime, floorMs: () => world.floorMs },
        queries: {
          ask: (query, signal) => world.phoneSays(query, signal),
          replace: async () => err('offline'),
        },
        online: () => world.online,
      }),
      queries: queryDesk,
      elsewhere: createCasesElsewhere({ queries, online: () => world.online, onChange: refresh }),
      casesThere: createCasesThere({ queries, clock, online: () => world.online, onChange: refresh }),
      authoritiesThere: createAuthoritiesThere({
        ...{ queries, online: () => world.online, onChange: refresh },
        take: (sealed) => agents.authorities.takeTold(sealed),
      }),
      earlier: createEarlierConsents({
        ...{ keeper: acting, queries, random: systemRandom },
        ...{ online: () => world.online, onChange: refresh },
      }),
      countSaved: (one) => void saved.push(one),
      log: (name, fields) => void logged.push({ name, fields }),
      slots: {
        state: (service) => world.slots[service] ?? { at: 'trouble' },
        want(service) {
          world.slotsWanted = service;
        },
        forget() {
          world.slots = {};
        },
        onChange: () => () => undefined,
      },
      pay: createPayDesk({ queries, clock, onChange: refresh }),
      cash: createCashDesk({
        ...{ ledger: keeper.cash, queries, onChange: refresh },
        findPrinter: () => (world.devices.slipPrinter === 'down' ? undefined : printer),
        sureMs: () => (world.trustedTime ? clock.wallMs() : world.floorMs),
      }),
      agents,
      callPace: createCallPace(clock),
      catalog: () => world.catalog,
      devices: () => world.devices,
      online: () => world.online,
      service: () => world.service,
      notices: () => world.notices,
      emergencies,
      standing: () => world.standing,
      agentAwayUntilMs: () => world.agentAwayUntilMs,
    },
    onChange: () => {
      for (const listener of [...listeners]) listener();
    },
    onEnd: () => {
      forgotten += 1;
    },
    upkeep: upkeepOf?.(keeper, () => authority),
  });
  authority.refresh();
  return {
    authority,
    clock,
    keeper,
    world,
    slips,
    proof,
    lookUp,
    queries,
    printing,
    saved,
    logged,
    acting: () => agents.acting(),
    agents,
    today: () => isoDate(clock.wallMs()),
    forgotten: () => forgotten,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => authority.view(),
    page: () => authority.view().page,
    act: (action) => authority.act(authority.view().revision, action),
    scan: (event) =>
      authority.scannerSaid(
        typeof event === 'string' ? { type: 'code', code: { symbology: 'qr', text: event } } : event,
      ),
    lay: (person) => authority.readerSaid({ type: 'identity', read: readOf(person) }),
  };
}
