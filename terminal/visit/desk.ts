/** What a visit works with: every seam and service the terminal hands in. Lives as long as the terminal. */
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Log } from '../../base/log.ts';
import type { Random } from '../../base/random.ts';
import type { Catalog } from '../../catalog/load.ts';
import type { Text } from '../../catalog/schema.ts';
import type { CabinetFacts, CameraName, ProofMethod } from '../../drivers/api.ts';
import type { Place } from '../../sync/contents.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { View } from '../api.ts';
import type { CashDesk } from '../cash/cash-desk.ts';
import type { PrintDesk } from '../certificate/print-desk.ts';
import type { Keeper, TrustedTime } from '../keeper.ts';
import type { Standing } from '../limits/standing.ts';
import type { EmergencyDesk } from '../notices/emergency-desk.ts';
import type { PayDesk } from '../payments/pay-desk.ts';
import type { PhoneDesk } from '../phone/phone-desk.ts';
import type { AuthoritiesThere } from '../queries/authorities-there.ts';
import type { CasesElsewhere } from '../queries/cases-elsewhere.ts';
import type { CasesThere } from '../queries/cases-there.ts';
import type { EarlierConsents } from '../queries/earlier-consents.ts';
import type { QueryDesk } from '../queries/query-desk.ts';
import type { LookUpDesk } from '../slips/look-up.ts';
import type { SlipDesk } from '../slips/printing.ts';
import type { Saved } from '../upkeep/store.ts';
import type { AgentTimes } from './agent-hours.ts';
import type { CallPace } from './call-wish.ts';
import type { Prover } from './prover.ts';
import type { QuietHours } from './quiet-hours.ts';
import type { Timeouts } from './timeouts.ts';

/** Where the terminal stands and whom to call; from its configuration. */
export interface Site {
  readonly county: Area;
  readonly town: Area;
  readonly village: Area;
  readonly support: View['support'];
  /** When the loudspeaker asks before it speaks, and speaks softly; none where nobody lives beside it. */
  readonly quietHours?: QuietHours | undefined;
  /** When the screen is dimmed while nobody is here; never without them. */
  readonly nightHours?: QuietHours | undefined;
  /** When the agent is there, as times; without them only the words in `support` say so. */
  readonly agentTimes?: readonly AgentTimes[] | undefined;
}

/** An area with its statistics code (domain.md B.5). */
interface Area {
  readonly code: string;
  readonly name: Text;
}

/** A notice in force. */
export interface Notice {
  /** The platform's, in hex. */
  readonly id: string;
  readonly title: Text;
  readonly body: Text;
  /** Who issued it, when, until when, whom to call. */
  readonly byline: Text;
  readonly danger: boolean;
}

/** Whether the machine can serve anybody. */
export type ServiceState = 'up' | 'not-enrolled' | 'store' | 'starting' | 'locked';

/** How the devices are doing, as pages need it. */
export interface DeviceView {
  readonly reader: 'ready' | 'reading' | 'down';
  readonly slipPrinter: 'ok' | 'low' | 'down';
  readonly documentPrinter: 'ok' | 'low' | 'down';
  readonly scanner: 'ready' | 'down';
  /** How a person can be proved now; none where nothing is fitted, or it does not work. */
  readonly proofMethods: readonly ProofMethod[];
  /** The cameras that can take a picture now. */
  readonly cameras: ReadonlySet<CameraName>;
  readonly microphone: 'ready' | 'down';
  /** Whether a headphone or handset is in use; null where there is no jack, or nobody knows. */
  readonly audioJack: boolean | null;
  /** The machine around the screen; null where no cabinet file says it. */
  readonly cabinet: CabinetFacts | null;
}

/** A time for an appointment, as the platform offers it. */
export interface OfferedSlot {
  /** The platform's own name for it. */
  readonly id: string;
  /** ISO date. */
  readonly day: string;
  /** `09:30`. */
  readonly from: string;
}

/** How the times of one service are known. `trouble`: no network, no answer, or nobody offers any. */
export type SlotsState =
  | { readonly at: 'asking' }
  | { readonly at: 'offered'; readonly slots: readonly OfferedSlot[] }
  | { readonly at: 'trouble' };

/** The times that services offer, for the visit there is. */
export interface Slots {
  /** What is known now, also after the page that asked was left: an answer is judged by it until the visit ends. */
  state(service: string): SlotsState;
  /** Told at each change of the view: the service whose times the page shown asks for, null on any other page. */
  want(service: string | null): void;
  /** Forgets what was offered: the visit is over. */
  forget(): void;
  /** Calls back when a state changed; returns how to stop that. */
  onChange(listener: () => void): () => void;
}

/** The seams and services of one terminal. */
export interface Desk {
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  readonly keeper: Keeper;
  readonly time: TrustedTime;
  readonly timeouts: Timeouts;
  readonly site: Site;
  readonly slips: SlipDesk;
  readonly prints: PrintDesk;
  readonly prover: Prover;
  readonly lookUps: LookUpDesk;
  /** Codes from phones that stand in the place of a card. */
  readonly phone: PhoneDesk;
  /** What the state keeps, asked within this visit. */
  readonly queries: QueryDesk;
  /** What the person agreed to at earlier visits, as the platform remembers it. */
  readonly earlier: EarlierConsents;
  /** What the person handed in at other machines, as the platform tells it. */
  readonly elsewhere: CasesElsewhere;
  /** The person's cases of other machines, which can be gone on with here. */
  readonly casesThere: CasesThere;
  /** Who entrusted whoever is signed in at other machines. */
  readonly authoritiesThere: AuthoritiesThere;
  /** Counts what shared data saved somebody: questions and papers, of nobody. */
  readonly countSaved: (saved: Omit<Saved, 'times'>) => void;
  readonly log: Log;
  readonly slots: Slots;
  readonly pay: PayDesk;
  /** Cash that agents take for bills. */
  readonly cash: CashDesk;
  /** How many left a telephone without a card. */
  readonly callPace: CallPace;
  /** Village agents: who may sign in, and who acts. */
  readonly agents: AgentDesk;
  catalog(): Catalog;
  devices(): DeviceView;
  online(): boolean;
  service(): ServiceState;
  /** What this village says to emergency notices. */
  readonly emergencies: EmergencyDesk;
  /** Those in force, emergencies first. */
  notices(): readonly Notice[];
  /** Until when the agent said to be away; null where they did not. */
  agentAwayUntilMs(): number | null;
  /** What this machine takes in now. */
  standing(): Standing;
}

/** The place of a terminal as contents hold it. */
export function contentPlace(site: Site): Place {
  const area = ({ code, name }: Area) => ({ code, name: name.zh });
  return { county: area(site.county), town: area(site.town), village: area(site.village) };
}

/** Village and town in one line, for slips and "last used at". */
export function placeText(site: Site): Text {
  return {
    zh: `${site.town.name.zh}${site.village.name.zh}`,
    en: `${site.village.name.en}, ${site.town.name.en}`,
  };
}
