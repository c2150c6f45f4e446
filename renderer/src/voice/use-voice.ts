/** The voice on a live page: watches what is drawn, what appears and where the focus goes. */
import {
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { View, VoiceReport } from '../../../terminal/api.ts';
import { clipsFor, isSaidWhole, type SpeechIndex } from './clips/clips.ts';
import { type Piece, readOne, readPage } from './page-reader.ts';
import { createVoiceControl, type VoiceControl, type VoicePlayer, type VoiceState } from './voice-control.ts';

/** What a machine speaks with. */
export interface Voice {
  readonly player: VoicePlayer;
  /** The clips built in; null where there are none. */
  findIndex(): Promise<SpeechIndex | null>;
  /** What could not be said, to be counted. */
  tell(report: VoiceReport): void;
}

/** The controls of the voice, as parts of a page use them. */
export interface PageVoice extends Pick<VoiceControl, 'listen' | 'again' | 'stop' | 'answer' | 'hush'> {
  readonly state: VoiceState;
}

/** Reads aloud what `view` draws, as far as somebody wants and may; `page` names what stands there. */
export function useVoice(voice: Voice, view: View, page: string, isSheet: boolean): PageVoice {
  const { control, subscribe } = useControl(voice);
  const state = useSyncExternalStore(subscribe, control.state);
  const shown = useRef<string | null>(null);
  const watcher = useAppearing(control);
  // Before anything else of this drawing: what came with the page is read with it, and did not appear.
  useLayoutEffect(() => {
    if (shown.current !== page) watcher.current?.takeRecords();
    shown.current = page;
    // A page that is still being loaded says nothing: it is read once it is drawn.
    const show = () => control.shows({ view, page: isDrawn() ? page : `${page}/loading`, isSheet });
    show();
    return isDrawn() ? undefined : whenDrawn(show);
  }, [control, watcher, view, page, isSheet]);
  useLayoutEffect(() => () => control.shows(null), [control]);
  useFocus(control, shown);
  return useMemo(() => ({ ...control, state }), [control, state]);
}

function isDrawn(): boolean {
  return document.querySelector('div[aria-busy="true"]') === null;
}

/** Calls back once, when nothing is being loaded any more; the answer ends the waiting. */
function whenDrawn(task: () => void): () => void {
  const watcher = new MutationObserver(() => {
    if (!isDrawn()) return;
    watcher.disconnect();
    task();
  });
  watcher.observe(document.body, { childList: true, subtree: true });
  return () => watcher.disconnect();
}

function useControl(voice: Voice) {
  const index = useRef<SpeechIndex | null>(null);
  const [made] = useState(() => {
    const listeners = new Set<() => void>();
    const control = createVoiceControl({
      player: voice.player,
      clipsOf: ({ text, language }, speed) =>
        index.current === null ? [] : clipsFor(text, language, speed, index.current),
      isWhole: ({ text, language }) => index.current === null || isSaidWhole(text, language, index.current),
      read: () => readPage(document.body),
      onLost: voice.tell,
      onChange() {
        for (const listener of [...listeners]) listener();
      },
    });
    const subscribe = (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    return { control, subscribe };
  });
  useEffect(() => {
    let isOver = false;
    const find = async () => {
      const found = await voice.findIndex();
      if (isOver) return;
      index.current = found;
      made.control.setVoice(found !== null);
      if (found === null) voice.tell({ why: 'no-clips', phrases: 1 });
    };
    void find();
    return () => {
      isOver = true;
    };
  }, [voice, made]);
  return made;
}

/** What is said by itself when it appears: an error, a change of state, a dialog. */
const LIVE = '[role="alert"], [role="status"], [role="alertdialog"], [role="dialog"]';

/** Tells the control what appears on a page that stands, once for each drawing. */
function useAppearing(control: VoiceControl): RefObject<MutationObserver | null> {
  const present = useRef<MutationObserver | null>(null);
  useLayoutEffect(() => {
    const told = new WeakMap<Element, string>();
    /** Seconds that run down are no news. */
    const isNews = (element: Element, pieces: readonly Piece[]): boolean => {
      const words = pieces.map(({ text }) => text.replaceAll(/\d+/g, '')).join('\n');
      const isNew = told.get(element) !== words;
      told.set(element, words);
      return isNew;
    };
    const watcher = new MutationObserver((records) => {
      const live = new Set<Element>();
      for (const { target, addedNodes } of records) {
        const changed = target instanceof Element ? target : target.parentElement;
        const within = changed?.closest(LIVE);
        if (within != null) live.add(within);
        for (const node of addedNodes)
          if (node instanceof Element) {
            if (node.matches(LIVE)) live.add(node);
            for (const inner of node.querySelectorAll(LIVE)) live.add(inner);
          }
      }
      const outermost = [...live].filter(
        (one) => one.isConnected && one.parentElement?.closest(LIVE) == null,
      );
      const pieces = outermost.flatMap((element) => {
        const read = readPage(element);
        return isNews(element, read) ? read : [];
      });
      if (pieces.length > 0) control.appeared(pieces);
    });
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
    present.current = watcher;
    return () => watcher.disconnect();
  }, [control]);
  return present;
}

/** Tells the control what a key moved the focus to, or ticked; where a page puts it by itself the page is read instead. */
function useFocus(control: VoiceControl, shown: RefObject<string | null>): void {
  useEffect(() => {
    /** The page on which a key went down; what has the focus on another was not chosen by it. */
    let pressedOn: string | null = null;
    const press = () => {
      pressedOn = shown.current;
    };
    const release = () => {
      pressedOn = null;
    };
    const focus = ({ target }: FocusEvent) => {
      if (pressedOn === shown.current && target instanceof Element) control.focused(readOne(target));
    };
    // What is ticked, with a key or a finger, says so.
    const ticked = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) control.focused(readOne(target));
    };
    document.addEventListener('change', ticked);
    window.addEventListener('keydown', press, true);
    document.addEventListener('pointerdown', release, true);
    document.addEventListener('focusin', focus);
    return () => {
      document.removeEventListener('change', ticked);
      window.removeEventListener('keydown', press, true);
      document.removeEventListener('pointerdown', release, true);
      document.removeEventListener('focusin', focus);
    };
  }, [control, shown]);
}
