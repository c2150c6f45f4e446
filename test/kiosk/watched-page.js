/** A page as the screens are to whoever watches them: it opens the session, keeps a line, beats, and goes wrong when told. */
import { keepBeating, tellHost } from './beats.js';

const HELD = [];
const WRONGS = {
  spin() {
    for (;;);
  },
  eat() {
    for (let piece = 0; piece < 40; piece += 1) HELD.push(new Array(1_000_000).fill(piece + 0.5));
  },
  still() {
    // As a page whose compositor gave up: what is asked for never comes.
    globalThis.requestAnimationFrame = () => 0;
  },
};

async function begin() {
  const code = location.hash.slice(1);
  await fetch('/session', { method: 'POST', body: JSON.stringify({ code }), credentials: 'same-origin' });
  const line = new WebSocket(`ws://${location.host}/screen`);
  line.addEventListener('message', ({ data }) => WRONGS[data]?.());
  keepBeating({
    clock: { after: (delayMs, task) => setTimeout(task, delayMs) },
    isVacant: () => true,
    tell: tellHost,
  });
}
void begin();
