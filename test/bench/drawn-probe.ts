/** One drawing of a page, in milliseconds by the page's own clock, whose zero `originMs` is since 1970. */
export interface Drawn {
  readonly originMs: number;
  /** What the terminal said of it came. */
  readonly cameMs: number;
  /** Its pixels were handed on. */
  readonly drawnMs: number;
}

/**
 * Runs in the page before any of its own scripts: hears each message of the terminal before the screen does, and
 * marks when a heading that is another than before has been painted (the task after the frame it stands in).
 */
export const DRAWN_PROBE = `(() => {
  const Plain = WebSocket;
  let cameMs = 0;
  globalThis.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', () => { cameMs = performance.now(); });
    }
  };
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(0);
  }));
  globalThis.benchDrawn = (kind) => new Promise((resolve) => {
    const heading = () => document.querySelector('[data-page="' + kind + '"] h1');
    const before = heading()?.textContent;
    const watcher = new MutationObserver(() => {
      const now = heading();
      if (!now || now.textContent === before || now.getClientRects().length === 0) return;
      watcher.disconnect();
      const came = cameMs;
      void painted().then((drawnMs) =>
        resolve({ originMs: performance.timeOrigin, cameMs: came, drawnMs }));
    });
    watcher.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  globalThis.benchAgain = async () => {
    const shown = document.querySelector('[data-page]');
    const bare = document.createElement('div');
    const markup = shown.outerHTML.replace('data-page=', 'data-bare=');
    bare.style.cssText = 'position:fixed;inset:0';
    document.body.append(bare);
    await painted();
    const startMs = performance.now();
    bare.innerHTML = markup;
    const took = (await painted()) - startMs;
    bare.remove();
    return took;
  };
})();`;

/** Waits for the next page of a kind whose heading is another than now; a {@link Drawn}. */
export const nextDrawn = (kind: string) => `globalThis.benchDrawn(${JSON.stringify(kind)})`;

/** Draws the very same markup with the very same styles once more, without any script of ours; milliseconds. */
export const DRAW_BARE = 'globalThis.benchAgain()';
