import { createContext, type ReactNode, use, useEffect } from 'react';
import type { View } from '../../../terminal/api.ts';
import { type PageVoice, useVoice, type Voice } from './use-voice.ts';

const VoiceContext = createContext<PageVoice | null>(null);

/** The voice of the page this part is drawn on. */
export function usePageVoice(): PageVoice {
  const voice = use(VoiceContext);
  if (voice === null) throw new Error('broken invariant: drawn outside a page with a voice');
  return voice;
}

/** Keeps the voice silent while a page records, or plays what somebody said. */
export function useHush(isHushed: boolean): void {
  const { hush } = usePageVoice();
  useEffect(() => {
    if (!isHushed) return undefined;
    hush(true);
    return () => hush(false);
  }, [hush, isHushed]);
}

/**
 * Gives what it holds a voice. It alone is drawn anew with each phrase. What is being said stands in its mark, so that a
 * test can listen: never more than the page itself shows.
 */
export function VoiceProvider(props: {
  voice: Voice;
  view: View;
  page: string;
  isSheet: boolean;
  children: ReactNode;
}) {
  const { voice, view, page, isSheet, children } = props;
  const pageVoice = useVoice(voice, view, page, isSheet);
  const { at, begun, saying } = pageVoice.state;
  return (
    <VoiceContext value={pageVoice}>
      {children}
      <div hidden data-voice={at} data-begun={begun} data-saying={saying?.text} />
    </VoiceContext>
  );
}
