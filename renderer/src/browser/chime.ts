/** Frequencies of the two notes, in hertz, and when each begins, in seconds. */
const NOTES = [
  { hertz: 659.3, atS: 0 },
  { hertz: 523.3, atS: 0.32 },
] as const;
const NOTE_S = 0.9;
const LOUDNESS = 0.22;

/** Two soft notes, to call somebody back. A machine without sound stays silent: the screen says it too. */
export function chime(): void {
  if (typeof AudioContext === 'undefined') return;
  const audio = new AudioContext();
  for (const { hertz, atS } of NOTES) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const beginS = audio.currentTime + atS;
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, beginS);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, beginS + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, beginS + NOTE_S);
    tone.connect(loudness).connect(audio.destination);
    tone.start(beginS);
    tone.stop(beginS + NOTE_S);
  }
  setTimeout(() => void audio.close().catch(() => undefined), 2_000);
}
