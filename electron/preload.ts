/**
 * Hands ports from the shell to the page, and the page's beats to the shell, and nothing else: the page gets no
 * function and no object of Electron's. A port for the terminal arrives in the page as a `message` event with data
 * `{ type: 'yizhan-port', peer, generation }` and the port in `ports`.
 */
import { ipcRenderer } from 'electron';
import { CHANNELS, PAGE_BEAT_MESSAGE, PAGE_PORT_MESSAGE, type PortMessage } from './decisions/messages.ts';

/** What of a page's window the preload script uses; Node's types, which the shell is checked with, have none. */
interface PageWindow {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
  addEventListener(type: 'load', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void;
}
interface PageMessage {
  readonly source: unknown;
  readonly data: unknown;
}
const page = globalThis as unknown as PageWindow;

ipcRenderer.on(CHANNELS.port, (event, { peer, generation }: PortMessage) => {
  page.postMessage({ type: PAGE_PORT_MESSAGE, peer, generation }, page.location.origin, event.ports);
});
// The page's own scripts have run by now, so its listener is there.
page.addEventListener('load', () => ipcRenderer.send(CHANNELS.screenUp));
page.addEventListener('message', ({ source, data }) => {
  if (source !== globalThis || typeof data !== 'object' || data === null) return;
  const { type, beat } = data as { type?: unknown; beat?: unknown };
  if (type === PAGE_BEAT_MESSAGE) ipcRenderer.send(CHANNELS.beat, beat);
});
