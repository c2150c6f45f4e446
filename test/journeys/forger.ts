/** Somebody who writes on the screen's own line from inside its page: what a page taken over by others could do. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { toHex } from '../../base/bytes.ts';
import { systemRandom } from '../../base/node/random.ts';
import type { Action, ActResult } from '../../terminal/api.ts';

/** A pen at the screen's line. */
export interface Forger {
  /** Sends an action of any kind on the page that stands, as the screen would; what the terminal answers. */
  forges(action: Action): Promise<ActResult>;
}

const ANSWER_MS = 5_000;

/** Listens to the line from the page's first moment on: before it is opened. One real touch must come before a forgery. */
export async function forgerIn(page: Page): Promise<Forger> {
  await page.addInitScript(() => {
    const Line = globalThis.WebSocket;
    globalThis.WebSocket = class extends Line {
      constructor(...made: ConstructorParameters<typeof Line>) {
        super(...made);
        Object.assign(globalThis, { line: this });
      }
    };
  });
  let pattern = '';
  let revision = 0;
  let sent = 0;
  const answers = new Map<string, unknown>();
  page.on('websocket', (line) => {
    line.on('framesent', ({ payload }) => {
      if (String(payload).includes('"action":{')) pattern = String(payload);
    });
    line.on('framereceived', ({ payload }) => {
      const text = String(payload);
      revision = Math.max(revision, ...[...text.matchAll(/"revision":(\d+)/g)].map(([, n]) => Number(n)));
      const id = /^\{"i":"([^"]+)"/.exec(text)?.[1];
      if (id !== undefined) answers.set(id, JSON.parse(text));
    });
  });

  async function sends(action: Action): Promise<ActResult> {
    sent += 1;
    const id = `forged${sent}`;
    const frame = replaceIn(JSON.parse(pattern), {
      action,
      revision,
      actionId: toHex(systemRandom.bytes(8)),
    });
    const text = JSON.stringify({ ...(frame as object), i: id });
    await page.evaluate((words) => (globalThis as unknown as { line: WebSocket }).line.send(words), text);
    for (const fromMs = Date.now(); !answers.has(id); await sleep(5))
      if (Date.now() - fromMs > ANSWER_MS) throw new Error(`no answer to ${text}`);
    return resultIn(answers.get(id));
  }

  return {
    async forges(action) {
      for (;;) {
        const said = await sends(action);
        if (said.ok || said.error.code !== 'stale') return said;
        await sleep(20);
      }
    },
  };
}

/** The call with these fields instead of its own, wherever in it they stand. */
function replaceIn(part: unknown, fields: Readonly<Record<string, unknown>>): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((one) => replaceIn(one, fields));
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      name in fields ? fields[name] : replaceIn(value, fields),
    ]),
  );
}

/** The answer of an act in a frame; what is refused before the terminal looks at it is no answer of an act. */
function resultIn(frame: unknown): ActResult {
  const text = JSON.stringify(frame);
  const found = /\{"ok":true\}|\{"ok":false,"error":\{"code":"([a-z-]+)"/.exec(text);
  if (found === null) throw new Error(`not understood: ${text}`);
  const code = found[1] as Extract<ActResult, { ok: false }>['error']['code'] | undefined;
  if (code === undefined) return { ok: true };
  return { ok: false, error: { code, words: { zh: '', en: '' }, questionId: null } };
}
