/**
 * The authority over who is here and what they may see. It joins the frame of the visit (`presence.ts`) with
 * the visit itself (`visit.ts`, `flow/`), takes what the screen and the reader say, and gives out the view.
 */
import type { IdentityRead, ProofEvent } from '../../drivers/api.ts';
import type { ActResult, AnyAction, Language, SettingsChange } from '../api.ts';
import type { Upkeep } from '../upkeep/upkeep.ts';
import { isAgentsCardGone, type VisitAgent, withAgentCard, withoutAgent } from './agent-here.ts';
import type { Authority } from './authority-api.ts';
import { meaningOf, stillMeaningOf, withCardAnswer, withCardMoment, withFirstCard } from './card-events.ts';
import { findAfterScan } from './code-events.ts';
import type { Desk } from './desk.ts';
import { findDraft } from './draft.ts';
import { farewellOf, hasNothingToTake, isPrinting, NO_FAREWELL } from './farewell.ts';
import { findFileShown } from './flow/attach.ts';
import { takeAction } from './flow/flow.ts';
import { withPaymentSlip } from './flow/pay.ts';
import { isPhoneAgain, withOwnCard } from './flow/phone.ts';
import { keepForNextTime } from './flow/set-down.ts';
import { followVisit, settled } from './follow.ts';
import { createIdleVisits } from './idle-visits.ts';
import { createLobby } from './lobby.ts';
import { stayOf } from './pace.ts';
import { meetPerson, wipeCard } from './person.ts';
import { type Stay, startPresence } from './presence.ts';
import { withoutProof, withProofEvent } from './proof-events.ts';
import { createSettings } from './settings.ts';
import { arriving } from './sitting.ts';
import { viewOf } from './view.ts';
import { beginVisit, type CardMoment, hasInHand, type Visit, wipeVisit } from './visit.ts';
import { refusal, refused } from './words.ts';

const DONE: ActResult = { ok: true };

/**
 * Starts the authority. `onChange` follows every change of the view. `onEnd` is called when a visit has ended
 * and whenever a card must be forgotten: whoever else holds something of a person drops it then. Without `upkeep`
 * nobody looks after the machine at its screen.
 */
