import type { Fetch, HttpRequest, HttpResponse, HttpTrouble } from '../../base/fetch.ts';
import { err, ok } from '../../base/result.ts';
import type { Chance } from './chance.ts';
import type { Timeline } from './clock.ts';
import type { Life } from './death.ts';
import type { Forger } from './forger.ts';

/** What the network does to messages; "in" numbers mean once in so many, 0 never. */
export interface Weather {
  /** One way, at least and at most. Unequal delays put messages in another order. */
  readonly delayMs: readonly [least: number, most: number];
  readonly requestLostIn: number;
  readonly replyLostIn: number;
  /** The request arrives once more, up to ten minutes later; who answers whom first is chance. */
  readonly duplicateIn: number;
  /** Only the beginning of the reply arrives. */
  readonly truncateIn: number;
  /** A proxy on the way answers with what it heard before on the same path, and does not ask the platform. */
  readonly staleIn: number;
  /** Somebody on the way answers in the platform's place, without its keys. */
  readonly forgedIn: number;
}

/** A good line. */
export const CALM: Weather = {
  delayMs: [10, 60],
  requestLostIn: 0,
  replyLostIn: 0,
  duplicateIn: 0,
  truncateIn: 0,
  staleIn: 0,
  forgedIn: 0,
};

/** The network between one terminal and its platform. */
export interface Network {
  weather: Weather;
  /** Nothing gets through. */
  isCut: boolean;
  /** The network as one run of the terminal's program sees it. */
  fetchFor(life: Life): Fetch;
}

/** Whoever answers; `undefined` when the connection broke before the answer. */
export type Answerer = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse | undefined>;

/** What a network is made of. */
export interface NetworkParts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly note: (what: string) => void;
  readonly answer: Answerer;
  /** What a forger makes of an answer. */
  readonly forge: Forger;
  /** Hears each reply that the terminal got, whole or not. */
  readonly onReply: (path: string, body: Uint8Array) => void;
}

const LATEST_DUPLICATE_MS = 600_000;
const REPLIES_REMEMBERED = 4;
const DUPLICATE_WAITS_MS = 30_000;

/** A network with a good line. */
export function createNetwork({ timeline, chance, note, answer, forge, onReply }: NetworkParts): Network {
  const heard = new Map<string, HttpResponse[]>();
  const happens = (oneIn: number): boolean => oneIn > 0 && chance.oneIn(oneIn);
  const delay = (): number => {
    const [least, most] = network.weather.delayMs;
    return least + chance.below(most - least + 1);
  };

  function duplicate(request: HttpRequest, path: string): void {
    const waiting = new AbortController();
    timeline.after(chance.below(LATEST_DUPLICATE_MS), () => {
      if (network.isCut) return;
      note(`net: ${path} arrives once more`);
      timeline.after(DUPLICATE_WAITS_MS, () => waiting.abort('waited long enough'));
      void answer(request, waiting.signal);
    });
  }

  function remember(asked: string, response: HttpResponse): void {
    heard.set(asked, [...(heard.get(asked) ?? []).slice(1 - REPLIES_REMEMBERED), response]);
  }

  /** What a proxy on the way answers by itself, without asking the platform. */
  function findFormer(asked: string): HttpResponse | undefined {
    const former = heard.get(asked);
    return former && happens(network.weather.staleIn) ? chance.pick(former) : undefined;
  }

  function bent(path: string, request: HttpRequest, response: HttpResponse): HttpResponse {
    if (happens(network.weather.forgedIn)) {
      note(`net: reply of ${path} forged`);
      return forge(path, request, response);
    }
    if (!happens(network.weather.truncateIn)) return response;
    note(`net: reply of ${path} cut short`);
    return { ...response, body: response.body.subarray(0, chance.below(response.body.length + 1)) };
  }

  function exchange(life: Life, request: HttpRequest): ReturnType<Fetch> {
    const path = new URL(request.url).pathname;
    const { weather } = network;
    const isLost = happens(weather.requestLostIn);
    const former = findFormer(`${request.method} ${path}`);
    const isReplyLost = happens(weather.replyLostIn);
    if (happens(weather.duplicateIn)) duplicate(request, path);
    return new Promise((resolve) => {
      const gone = new AbortController();
      const finish = (result: Awaited<ReturnType<Fetch>>): void => {
        if (gone.signal.aborted || !life.alive()) return;
        gone.abort('answered');
        cancel();
        request.signal?.removeEventListener('abort', hangUp);
        resolve(result);
      };
      const fail = (code: HttpTrouble['code']): void => {
        if (!gone.signal.aborted) note(`net: ${path} ${code}`);
        finish(err({ code, detail: '' }));
      };
      const hangUp = () => fail('cancelled');
      const cancel = timeline.after(request.timeoutMs, () => fail('timeout'));
      if (request.signal?.aborted) return hangUp();
      request.signal?.addEventListener('abort', hangUp);

      const deliver = (response: HttpResponse): void => {
        if (network.isCut || gone.signal.aborted || !life.alive()) return;
        note(`net: ${path} ${response.status}`);
        const arrived = bent(path, request, response);
        onReply(path, arrived.body);
        finish(ok(arrived));
      };
      const arrive = async (): Promise<void> => {
        if (gone.signal.aborted) return;
        if (network.isCut) return fail('unreachable');
        if (isLost) return note(`net: ${path} lost`);
        if (former) {
          note(`net: a former reply of ${path}`);
          return deliver(former);
        }
        const response = await answer(request, gone.signal);
        if (response) remember(`${request.method} ${path}`, response);
        if (isReplyLost) return note(`net: reply of ${path} lost`);
        timeline.after(delay(), () => (response ? deliver(response) : fail('unreachable')));
      };
      timeline.after(delay(), () => void arrive());
    });
  }

  const network: Network = {
    weather: CALM,
    isCut: false,
    fetchFor: (life) => (request) => (life.alive() ? exchange(life, request) : new Promise(() => {})),
  };
  return network;
}
