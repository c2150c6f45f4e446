/** A maintainer's browser, as far as the console's pages and its stream go. */
import { sleep } from '../../base/clock.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { PAGE_EVERY_MS } from '../../platform/desk/fleet/live.ts';
import { maintainersDesk } from '../../platform/desk/roles.ts';
import { putStaff } from '../../platform/desk/staff.ts';
import type { Store } from '../../platform/store/store.ts';
import { send } from '../../platform/testing/test-staff.ts';

/** The county of the load. */
export const COUNTY = { code: '330624', name: '新昌县' };
const PASSWORD = 'a maintainer under load';

/** Pages of the console, signed in. */
export interface Console {
  /** A page's words; throws where it does not answer. */
  page(path: string): Promise<string>;
  /** How long the page takes, in milliseconds. */
  time(path: string): Promise<number>;
  /** Machines on the page, as it says itself. */
  countShown(): Promise<number>;
  /** Follows the stream with a page that is open, as its script does, until `stop`. */
  follow(path: string): Promise<Following>;
}

/** An open page. */
interface Following {
  /** Resolves as soon as the open page says this. */
  says(words: string): Promise<void>;
  stop(): Promise<void>;
}

/** Signs a maintainer in. */
export async function openConsole(store: Store, deskUrl: string): Promise<Console> {
  const crypto = createCrypto(systemRandom);
  const staff = { signIn: 'keeper', name: '石', deskCode: maintainersDesk(COUNTY.code), password: PASSWORD };
  await putStaff({ store, crypto, county: COUNTY }, staff);
  const wish = { name: 'keeper', password: PASSWORD };
  const entered = await send(`${deskUrl}/sign-in`, 'POST', { origin: deskUrl }, wish);
  const cookie = entered.cookie?.split(';')[0] ?? '';
  const page = async (path: string) => {
    const { status, text } = await send(`${deskUrl}${path}`, 'GET', { cookie, 'x-live': '1' });
    invariant(status === 200, 'the console shows its page');
    return text;
  };
  return {
    page,
    async time(path) {
      const startMs = performance.now();
      await page(path);
      return performance.now() - startMs;
    },
    async countShown() {
      return Number(/<b>(\d+)<\/b><span>全部/.exec(await page('/fleet'))?.[1]);
    },
    follow: (path) => follow(deskUrl, cookie, () => page(path)),
  };
}

async function follow(deskUrl: string, cookie: string, page: () => Promise<string>): Promise<Following> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const answer = await fetch(`${deskUrl}/fleet/live`, { headers: { cookie }, signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  invariant(reader, 'the stream is there');
  let [isWanted, wake] = [false, () => {}];
  let shown = await page();
  let shownAnew = () => {};
  const listening = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      if (!value.includes('event: changed')) continue;
      isWanted = true;
      wake();
    }
  })().catch(() => undefined);
  const looking = (async () => {
    while (!signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (isWanted || signal.aborted) resolve();
      });
      if (signal.aborted) return;
      isWanted = false;
      const startMs = performance.now();
      shown = await page();
      shownAnew();
      await sleep(systemClock, Math.max(0, startMs + PAGE_EVERY_MS - performance.now()), signal);
    }
  })();
  return {
    async says(words) {
      while (!shown.includes(words)) {
        await new Promise<void>((resolve) => {
          shownAnew = resolve;
        });
      }
    },
    async stop() {
      stopping.abort();
      wake();
      await Promise.all([listening, looking]);
    },
  };
}