export function createAuthority(options: {
  readonly desk: Desk;
  readonly onChange: () => void;
  readonly onEnd: () => void;
  readonly upkeep?: Upkeep | undefined;
}): Authority {
  const { desk, upkeep } = options;
  let visit: Visit | null = null;
  /** The card of whoever may be next, while it is asked who is here. */
  let pending: IdentityRead | null = null;
  /** The agent between two residents: nothing else of a visit outlives it. */
  let carried: VisitAgent | null = null;
  let farewell = NO_FAREWELL;
  let revision = 0;
  /** The revision since which the present page stands; the question "still there?" does not change it. */
  let pageRevision = 0;
  let pageKey: { readonly frame: string; readonly spot: object | null } = { frame: 'closed', spot: null };

  const lobby = createLobby(desk, () => changed());
  const settings = createSettings(desk, () => changed());
  const idleVisits = createIdleVisits(desk.clock, () => changed());
  const presence = startPresence({
    clock: desk.clock,
    timeouts: desk.timeouts,
    onEnd: () => endVisit(),
    onUpkeepEnd() {
      upkeep?.close();
      settings.leave();
    },
    nothingToTake: () => visit !== null && hasNothingToTake(visit, desk),
    onChange: () => changed(),
  });

  function changed(): void {
    revision += 1;
    if (visit !== null) visit = settled(visit, pageKey.spot, desk);
    const state = presence.state();
    if (visit !== null && state.at === 'challenged' && isPhoneAgain(visit, desk)) {
      goOn({ ...visit, phone: null });
      return;
    }
    // A stay of upkeep that began, or went on, while nobody can be served leads back to where it is said.
    if (state.at === 'vacant' && desk.service() !== 'up') {
      presence.send({ type: 'service.lost' });
      return;
    }
    const frame = state.at === 'asking' ? 'active' : state.at === 'challenged' ? state.phase : state.at;
    const spot = visit?.spot ?? upkeep?.spot() ?? null;
    if (frame !== pageKey.frame || spot !== pageKey.spot) pageRevision = revision;
    pageKey = { frame, spot };
    followVisit(desk, visit, carried);
    options.onChange();
  }

  function endVisit(): void {
    if (visit !== null) {
      visit = withPaymentSlip(visit, desk, true);
      farewell = farewellOf(visit, settings.now(), desk);
      keepForNextTime(visit, desk);
      idleVisits.ended(visit);
      wipeVisit(visit);
    }
    visit = null;
    desk.queries.forget();
    desk.earlier.want(null);
    dropPending();
    lobby.leave();
    settings.leave();
    desk.slots.forget();
    desk.pay.forget();
    options.onEnd();
  }

  function dropPending(): void {
    if (pending !== null) wipeCard(pending);
    pending = null;
  }

  /** For how long what is shown now may stand untouched, as this person reads and touches. */
  function stay(): Stay {
    return visit === null ? { pace: 'open' } : stayOf(visit, settings.now(), desk);
  }

  function put(next: Visit): void {
    visit = next;
    presence.send({ type: 'touched', ...stay() });
  }

  function begin(next: Visit): void {
    visit = next;
    settings.keep();
    presence.send({ type: 'came', ...stay() });
  }

  function visitOf(card: IdentityRead, language: Language): Visit {
    const person = meetPerson(card, desk);
    return beginVisit(language, person, findDraft(person));
  }

  /** Somebody's card where nobody was known: what an unknown visitor had in hand is not shown to them. */
  function beginWithCard(card: IdentityRead): void {
    const language = visit?.language ?? lobby.language();
    const asBefore = settings.now();
    const agent = takeAgentAlong();
    if (visit !== null) presence.send({ type: 'left' });
    settings.choose(asBefore, false);
    begin(arriving({ ...visitOf(card, language), agent }, desk));
    carried = null;
  }

  /** The agent of this visit, out of it: its end does not sign them out. */
  function takeAgentAlong(): VisitAgent | null {
    carried = visit?.agent ?? null;
    if (visit !== null) visit = { ...visit, agent: null };
    return carried;
  }

  /** This resident is done: nothing of theirs stays, the agent does. */
  function nextResident(here: Visit): ActResult {
    if (here.agent === null) return refused('not-here');
    const { language } = here;
    const agent = takeAgentAlong();
    presence.send({ type: 'next.person', pace: 'open' });
    put({ ...beginVisit(language, null, null), agent, spot: { at: 'agent-desk' } });
    carried = null;
    return DONE;
  }

  /** Whoever the roster names no more acts no more, at once; a resident who is here goes on. */
  function dropFallenAgent(): void {
    if (visit?.agent == null || desk.agents.stands(visit.agent)) return;
    const here = withoutAgent(visit);
    visit = here;
    if (here.person === null) presence.send({ type: 'left' });
  }

  function firstCard(here: Visit, readId: string): void {
    const person = here.person && { ...here.person, card: { ...here.person.card, readId } };
    goOn(withFirstCard({ ...here, person }, presence.state().at === 'active'));
  }

  /** Whoever this visit is of is still here. */
  function goOn(next: Visit): void {
    visit = next;
    dropPending();
    presence.send({ type: 'first.card', ...stay() });
  }

  function cardRead(card: IdentityRead): void {
    const state = presence.state();
    if (state.at === 'closed' || desk.service() !== 'up') {
      wipeCard(card);
      options.onEnd();
      return;
    }
    const meaning = meaningOf(card, visit, state);
    if (visit === null || meaning === 'begin') beginWithCard(card);
    else if (meaning === 'answer') put(withCardAnswer(visit, card));
    else if (meaning === 'second-card') otherCard(card);
    else if (meaning === 'own-card') goOn(withOwnCard(visit, card, desk));
    else {
      if (meaning === 'agent-card') put(withAgentCard(visit, card, desk));
      else if (meaning === 'first-card') firstCard(visit, card.readId);
      else if (meaning === 'agent-again') put(visit);
      else moment(visit, 'other-card');
      wipeCard(card);
    }
  }

  function moment(here: Visit, cardMoment: CardMoment): void {
    visit = withCardMoment(here, cardMoment);
    changed();
  }

  /** A proof that was given shows that its person is here; anything else said of it is no touch. */
  function proofSaid(proofId: string, event: ProofEvent): void {
    if (visit === null) return;
    const next = withProofEvent(visit, proofId, event);
    if (next === visit) return;
    if (next.proving.proved === null) {
      visit = next;
      changed();
    } else put(next);
  }

  /** Blanks the page before anything else; the card is held only while "next person" can be answered. */
  function otherCard(card: IdentityRead | null): void {
    const state = presence.state();
    const asks = state.at !== 'challenged' || state.phase === 'ask';
    dropPending();
    // Whoever was proved may not be the one who lays cards now.
    if (visit !== null) visit = withoutProof(visit);
    if (asks) pending = card;
    else if (card !== null) wipeCard(card);
    presence.send({ type: 'other.card' });
  }

  function cardStillHere(readId: string): void {
    const meaning = stillMeaningOf(readId, visit, presence.state());
    if (visit === null || meaning === 'of-nobody') {
      // The reader holds a card of a visit that is over: it is told again to forget, and the card laid again.
      options.onEnd();
      presence.send({ type: 'card.trouble', trouble: 'lay-again' });
    } else if (meaning === 'agent-card' && visit.person !== null)
      put(withAgentCard(visit, visit.person.card, desk));
    else if (meaning === 'lay-again') {
      options.onEnd();
      moment(visit, 'trouble');
    } else if (meaning === 'first-card') firstCard(visit, readId);
    else if (meaning === 'again') put(visit);
    else if (pending?.readId !== readId) otherCard(null);
  }

  function chooseSecond(choice: 'next-person' | 'still-me'): ActResult {
    if (choice === 'still-me') {
      if (pageKey.frame !== 'ask') return refused('not-here');
      dropPending();
      presence.send({ type: 'still.me' });
      return DONE;
    }
    const next = pending;
    pending = null;
    if (next === null) {
      presence.send({ type: 'left' });
      return DONE;
    }
    presence.send({ type: 'next.person', pace: 'open' });
    put(visitOf(next, 'zh'));
    return DONE;
  }

  /** Upkeep is open to nobody's visit alone: from the first page, whatever that is, or the one that names the agent. */
  function openUpkeep(here: Visit | null): ActResult {
    const isNobodys = here === null || (here.person === null && here.spot.at === 'agent' && !hasInHand(here));
    if (upkeep === undefined || !isNobodys) return refused('not-here');
    const language = here?.language ?? lobby.language();
    const asBefore = settings.now();
    if (here !== null) presence.send({ type: 'left' });
    const { at } = presence.state();
    if (at !== 'vacant' && at !== 'closed') return refused('not-here');
    settings.choose(asBefore, false);
    upkeep.open(language);
    presence.send({ type: 'upkeep' });
    return DONE;
  }

  function actInUpkeep(stay: Upkeep, action: AnyAction): ActResult {
    presence.send({ type: 'touched', pace: 'open' });
    const answer = stay.isLocked() ? 'not-here' : stay.act(action);
    if (answer === 'left') presence.send({ type: 'left' });
    return answer === 'not-here' ? refused('not-here') : DONE;
  }

  function actInLobby(action: AnyAction): ActResult {
    if (action.type === 'language') {
      lobby.choose(action.language);
      return DONE;
    }
    if (presence.state().at === 'goodbye' || (action.type !== 'go' && action.type !== 'open-matter'))
      return refused('not-here');
    const step = takeAction(beginVisit(lobby.language(), null, null), action, desk);
    if (step.refusal !== null || step.visit === null)
      return { ok: false, error: step.refusal ?? refusal('not-here') };
    begin({ ...step.visit, trail: [] });
    return DONE;
  }

  /** How the screen is set is no page's business: it is done wherever somebody stands, except where they have left. */
  function set(change: SettingsChange): ActResult {
    const { at } = presence.state();
    if (at === 'goodbye' || upkeep?.isLocked()) return refused('not-here');
    const nobodyIsHere = at === 'vacant' || at === 'closed';
    settings.choose(change, nobodyIsHere);
    if (nobodyIsHere) changed();
    else presence.send({ type: 'touched', ...stay() });
    return DONE;
  }

  function actInVisit(here: Visit, action: AnyAction): ActResult {
    if (action.type === 'agent' && action.command.do === 'next-resident') return nextResident(here);
    const step = takeAction(here, action, desk);
    if (step.visit === null) presence.send({ type: 'left' });
    else put(step.visit);
    // So that it can be laid again: the reader tells the same card once.
    if (step.visit !== null && isAgentsCardGone(here, step.visit)) options.onEnd();
    return step.refusal === null ? DONE : { ok: false, error: step.refusal };
  }

  function act(made: number, action: AnyAction): ActResult {
    const state = presence.state();
    if (action.type === 'leave') {
      if (upkeep?.isLocked()) return refused('not-here');
      presence.send({ type: 'left' });
      return DONE;
    }
    if (state.at === 'closed' && action.type !== 'upkeep' && action.type !== 'set')
      return refused('out-of-service');
    // A number not given out yet is of a page of an earlier run of this program.
    const isStale = made < pageRevision || made > revision;
    if (isStale || action.type === 'touch') {
      // Whatever was meant, somebody is there. What was typed on an older page is not worth a word.
      presence.send({ type: 'touched', ...stay() });
      return action.type === 'touch' || action.type === 'typing' ? DONE : refused('stale');
    }
    if (action.type === 'set') return set(action.change);
    if (state.at === 'challenged')
      return action.type === 'second-card' ? chooseSecond(action.choice) : refused('not-here');
    if (upkeep !== undefined && state.at === 'upkeep') return actInUpkeep(upkeep, action);
    if (action.type === 'upkeep')
      return action.command.do === 'open' ? openUpkeep(visit) : refused('not-here');
    return visit === null ? actInLobby(action) : actInVisit(visit, action);
  }

  return {
    view: () =>
      viewOf(
        {
          ...{ revision, presence: presence.state(), visit, lobbyLanguage: lobby.language() },
          ...{ settings: settings.now(), farewell, upkeep, offersHelp: idleVisits.offersHelp() },
        },
        desk,
      ),
    act,
    findFile: (ref) =>
      visit === null || presence.state().at !== 'active' ? undefined : findFileShown(visit, ref, desk),
    readerSaid(event) {
      if (event.type === 'identity') cardRead(event.read);
      else if (event.type === 'still-here') cardStillHere(event.readId);
      else if (visit !== null) moment(visit, event.type);
      else if (event.type === 'trouble') presence.send({ type: 'card.trouble', trouble: event.trouble });
    },
    proofSaid,
    scannerSaid(event) {
      const next = visit === null ? undefined : findAfterScan(visit, event, presence.state().at, desk);
      if (next !== undefined) put(next);
    },
    stillBusy() {
      const { at } = presence.state();
      if (at === 'upkeep') presence.send({ type: 'touched', pace: 'open' });
      else if (at === 'active' && visit !== null && isPrinting(visit, desk))
        presence.send({ type: 'touched', ...stay() });
    },
    refresh() {
      dropFallenAgent();
      const isUp = desk.service() === 'up';
      const { at } = presence.state();
      if (at !== 'upkeep' && isUp === (at === 'closed'))
        presence.send({ type: isUp ? 'service.back' : 'service.lost' });
      else changed();
    },
    beSilent: () => settings.choose({ voice: 'off' }, visit === null),
    stop() {
      presence.send({ type: 'service.lost' });
      presence.stop();
      lobby.leave();
      settings.leave();
      idleVisits.stop();
    },
  };
}
