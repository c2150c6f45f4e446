import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { Action, View } from '../../terminal/api.ts';
import type { Cameras } from './browser/cameras.ts';
import type { Microphones } from './browser/microphones.ts';
import { useFourKeys } from './keys/use-four-keys.ts';
import { pageSizeOn, setPageSize } from './look/cabinet-size.ts';
import { aboveMm } from './look/reach.ts';
import { pageKey } from './page-key.ts';
import { PageSwitch } from './pages/PageSwitch.tsx';
import { Wait } from './pages/Wait.tsx';
import { Hills } from './parts/Hills.tsx';
import { Notice } from './parts/Notice.tsx';
import styles from './ScreenFrame.module.css';
import { type Files, type Screen, ScreenContext } from './screen-context.ts';
import { setRootSettings } from './settings/root-settings.ts';
import { SettingsSheet } from './settings/SettingsSheet.tsx';
import { useTouch } from './touch/use-touch.ts';
import { isNarrow } from './voice/privacy.ts';
import type { Voice } from './voice/use-voice.ts';
import { VoiceProvider } from './voice/voice-context.tsx';
import { LANG_TAG, wordsOf } from './words/words.ts';

/** Pages that count every touch by themselves. */
const OWN_TOUCH = new Set(['still-there', 'attract', 'goodbye', 'out-of-service']);

/** While there is no view, nobody knows who reads it. */
const WAITING_TITLE = '一站 Yizhan';

/** The portrait page: the view's own page, or the waiting page while there is no view. */
export function ScreenFrame(props: {
  view: View | null;
  refusal: string | null;
  act: (action: Action) => void;
  files: Files;
  cameras: Cameras;
  microphones: Microphones;
  voice: Voice;
}) {
  const { view, ...rest } = props;
  const language = view?.language ?? 'zh';
  useEffect(() => {
    document.documentElement.lang = LANG_TAG[language];
  }, [language]);

  const isWaiting = view === null;
  useEffect(() => {
    if (isWaiting) document.title = WAITING_TITLE;
  }, [isWaiting]);

  if (view === null) {
    return (
      <div className={styles.screen} data-page="wait">
        <Wait />
      </div>
    );
  }
  return <LiveScreen view={view} {...rest} />;
}

function LiveScreen({
  view,
  refusal,
  act,
  files,
  cameras,
  microphones,
  voice,
}: Omit<Parameters<typeof ScreenFrame>[0], 'view'> & { view: View }) {
  const page = pageKey(view);
  const sheet = useSheet(page);
  const screen = useMemo<Screen>(
    () => ({ ...wordsOf(view.language), view, act, files, openSettings: sheet.open, cameras, microphones }),
    [view, act, files, sheet.open, cameras, microphones],
  );
  useTitle(sheet.isOpen ? 'settings' : view.page.kind, screen);
  usePageSize(view.cabinet, view.settings);
  useFourKeys({ view, page, act });
  useTouch(view);
  useRootSettings(view.settings);
  useCountedTouch(!OWN_TOUCH.has(view.page.kind), act);
  const night = useNight(view, act);
  return (
    <ScreenContext value={screen}>
      <VoiceProvider
        voice={voice}
        view={view}
        page={sheet.isOpen ? `${page}/settings` : page}
        isSheet={sheet.isOpen}
      >
        <div className={styles.screen} data-page={view.page.kind}>
          {view.settings.reach === 'low' && (
            <div className={styles.above}>
              <Hills />
            </div>
          )}
          <div className={styles.page} inert={sheet.isOpen} data-narrow={isNarrow(view) ? '' : undefined}>
            <PageSwitch key={page} page={view.page} />
          </div>
          {sheet.isOpen && <SettingsSheet onClose={sheet.close} />}
          {night.isDark && <div className={styles.night} data-night="" onPointerDown={night.wake} />}
          {refusal !== null && !saysItself(view.page) && (
            <div className={styles.refusal}>
              <Notice look="waiting" icon="warn" title={screen.t('notice.notDone')} announce>
                {refusal}
              </Notice>
            </div>
          )}
        </div>
      </VoiceProvider>
    </ScreenContext>
  );
}

/** Whether the sheet of settings lies over the page it was opened on; another page comes without it. */
function useSheet(page: string) {
  const [openOn, setOpenOn] = useState<string | null>(null);
  const open = useCallback(() => setOpenOn(page), [page]);
  const close = useCallback(() => setOpenOn(null), []);
  return { isOpen: openOn === page, open, close };
}

/**
 * Tells of each touch. A function of its own: what listens for long must not be made where a page is in scope, or it holds
 * the page of whoever stood there when it was made.
 */
function useCountedTouch(isCounted: boolean, act: (action: Action) => void): void {
  useEffect(() => {
    if (!isCounted) return undefined;
    const touched = () => act({ type: 'touch' });
    document.addEventListener('pointerdown', touched, true);
    return () => document.removeEventListener('pointerdown', touched, true);
  }, [isCounted, act]);
}

/** Darkness over a page of nobody's; a touch or a key takes it away at once, before the terminal says so. */
function useNight({ dimmed = false }: View, act: (action: Action) => void) {
  const [isWoken, setWoken] = useState(false);
  useEffect(() => {
    if (!dimmed) setWoken(false);
  }, [dimmed]);
  const isDark = dimmed && !isWoken;
  const wake = useCallback(() => {
    setWoken(true);
    act({ type: 'touch' });
  }, [act]);
  useEffect(() => {
    if (!isDark) return undefined;
    const struck = (event: KeyboardEvent) => {
      // Nobody chose anything on a page they could not see.
      event.preventDefault();
      event.stopPropagation();
      wake();
    };
    window.addEventListener('keydown', struck, true);
    return () => window.removeEventListener('keydown', struck, true);
  }, [isDark, wake]);
  return { isDark, wake };
}

/** The page as this person set it, before it is drawn. */
function useRootSettings(settings: View['settings']): void {
  useLayoutEffect(() => setRootSettings(document.documentElement, settings), [settings]);
}

/** The title of the document: the kind of the page and whose pages these are, never what stands on it. */
function useTitle(kind: View['page']['kind'] | 'settings', { t }: Screen): void {
  useEffect(() => {
    document.title = t('pageTitle.whole', { page: t(`pageTitle.${kind}`) });
  }, [kind, t]);
}

/** Words and keys in the millimetres of this cabinet's screen. */
function usePageSize(cabinet: View['cabinet'], { reach, textSize }: View['settings']): void {
  const { widthMm, heightMm } = pageSizeOn(cabinet, reach);
  const above = reach === 'low' ? aboveMm(cabinet, { widthMm, heightMm }) : 0;
  useLayoutEffect(() => {
    setPageSize(document.documentElement, { widthMm, heightMm }, above, textSize);
  }, [widthMm, heightMm, above, textSize]);
}

/** A page that says what is wrong beside the question needs no second notice. */
function saysItself(page: View['page']): boolean {
  return 'problem' in page && page.problem !== null;
}
