import type { Cancel, Clock } from '../../base/clock.ts';
import { ok } from '../../base/result.ts';
import { keepLine } from '../transport/kept-line.ts';
import type { OpenTransport } from '../transport/transport.ts';
import { BoxFrames, encodeBoxFrame } from './box-frame.ts';
import { type BoxWord, encodeHostWord, findBoxWord, type HostWord } from './box-words.ts';
import type { LoadProof, ProofModule, ProofTools } from './module.ts';

/** Every delay of a proof box, in milliseconds. */
const BOX_DELAYS = {
  /** For a line to open before it is said to be closed. */
  openMs: 1_000,
  /** Between two signs of life asked of it during a proof. */
  askMs: 1_500,
  /** A box silent for so long is not answering. */
  silenceMs: 3_500,
} as const;

/** A proof box on a serial line, driven as any other module. */
export function boxLoader(options: { readonly open: OpenTransport; readonly clock: Clock }): LoadProof {
  return async () => ok(openBox(options));
}

type BoxRun = { readonly run: number; readonly hear: (word: BoxWord) => void; readonly fail: () => void };

function openBox({ open, clock }: { readonly open: OpenTransport; readonly clock: Clock }): ProofModule {
  const frames = new BoxFrames();
  let isOpen = false;
  let heardMs = Number.NEGATIVE_INFINITY;
  let onReady = (_word: Extract<BoxWord, { say: 'ready' }>) => {};
  let current: BoxRun | undefined;
  let runs = 0;

  let onOpened = () => {};
  const opening = new Promise<void>((resolve) => {
    const cancel = clock.after(BOX_DELAYS.openMs, resolve);
    onOpened = () => {
      cancel();
      resolve();
    };
  });
  const line = keepLine({
    open,
    clock,
    onOpen() {
      frames.clear();
      isOpen = true;
      onOpened();
    },
    onData(bytes) {
      for (const frame of frames.push(bytes)) take(findBoxWord(frame));
    },
    onGone() {
      isOpen = false;
      frames.clear();
      current?.fail();
    },
  });
  const send = (word: HostWord) => line.write(encodeBoxFrame(encodeHostWord(word)));

  function take(word: BoxWord | undefined): void {
    if (word === undefined) return;
    heardMs = clock.monoMs();
    if (word.say === 'ready') onReady(word);
    else if (word.run === current?.run) current.hear(word);
  }

  /** Asks for signs of life during a proof; a box that gives none fails it. */
  function watch(fail: () => void): Cancel {
    heardMs = clock.monoMs();
    let cancel: Cancel = () => {};
    const ask = () => {
      if (clock.monoMs() - heardMs >= BOX_DELAYS.silenceMs) return fail();
      send({ say: 'ask' });
      cancel = clock.after(BOX_DELAYS.askMs, ask);
    };
    ask();
    return () => cancel();
  }

  return {
    async check() {
      if (!isOpen) await opening;
      if (!isOpen) return { methods: [], reason: 'port-closed' };
      return new Promise((resolve, reject) => {
        const cancel = clock.after(BOX_DELAYS.silenceMs, () => reject(new Error('the box is silent')));
        onReady = ({ methods }) => {
          cancel();
          resolve({ methods: [...methods] });
        };
        send({ say: 'ask' });
      });
    },
    prove: ({ method, person }, tools) =>
      new Promise((resolve, reject) => {
        if (!isOpen) return reject(new Error('the line is closed'));
        runs = (runs + 1) % 256;
        const run = runs;
        let stopWatching: Cancel = () => {};
        const settle = (finish: () => void) => {
          stopWatching();
          tools.signal.removeEventListener('abort', cancel);
          current = undefined;
          finish();
        };
        const fail = () => settle(() => reject(new Error('the box failed')));
        const cancel = () => {
          send({ say: 'cancel', run });
          fail();
        };
        tools.signal.addEventListener('abort', cancel);
        current = {
          run,
          fail,
          hear: hearFor(run, tools, send, (verdict) => settle(() => resolve(verdict))),
        };
        send({ say: 'begin', run, method, person });
        stopWatching = watch(fail);
      }),
    async close() {
      line.stop();
      frames.clear();
    },
  };
}

/** What is done with each word of a run. */
function hearFor(
  run: number,
  tools: ProofTools,
  send: (word: HostWord) => void,
  finish: (verdict: Extract<BoxWord, { say: 'verdict' }>['verdict']) => void,
): (word: BoxWord) => void {
  let sent: Extract<BoxWord, { say: 'code-sent' }>['sent'] | undefined;
  const ask = () => {
    if (sent === undefined) return;
    tools.askCode(sent).then(
      (code) => send({ say: 'guess', run, code }),
      // Whoever ended the proof tells the box by the signal.
      () => {},
    );
  };
  return (word) => {
    switch (word.say) {
      case 'prompt':
        return tools.say(word.prompt);
      case 'code-sent':
        sent = word.sent;
        return ask();
      case 'wrong-code':
        return ask();
      case 'verdict':
        return finish(word.verdict);
      case 'ready':
        return undefined;
    }
  };
}
