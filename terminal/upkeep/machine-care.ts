/**
 * The maintainer's pages about the machine itself, and the other ways in: by telephone, and with a card beside the PIN.
 * What is chosen on them lives for one stay.
 */
import type { IdentityRead } from '../../drivers/api.ts';
import type { Standing } from '../limits/standing.ts';
import type { MountedStick } from '../rescue/stick-work.ts';
import type { Role, UpkeepPage } from './api.ts';
import type { DeviceWatch } from './device-watch.ts';
import { FIX_DEVICES, fixesStanding } from './fixes.ts';
import type { Door, Fix, LogLine, MachineCommand, MachineReport } from './machine-api.ts';
import type { PhoneSignIn } from './phone-sign-in.ts';
import type { UpkeepQueue } from './queue.ts';
import { firstSpot, goTo, type Session } from './session.ts';
import { softwarePage, type UpkeepSoftware } from './software-page.ts';
import type { Tests } from './tests.ts';
import type { UpkeepCards } from './upkeep-cards.ts';

/** How a bundle came onto a stick. */
export type BundleOutcome = Extract<UpkeepPage, { kind: 'diagnostics' }>['outcome'];

/** What these pages stand on. */
export interface MachineTools {
  readonly report: () => MachineReport;
  readonly log: () => readonly LogLine[];
  readonly cards: UpkeepCards;
  readonly phone: PhoneSignIn;
  readonly sticks: () => readonly MountedStick[];
  readonly software: UpkeepSoftware;
  /** Writes a sealed bundle of diagnostics. */
  readonly writeBundle: (stick: MountedStick) => NonNullable<BundleOutcome>;
  /** Told when a maintainer is signed in, and when they are no more; may be told the same twice. */
  readonly maintains: (isSignedIn: boolean) => void;
}

/** The pages and the door. */
export interface MachineCare {
  /** Somebody comes, or is gone. */
  forget(): void;
  door(asked: Role | null): Door;
  /** How long until an answer by telephone is looked at. */
  phoneWaitMs(): number;
  /** Whether a PIN of this role is looked at now: a card that is asked for was laid. */
  admits(role: Role): boolean;
  /** The page of this stay, where it is one of these. */
  findPage(session: Session): UpkeepPage | undefined;
  /** The stay afterwards; `left`: it is over by this very wish. */
  command(here: Session, wish: MachineCommand): Session | 'not-here' | 'left';
  /** Whether a card just read was asked for here. */
  takesCard(session: Session | null, card: IdentityRead): boolean;
}

