import { Key } from '../parts/Key.tsx';
import { useScreen } from '../screen-context.ts';
import { useHush } from '../voice/voice-context.tsx';
import { usePlaying } from './use-recording.ts';

/** Plays what was said, or stops it; `name` is what the visit knows it by, `of` what it answers. */
export function HearKey({ name, of }: { name: string; of: string }) {
  const { t, files } = useScreen();
  const playing = usePlaying();
  useHush(playing.isPlaying);
  const play = async () => {
    const webm = await files.find(name);
    if (webm !== null) playing.play(webm);
  };
  return (
    <Key
      icon="sound"
      label={playing.isPlaying ? t('voice.hush') : t('voice.hear', { label: of })}
      onPress={() => (playing.isPlaying ? playing.hush() : void play())}
    >
      {t(playing.isPlaying ? 'voice.hush' : 'voice.play')}
    </Key>
  );
}
