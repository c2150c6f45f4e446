/** The script of a console that stands open, in a page made of stubs: it catches up and listens again, whatever was between. */
import { createContext, runInContext } from 'node:vm';
import { expect, it } from 'vitest';
import { FLEET_SCRIPT } from './live.ts';

type Heard = Record<string, () => void>;

/** A page that the script runs in; its timers pass when they are let. */
function openPage() {
  const sources: { readonly heard: Heard; readyState: number }[] = [];
  const timers: (() => void)[] = [];
  const page = { asked: 0, redirected: false, reloads: 0, mark: '' };
  class EventSource {
    static readonly CLOSED = 2;
    readonly heard: Heard = {};
    readyState = 1;
    constructor() {
      sources.push(this);
    }
    addEventListener(name: string, listener: () => void): void {
      this.heard[name] = listener;
    }
  }
  const live = { setAttribute: (_name: string, state: string) => (page.mark = state) };
  const document = {
    ...{ activeElement: null, hidden: false, addEventListener() {}, querySelectorAll: () => [] },
    querySelector: (what: string) => (what === '.live' ? live : null),
  };
  const fetch = async () => {
    page.asked += 1;
    return { ok: false, redirected: page.redirected, text: async () => '' };
  };
  class DOMParser {
    parseFromString() {
      return { querySelector: () => null };
    }
  }
  let nowMs = 0;
  const performance = { now: () => (nowMs += 10_000) };
  const location = { href: '/fleet', reload: () => (page.reloads += 1) };
  const setTimeout = (task: () => void) => timers.push(task);
  const globals = { EventSource, document, fetch, DOMParser, performance, location, setTimeout };
  runInContext(FLEET_SCRIPT, createContext(globals));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ page, sources },
    async say(name: string): Promise<void> {
      sources.at(-1)?.heard[name]?.();
      await settle();
    },
    async passTimers(): Promise<void> {
      for (const task of timers.splice(0)) task();
      await settle();
    },
  };
}

it('asks for what changed while the line was cut, and for nothing when the page is new', async () => {
  const { page, say } = openPage();
  await say('open');
  expect(page).toMatchObject({ mark: 'live', asked: 0 });
  await say('error');
  expect(page).toMatchObject({ mark: 'cut', asked: 0 });
  await say('open');
  expect(page).toMatchObject({ mark: 'live', asked: 1 });
});

it('listens again where it was sent away, and goes to the sign-in where that is why', async () => {
  const { page, sources, say, passTimers } = openPage();
  await say('open');
  sources[0]!.readyState = 2;
  await say('error');
  await passTimers();
  expect([sources.length, page.asked, page.reloads]).toEqual([2, 1, 0]);
  page.redirected = true;
  sources[1]!.readyState = 2;
  await say('error');
  await passTimers();
  expect([sources.length, page.reloads]).toEqual([3, 1]);
});
