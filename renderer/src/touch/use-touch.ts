import { useEffect, useRef } from 'react';
import type { View } from '../../../terminal/api.ts';
import { browserClock } from '../browser/clock.ts';
import { DESIGNED } from '../look/cabinet-size.ts';
import { listenToTouch } from './listen.ts';

/** Hears the glass as long as a page stands, in the millimetres of this cabinet's screen. */
export function useTouch({ cabinet, settings }: Pick<View, 'cabinet' | 'settings'>): void {
  const widthMm = cabinet?.screen.widthMm ?? DESIGNED.widthMm;
  const now = useRef({ widthMm, isSteady: false });
  now.current = { widthMm, isSteady: settings.touch === 'steady' };
  useEffect(
    () =>
      listenToTouch(document, {
        clock: browserClock,
        pxPerMm: () => widthOfPage() / now.current.widthMm,
        isSteady: () => now.current.isSteady,
      }),
    [],
  );
}

/** In pixels; a page that is not drawn yet is as wide as its window. */
function widthOfPage(): number {
  return document.querySelector('[data-page]')?.getBoundingClientRect().width ?? window.innerWidth;
}
