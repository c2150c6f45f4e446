/** The projection of everything the terminal knows to what the screen may show. */
import type { Language, Page, ScreenSettings, View } from '../api.ts';
import { findWholeStop } from '../limits/standing.ts';
import type { Upkeep } from '../upkeep/upkeep.ts';
import { actingPart } from './agent-here.ts';
import { agentNow } from './agent-hours.ts';
import type { Desk } from './desk.ts';
import { findAlarm } from './emergencies.ts';
import type { Farewell } from './farewell.ts';
import { offersPhoneCode, takesPhoneCode } from './flow/phone.ts';
import { pageOf } from './pages.ts';
import type { PresenceState } from './presence.ts';
import { isQuiet } from './quiet-hours.ts';
import { attractTiles } from './tiles.ts';
import type { Visit } from './visit.ts';

/** What a view is made from. */
export interface ViewSource {
  readonly revision: number;
  readonly presence: PresenceState;
  /** Null while nobody is here. */
  readonly visit: Visit | null;
  /** The language chosen before any visit. */
  readonly lobbyLanguage: Language;
  readonly settings: ScreenSettings;
  /** What the last visit is reminded of. */
  readonly farewell: Farewell;
  readonly upkeep: Pick<Upkeep, 'page' | 'language'> | undefined;
  /** Several visits in a row came to nothing. */
  readonly offersHelp: boolean;
}

/** The view. Pages that somebody else may be looking at hold nothing of the person. */
export function viewOf(source: ViewSource, desk: Desk): View {
  const { presence, visit } = source;
  const { county, town, village, support } = desk.site;
  return {
    revision: source.revision,
    language: languageOf(source),
    wallMs: desk.time.nowMs(),
    place: { county: county.name, town: town.name, village: village.name },
    network: desk.online() ? 'online' : 'offline',
    slipPrinter: desk.devices().slipPrinter,
    support,
    agentNow: agentNow({ times: desk.site.agentTimes, awayUntilMs: desk.agentAwayUntilMs() }, desk.time),
    cabinet: desk.devices().cabinet,
    sound: soundOf(desk),
    holder: presence.at === 'active' ? (visit?.person?.masked ?? null) : null,
    takesPhoneCode: visit === null ? offersPhoneCode(desk) : takesPhoneCode(visit, desk),
    byPhone: visit?.person?.phone != null,
    acting: presence.at === 'active' ? actingPart(visit, desk) : null,
    settings: presence.at === 'goodbye' ? source.farewell.settings : source.settings,
    page: pageShown(source, desk),
  };
}

function soundOf(desk: Desk): View['sound'] {
  const { audioJack } = desk.devices();
  return {
    jack: audioJack === null ? null : audioJack ? 'plugged' : 'empty',
    quiet: isQuiet(desk.time.nowMs(), desk.site.quietHours),
  };
}

function languageOf({ visit, presence, farewell, lobbyLanguage, upkeep }: ViewSource): Language {
  if (visit !== null) return visit.language;
  if (presence.at === 'upkeep' && upkeep !== undefined) return upkeep.language();
  return presence.at === 'goodbye' ? farewell.language : lobbyLanguage;
}

function pageShown({ presence, visit, farewell, upkeep, offersHelp }: ViewSource, desk: Desk): Page {
  switch (presence.at) {
    case 'closed': {
      const service = desk.service();
      const words = service === 'locked' ? desk.standing().locked : undefined;
      return {
        kind: 'out-of-service',
        reason: service === 'up' ? 'starting' : service,
        ...(words && { words }),
      };
    }
    case 'challenged':
      return { kind: 'second-card', phase: presence.phase, secondsLeft: presence.secondsLeft };
    case 'asking':
      return { kind: 'still-there', secondsLeft: presence.secondsLeft };
    case 'goodbye':
      return {
        ...{ kind: 'goodbye', takeCard: farewell.takeCard },
        ...{ takeSlip: farewell.takeSlip, takePaper: farewell.takePaper },
      };
    case 'active':
      return visit === null ? attractPage(null, offersHelp, desk) : pageOf(visit, desk);
    case 'upkeep':
      return upkeep?.page() ?? attractPage(null, offersHelp, desk);
    case 'vacant':
      return attractPage(presence.trouble, offersHelp, desk);
  }
}

function attractPage(
  trouble: Extract<PresenceState, { at: 'vacant' }>['trouble'],
  offersHelp: boolean,
  desk: Desk,
): Page {
  const { reader } = desk.devices();
  const alarm = findAlarm(desk);
  return {
    kind: 'attract',
    alarm: alarm ?? null,
    reader,
    trouble,
    stopped: findWholeStop(desk.standing(), desk.site.support) ?? null,
    notices: desk.notices().filter((notice) => notice !== alarm),
    tiles: attractTiles(desk),
    offersHelp,
  };
}
