/**
 * Upkeep: the stay of a caretaker or maintainer at the screen, as a mode of the authority. It is open only
 * while no visit is. Every command is judged again here, whatever the screen showed.
 */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Random } from '../../base/random.ts';
import type { CabinetFacts, DeviceName, DeviceStatus, IdentityRead } from '../../drivers/api.ts';
import type { AnyAction, Language } from '../api.ts';
import type { Keeper, TrustedTime } from '../keeper.ts';
import type { Standing } from '../limits/standing.ts';
import { createStickWork, type RescueTools } from '../rescue/stick-work.ts';
import type { DeviceNews } from '../visit/devices-link.ts';
import type { DeviceLine, PaperView, UpkeepCommand, UpkeepEvent, UpkeepPage } from './api.ts';
import { awayUntil } from './away.ts';
import type { UpkeepCatalog } from './catalog-page.ts';
import { createDeviceCare } from './device-care.ts';
import { createDeviceWatch } from './device-watch.ts';
import { createMachineCare, type MachineTools } from './machine-care.ts';
import { type PageSource, pageOf } from './pages.ts';
import { offerAgain, type UpkeepQueue } from './queue.ts';
import { mayDo } from './rights.ts';
import { beginSession, choose, firstSpot, goBack, goHome, goTo, type Session, type Spot } from './session.ts';
import { createSignIn, type Verifiers } from './sign-in.ts';
import type { UpkeepStore } from './store.ts';
import { createTests } from './tests.ts';
import type { UpkeepDevices } from './upkeep-devices.ts';

/** How long the screen is left alone to be wiped. */
export const CLEANING_MS = 30_000;
const SECOND_MS = 1_000;
/** Pages on which something may change by itself while they are looked at. */
const LOOKED_AT: ReadonlySet<Spot['at']> = new Set([
  ...([
    'rescue',
    'queue',
    'catalog',
    'machine',
    'machine-log',
    'fixes',
    'fix',
    'diagnostics',
    'software',
  ] as const),
]);

/** What upkeep is given. */
export interface UpkeepParts {
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly keeper: Pick<Keeper, 'keep' | 'lastContactMs'>;
  readonly time: TrustedTime;
  readonly store: UpkeepStore;
  readonly verifiers: Verifiers;
  readonly software: string;
  readonly online: () => boolean;
  /** Free room where the data lies; null where the system does not say. */
  readonly freeBytes: () => number | null;
  readonly queue: UpkeepQueue;
  readonly catalog: UpkeepCatalog;
  /** What the machine takes in, and what is short. */
  readonly standing: () => Standing;
  /** What carrying owed entries by stick is done with. */
  readonly rescue: RescueTools;
  /** What the pages about the machine itself stand on. */
  readonly machine: MachineTools;
  readonly devices: {
    statuses(): readonly DeviceStatus[];
    cabinet(): CabinetFacts | null;
    /** The devices program, while there is one. */
    find(): UpkeepDevices | undefined;
  };
  /** The page may be another now. */
  readonly onChange: () => void;
  /** Something goes on though nobody touches the screen: that is no idling. */
  readonly onBusy: () => void;
}

/** Upkeep, as the authority sees it. */
export interface Upkeep {
  readonly news: DeviceNews;
  /** How each device stands. */
  lines(): readonly DeviceLine[];
  paper(): PaperView | null;
  /** Somebody asks for it; nobody is signed in yet. */
  open(language: Language): void;
  /** The stay is over, for whatever reason. */
  close(): void;
  /** The page of the stay; to be asked for only while one is open. */
  page(): UpkeepPage;
  language(): Language;
  /** Names the page shown: another object means another page. Null while no stay is open. */
  spot(): Spot | null;
  /** While the screen is wiped nothing on it counts, not even leaving. */
  isLocked(): boolean;
  /** Whether a card just read was asked for here: then it is nobody's visit. It is not kept. */
  takesCard(card: IdentityRead): boolean;
  /** `not-here`: not theirs to ask, or not from that page. */
  act(action: AnyAction): 'done' | 'left' | 'not-here';
  stop(): void;
}

