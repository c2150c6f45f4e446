/**
 * When a page is read aloud, and whether it may be: by itself where a headphone is in use or somebody chose to hear
 * every page, else when they ask for it. Over the loudspeaker a private page asks first, once a visit and family of
 * pages; through a headphone nothing asks. A headphone taken out ends it all.
 */
import type { View, VoiceReport } from '../../../terminal/api.ts';
import { wordsOf } from '../words/words.ts';
import type { Clip, ClipSpeed } from './clips/clips.ts';
import type { Piece } from './page-reader.ts';
import { openWords, phrasesOf, phrasesOfPage, type Telling } from './phrases.ts';
import { endsConsent, familyOf, isForAllToHear, type PageFamily } from './privacy.ts';
import { createVoiceQueue, type Phrase, type PhraseEnd, type PhrasePlayer } from './queue.ts';

/** Why it asks before it reads over the loudspeaker. */
export type LoudQuestion = 'private' | 'quiet';

/** What the controls show. */
export interface VoiceState {
  /** Whether there is a voice at all; without one no key offers it. */
  readonly hasVoice: boolean;
  readonly at: 'silent' | 'speaking' | 'asking';
  /** What it asks; null unless it does. */
  readonly question: LoudQuestion | null;
  /** How much of this page could not be said, once it fell silent. */
  readonly lost: 'none' | 'some' | 'all';
  readonly saying: Phrase | null;
  /** How many phrases were begun so far: a sentence said twice counts twice. */
  readonly begun: number;
}

/** What is shown, as far as reading aloud goes. */
export interface Shown {
  readonly view: Pick<View, 'page' | 'language' | 'settings' | 'sound'>;
  /** Another name is another page, and what was being read is left. */
  readonly page: string;
  /** The sheet of settings lies over it, which holds nothing of anybody. */
  readonly isSheet: boolean;
}

/** The voice of one screen. */
export interface VoiceControl {
  /** After each drawing; null while there is no view. */
  shows(shown: Shown | null): void;
  /** Something appeared on the page that stands: an error, a notice, a dialog. */
  appeared(pieces: readonly Piece[]): void;
  /** Somebody moved the focus there with a key. */
  focused(pieces: readonly Piece[]): void;
  /** Somebody asked for this page. */
  listen(): void;
  again(): void;
  stop(): void;
  /** To the question whether it may be read over the loudspeaker. */
  answer(yes: boolean): void;
  /** Something else is to be heard, or somebody records: not a word until that is over. */
  hush(isHushed: boolean): void;
  /** The clips are there, or will not be. */
  setVoice(hasVoice: boolean): void;
  state(): VoiceState;
}

/** What plays clips, and what of it changes with the page. */
export interface VoicePlayer extends PhrasePlayer {
  /** Softly, for whoever sleeps nearby. */
  setSoft(soft: boolean): void;
  /** A visit is over: nothing of what was said is kept. */
  forget(): void;
}

/** What the control works with. */
export interface VoiceControlParts {
  readonly player: VoicePlayer;
  /** The clips of a phrase; none where nothing in it can be said. */
  readonly clipsOf: (phrase: Phrase, speed: ClipSpeed) => readonly Clip[];
  /** Whether nothing in a phrase is left out for want of a clip; so it is unless said. */
  readonly isWhole?: (phrase: Phrase) => boolean;
  /** What stands on the page now. */
  readonly read: () => readonly Piece[];
  /** How much of what was asked for could not be said, once it is silent. */
  readonly onLost: (report: VoiceReport) => void;
  readonly onChange: () => void;
}

const SILENT: VoiceState = {
  ...{ hasVoice: false, at: 'silent', question: null },
  ...{ lost: 'none', saying: null, begun: 0 },
};