/** With nobody there. */
export function createMachineCare(parts: {
  readonly tools: MachineTools;
  readonly watch: DeviceWatch;
  readonly tests: Pick<Tests, 'find'>;
  readonly queue: UpkeepQueue;
  readonly standing: () => Standing;
  readonly online: () => boolean;
  readonly clockTrusted: () => boolean;
  readonly nowMs: () => number;
  /** Begins a device's self-test. */
  readonly test: (here: Session, device: 'slip-printer' | 'card-reader') => void;
  readonly onSignedIn: (role: Role) => void;
  readonly onRefused: (role: Role, count: number) => void;
}): MachineCare {
  const { tools, queue } = parts;
  const { phone, cards } = tools;
  let card: 'unknown' | 'known' | null = null;
  let adding: Extract<UpkeepPage, { kind: 'machine' }>['adding'] = 'no';
  let tried: Fix | null = null;
  let written: BundleOutcome = null;
  let asksToChange = false;

  /** A machine whose reader is broken must let its maintainer in to mend it: the code alone does then. */
  const wantsCard = (role: Role | null) => {
    const { state } = parts.watch.line('card-reader');
    return role === 'maintainer' && (state === 'ok' || state === 'attention') && cards.count() > 0;
  };
  const admits = (role: Role) => !wantsCard(role) || card === 'known';
  const standing = () => fixesStanding(parts);

  function comeOf(fix: Fix): Extract<UpkeepPage, { kind: 'fix' }>['tried'] {
    if (tried !== fix) return null;
    const device = FIX_DEVICES[fix];
    if (device === undefined) return standing().has(fix) ? 'not-well' : 'well';
    const run = parts.tests.find(device);
    if (run === null) return null;
    if (run.state === 'running') return 'running';
    return run.state === 'done' && run.passed ? 'well' : 'not-well';
  }

  function tryFix(here: Session, fix: Fix): Session {
    tried = fix;
    const device = FIX_DEVICES[fix];
    if (device !== undefined) parts.test(here, device);
    if (fix === 'refused')
      for (const { state, entryId } of queue.entries(QUEUE_LOOKED_AT))
        if (state === 'refused') queue.offerAgain(entryId);
    if (fix === 'refused' || fix === 'network') queue.tryNow();
    return here;
  }

  /** Who tries twice and goes is told of as well. */
  function tellRefused(): void {
    const count = phone.tellRefused('maintainer');
    if (count > 0) parts.onRefused('maintainer', count);
  }

  function answer(here: Session, given: string): Session | 'not-here' {
    const { asked } = here;
    if (asked !== 'maintainer' || !admits(asked)) return 'not-here';
    const said = phone.try(asked, given);
    if (said === 'right') {
      parts.onSignedIn(asked);
      return { ...here, role: asked, asked: null, wrong: false, spot: firstSpot(asked) };
    }
    if (said === 'stale') {
      tellRefused();
      phone.ask();
    }
    return { ...here, wrong: said !== 'wait' || here.wrong };
  }

  /** Whoever is sure goes: the machine changes over when nobody stands here. */
  function changeSoftware(here: Session, isSure: boolean): Session | 'not-here' | 'left' {
    if (isSure) return asksToChange && tools.software.hurry() ? 'left' : 'not-here';
    asksToChange = softwarePage(tools.software, true).asks;
    return asksToChange ? { ...here } : 'not-here';
  }

  return {
    forget() {
      tellRefused();
      phone.forget();
      card = null;
      adding = 'no';
      tried = null;
      written = null;
      asksToChange = false;
    },
    door(asked) {
      const isPhone = asked === 'maintainer' && phone.machine !== null;
      return {
        phone: isPhone ? phone.machine : null,
        challenge: isPhone ? phone.challenge() : null,
        card: wantsCard(asked) ? (card ?? 'wanted') : 'none',
      };
    },
    phoneWaitMs: phone.waitMs,
    admits,
    findPage({ spot }) {
      switch (spot.at) {
        case 'machine':
          return { kind: 'machine', report: tools.report(), cards: cards.count(), adding };
        case 'machine-log':
          return { kind: 'machine-log', lines: [...tools.log()] };
        case 'fixes':
          return { kind: 'fixes', fixes: fixesInOrder(standing()) };
        case 'fix':
          return { kind: 'fix', fix: spot.fix, stands: standing().has(spot.fix), tried: comeOf(spot.fix) };
        case 'diagnostics':
          return { kind: 'diagnostics', sticks: tools.sticks().map(({ name }) => name), outcome: written };
        case 'software':
          return softwarePage(tools.software, asksToChange);
        default:
          return undefined;
      }
    },
    command(here, wish) {
      switch (wish.do) {
        case 'by-phone':
          if (phone.machine === null || here.asked !== 'maintainer') return 'not-here';
          if (wish.on) phone.ask();
          else phone.forget();
          return { ...here, wrong: false };
        case 'sign-in-by-phone':
          return answer(here, wish.answer);
        case 'look-at':
          asksToChange = false;
          return goTo(here, { at: wish.page });
        case 'open-fix':
          tried = null;
          return goTo(here, { at: 'fix', fix: wish.fix });
        case 'try-fix':
          return here.spot.at === 'fix' ? tryFix(here, here.spot.fix) : 'not-here';
        case 'write-diagnostics': {
          const stick = tools.sticks().find(({ name }) => name === wish.stick);
          if (stick === undefined) return 'not-here';
          written = tools.writeBundle(stick);
          return { ...here };
        }
        case 'add-card':
          adding = 'lay';
          return { ...here };
        case 'drop-cards':
          return cards.clear() ? { ...here } : 'not-here';
        case 'look-for-software':
          return tools.software.look(wish.stick) ? { ...here } : 'not-here';
        case 'change-software':
          return changeSoftware(here, wish.sure);
        case 'cancel-software': {
          const had = asksToChange || tools.software.cancel();
          asksToChange = false;
          return had ? { ...here } : 'not-here';
        }
      }
    },
    takesCard(session, { number, photo }) {
      if (session === null) return false;
      if (session.role === null && session.spot.at === 'sign-in' && wantsCard(session.asked)) {
        card = cards.isKnown({ number, photo }) ? 'known' : 'unknown';
        return true;
      }
      if (session.spot.at !== 'machine' || adding !== 'lay') return false;
      adding = cards.add({ number, photo }, parts.nowMs()) ? 'added' : 'unfit';
      return true;
    },
  };
}

const QUEUE_LOOKED_AT = 200;
const FIX_ORDER: readonly Fix[] = ['paper', 'reader', 'network', 'disk', 'clock', 'refused'];

function fixesInOrder(standing: ReadonlySet<Fix>): { fix: Fix; stands: boolean }[] {
  return FIX_ORDER.map((fix) => ({ fix, stands: standing.has(fix) })).sort(
    (a, b) => Number(b.stands) - Number(a.stands),
  );
}