/** Starts upkeep, with nobody there. */
export function createUpkeep(parts: UpkeepParts): Upkeep {
  const { clock, store, time, devices, onChange } = parts;
  let session: Session | null = null;
  let cleanUntilMs = 0;
  let cancelTick: Cancel = () => {};

  const signIn = createSignIn(parts);
  const nowMs = () => time.nowMs();
  const watch = createDeviceWatch({ store, statuses: devices.statuses, nowMs });
  const tests = createTests(async (device, signal) => {
    const program = devices.find();
    if (program === undefined) throw new Error('the devices program is gone');
    return program.selfTest({ device }, { signal });
  }, onChange);
  const sticks = createStickWork(clock, parts.rescue, onChange);
  const cleaningMs = () => Math.max(0, cleanUntilMs - clock.monoMs());
  const care = createMachineCare({
    ...{ tools: parts.machine, watch, tests, queue: parts.queue, standing: parts.standing, nowMs },
    ...{ online: parts.online, clockTrusted: time.trusted },
    test: (here, device) => void work.test(here, [device]),
    onSignedIn: (role) => note(null, { type: 'signed-in', role }),
    onRefused: (role, count) => note(null, { type: 'refused', role, count }),
  });
  const source: PageSource = {
    care,
    ...{ signIn, watch, store, tests, sticks, time, cleaningMs, software: parts.software },
    queue: parts.queue,
    catalog: parts.catalog,
    former: parts.rescue.former,
    standing: parts.standing,
    lastContactMs: () => parts.keeper.lastContactMs(),
  };
  const note = (device: DeviceName | null, event: UpkeepEvent) =>
    store.events.add({ atMs: nowMs(), device, event });

  const work = createDeviceCare({
    ...{
      crypto: parts.crypto,
      keeper: parts.keeper,
      time,
      store,
      software: parts.software,
      watch,
      tests,
      note,
    },
    ...{ online: parts.online, freeBytes: parts.freeBytes, cabinet: devices.cabinet, find: devices.find },
    stay: { now: () => session, put },
    onTest() {
      tick();
      onChange();
    },
  });

  function put(next: Session): 'done' {
    session = next;
    parts.machine.maintains(next.role === 'maintainer');
    onChange();
    return 'done';
  }

  /** Counts the seconds that a page shows, and those of a test that runs: a page of A4 takes minutes. */
  function tick(): void {
    cancelTick();
    const isWaiting =
      session?.asked != null && Math.max(signIn.waitMs(session.asked), care.phoneWaitMs()) > 0;
    const isLooking = LOOKED_AT.has(session?.spot.at ?? 'sign-in');
    const isCounting = cleaningMs() > 0 || isWaiting || isLooking || tests.running() !== null;
    cancelTick = isCounting ? clock.after(SECOND_MS, again) : () => {};
  }

  function again(): void {
    if (session?.spot.at === 'cleaning' && cleaningMs() === 0) session = goBack(session);
    tick();
    if (tests.running() === null && sticks.running() === null) onChange();
    else parts.onBusy();
  }

  function tellRefused(): void {
    for (const { role, count } of signIn.tellRefused()) note(null, { type: 'refused', role, count });
  }

  function tryPin(here: Session, pin: string): 'done' | 'not-here' {
    const { asked } = here;
    if (asked === null || !care.admits(asked)) return 'not-here';
    const answer = signIn.try(asked, pin);
    if (answer === 'right') {
      note(null, { type: 'signed-in', role: asked });
      return put({ ...here, role: asked, asked: null, wrong: false, spot: firstSpot(asked) });
    }
    put({ ...here, wrong: answer === 'wrong' || here.wrong });
    tick();
    return 'done';
  }

  function clean(here: Session): 'done' {
    cleanUntilMs = clock.monoMs() + CLEANING_MS;
    put(goTo(here, { at: 'cleaning' }));
    tick();
    return 'done';
  }

  function command(here: Session, wish: UpkeepCommand): 'done' | 'left' | 'not-here' {
    if (!mayDo(here, wish)) return 'not-here';
    const shown = here.spot.at === 'device' ? here.spot.device : 'slip-printer';
    switch (wish.do) {
      case 'open':
        return 'not-here';
      case 'choose-role':
        put({ ...here, asked: wish.role, wrong: false });
        tick();
        return 'done';
      case 'sign-in':
        return tryPin(here, wish.pin);
      case 'go':
        put(goTo(here, { at: wish.to }));
        // A stick may be plugged in while its page is open.
        tick();
        return 'done';
      case 'open-device':
        return put(goTo(here, { at: 'device', device: wish.device }));
      case 'open-report':
        return put(goTo(here, { at: 'report', number: wish.number }));
      case 'agent-away':
        store.saveAgentAway(wish.span === null ? null : awayUntil(wish.span, nowMs()));
        return put(goBack(here));
      case 'clean':
        return clean(here);
      case 'restart':
        return work.restart(here, shown);
      case 'order-repair':
        return work.orderRepair(here, shown);
      case 'self-test':
        return work.test(here, [shown]);
      case 'roll-changed':
        watch.rollChanged();
        return put(here);
      case 'choose-test':
        return put(choose(here, wish.device, wish.chosen));
      case 'run-readiness':
        return work.runReadiness(here);
      case 'look-for-catalog':
        return parts.catalog.look(wish.stick) ? put(here) : 'not-here';
      case 'catalog-back':
        return parts.catalog.stepBack() ? put(here) : 'not-here';
      case 'stop':
        tests.stop();
        return 'done';
      case 'print-report':
        return work.printReport(here);
      case 'try-now':
        parts.queue.tryNow();
        return put(here);
      case 'offer-again':
        return offerAgain(parts.queue, wish.entry) ? put(here) : 'not-here';
      case 'renew-key':
        return parts.queue.renewKey() ? put(here) : 'not-here';
      case 'export-to':
        return sticks.exportTo(wish.stick) ? 'done' : 'not-here';
      case 'read-answers':
        return sticks.readBack(wish.stick) ? 'done' : 'not-here';
      default: {
        const next = care.command(here, wish);
        if (next === 'not-here' || next === 'left') return next;
        put(next);
        tick();
        return 'done';
      }
    }
  }

  return {
    news: {
      ...watch.news,
      status(status) {
        watch.news.status(status);
        if (session?.restarting === status.device && status.state !== 'starting')
          session = { ...session, restarting: null };
      },
    },
    lines: watch.lines,
    paper: watch.paper,
    open(language) {
      session = beginSession(language);
      care.forget();
      const [only, ...others] = signIn.roles;
      if (only !== undefined && others.length === 0) session = { ...session, asked: only };
      tick();
    },
    close() {
      session = null;
      parts.machine.maintains(false);
      cleanUntilMs = 0;
      cancelTick();
      tests.clear();
      sticks.forget();
      care.forget();
      tellRefused();
    },
    page: () => pageOf(session ?? beginSession('zh'), source),
    language: () => session?.language ?? 'zh',
    spot: () => session?.spot ?? null,
    isLocked: () => cleaningMs() > 0,
    takesCard(card) {
      const takes = care.takesCard(session, card);
      if (takes) onChange();
      return takes;
    },
    act(action) {
      if (session === null) return 'not-here';
      switch (action.type) {
        case 'upkeep':
          return command(session, action.command);
        case 'language':
          return put({ ...session, language: action.language });
        case 'back': {
          if (session.trail.length === 0) return 'left';
          tests.stop();
          return put(goBack(session));
        }
        case 'home':
          if (session.role === null) return 'left';
          tests.stop();
          return put(goHome(session, session.role));
        default:
          return 'not-here';
      }
    },
    stop() {
      parts.machine.maintains(false);
      cancelTick();
      tests.clear();
      sticks.stop();
    },
  };
}