/** A control with nothing shown yet. */
export function createVoiceControl(parts: VoiceControlParts): VoiceControl {
  const { player, clipsOf, read, onLost, onChange } = parts;
  /** What was answered in this visit, for each family of pages, and for the night. */
  const answers = new Map<PageFamily | 'quiet', boolean>();
  let hasVoice = false;
  let isHushed = false;
  let shown: Shown | null = null;
  let question: LoudQuestion | null = null;
  /** Somebody asked for this page: what appears on it is said, too. */
  let isHeard = false;
  let state = SILENT;
  let unsaid = 0;
  let lostWhy: Exclude<PhraseEnd, 'said'> = 'missing';
  const queue = createVoiceQueue({
    ...{ player, clipsOf, onChange: changed },
    ...(parts.isWhole && { isWhole: parts.isWhole }),
    onLost(why) {
      unsaid += 1;
      lostWhy = why;
    },
  });

  function changed(): void {
    const { saying, lost, said, begun } = queue.state();
    if (saying === null && unsaid > 0) {
      onLost({ why: lostWhy, phrases: unsaid });
      unsaid = 0;
    }
    const at = question !== null ? 'asking' : saying !== null ? 'speaking' : 'silent';
    state = {
      ...{ hasVoice, at, question, saying, begun },
      lost: lost === 0 || at !== 'silent' ? 'none' : said === 0 ? 'all' : 'some',
    };
    onChange();
  }

  const family = (): PageFamily | null => (shown === null || shown.isSheet ? null : familyOf(shown.view));
  const isAlone = (): boolean => shown?.view.sound.jack === 'plugged';
  /** Whether it is read by itself. */
  const isSpoken = (of: Shown | null): boolean =>
    of !== null &&
    (of.view.sound.jack === 'plugged' || of.view.settings.voice === 'on' || isForAllToHear(of.view));

  function findQuestion(): LoudQuestion | null {
    if (shown === null || isAlone() || isForAllToHear(shown.view)) return null;
    const of = family();
    if (of !== null && answers.get(of) !== true) return 'private';
    return shown.view.sound.quiet && answers.get('quiet') !== true ? 'quiet' : null;
  }

  function telling({ view }: Shown): Telling {
    const of = family();
    return {
      ...{ t: wordsOf(view.language).t, language: view.language, isPrivatePage: of !== null },
      mayBePrivate: isAlone() || (of !== null && answers.get(of) === true),
    };
  }

  function ask(what: LoudQuestion, now: Shown): void {
    question = what;
    queue.leave();
    // Who hears every page may not see that something is asked; whoever sleeps nearby is not asked aloud.
    if (isSpoken(now) && !now.view.sound.quiet) queue.read(phrasesOf(questionPieces(now), telling(now)));
    changed();
  }

  function begin(): void {
    if (shown === null || !hasVoice || isHushed) return;
    const what = findQuestion();
    if (what === null) say(shown);
    else ask(what, shown);
  }

  function say(shown: Shown): void {
    question = null;
    isHeard = true;
    player.setSoft(shown.view.sound.quiet && !isAlone() && !isForAllToHear(shown.view));
    queue.read(phrasesOfPage(read(), telling(shown)));
  }

  /** By itself; where somebody said no to such a page in this visit it is not asked again. */
  function beginByItself(): void {
    const what = findQuestion();
    const key = what === 'quiet' ? 'quiet' : family();
    if (what !== null && key !== null && answers.get(key) === false) return;
    begin();
  }

  function beSilent(): void {
    question = null;
    isHeard = false;
    queue.stop();
  }

  function leavePage(): void {
    question = null;
    isHeard = false;
    queue.leave();
  }

  function endVisit(): void {
    answers.clear();
    player.forget();
  }

  function show(before: Shown | null, now: Shown): void {
    const isUnplugged = before?.view.sound.jack === 'plugged' && !isAlone();
    const isOther = before?.page !== now.page || before.view.language !== now.view.language;
    const wasHeard = isHeard && before?.page === now.page;
    if (isUnplugged) beSilent();
    if (isOther) leavePage();
    if (isUnplugged) return;
    if (!isSpoken(now) && isSpoken(before)) beSilent();
    else if (isSpoken(now) && (isOther || !isSpoken(before))) beginByItself();
    else if ((isOther && wasHeard) || (question !== null && findQuestion() === null)) begin();
  }

  return {
    shows(now) {
      const before = shown;
      shown = now;
      if (now === null) {
        leavePage();
        endVisit();
        changed();
        return;
      }
      queue.setSpeed(now.view.settings.voiceSpeed);
      if (endsConsent(now.view) && before?.page !== now.page) endVisit();
      show(before, now);
      changed();
    },
    appeared(pieces) {
      if (shown === null || !hasVoice || isHushed) return;
      if (!isHeard && !isSpoken(shown)) return;
      if (findQuestion() === null) queue.announce(phrasesOf(pieces, telling(shown)));
    },
    focused(pieces) {
      if (shown === null || !hasVoice || isHushed || !isSpoken(shown)) return;
      if (findQuestion() === 'quiet') return;
      // Whoever moves on has heard enough of what is being said.
      queue.stop();
      queue.read(phrasesOf(pieces, telling(shown)));
    },
    listen() {
      queue.stop();
      begin();
    },
    again() {
      queue.stop();
      if (isHushed) return;
      if (queue.state().canRepeat) queue.again();
      else begin();
    },
    stop() {
      isHeard = false;
      queue.stop();
    },
    answer(yes) {
      const of = family();
      if (question === 'private' && of !== null) answers.set(of, yes);
      if (question === 'quiet' || yes) answers.set('quiet', yes);
      question = null;
      if (yes) begin();
      else queue.stop();
    },
    hush(now) {
      isHushed = now;
      if (now) queue.stop();
    },
    setVoice(now) {
      hasVoice = now;
      changed();
      if (now && isSpoken(shown)) beginByItself();
    },
    state: () => state,
  };
}

/** The question itself and its two answers, which anybody may hear. */
function questionPieces({ view: { language } }: Shown): Piece[] {
  const { t } = wordsOf(language);
  return [t('aloud.ask'), t('aloud.yes'), t('aloud.no')].map((text) => openWords(text, language));
}
