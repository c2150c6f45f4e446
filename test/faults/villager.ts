/** A villager who files problem reports as fast as the terminal takes them, at the line a screen uses. */

import { toHex } from '../../base/bytes.ts';
import { systemClock } from '../../base/node/clock.ts';
import { dialPorts } from '../../base/node/port-source.ts';
import { systemRandom } from '../../base/node/random.ts';
import { connect } from '../../base/rpc/connect.ts';
import type { AnswerValue, Question } from '../../catalog/schema.ts';
import type { Action, ActResult, Page, ScreenContract, View } from '../../terminal/api.ts';
import { pause } from './processes.ts';
import { VILLAGE } from './town.ts';

/** What somebody was told of what they handed in. */
export interface Told {
  /** The local numbers of what was said to be kept. */
  readonly kept: readonly string[];
  /** How often a hand was on "submit" when the line broke: kept or not, nobody was told. */
  readonly unknown: number;
  /** Refusals by their code. */
  readonly refused: Readonly<Record<string, number>>;
}

/** Somebody at the screen. */
export interface Villager {
  told(): Told;
  /** The page shown now, or nothing while the terminal is away. */
  findPage(): Page | undefined;
  /** Files until told to stop. */
  begin(): void;
  /** Ends the filing under way. */
  rest(): Promise<void>;
  leave(): void;
}

const STEP_MS = 8_000;

class LineLost extends Error {}

/** Somebody at the screen of the terminal behind `socket`. */
export function stepUp(socket: string): Villager {
  const kept: string[] = [];
  const refused: Record<string, number> = {};
  let unknown = 0;
  let view: View | undefined;
  let act: ((action: Action) => Promise<ActResult>) | undefined;
  let working: Promise<void> | undefined;
  let wanted = false;

  const ports = dialPorts({ path: socket, peer: 'terminal', clock: systemClock });
  ports.onPort(({ port }) => {
    const { client, onClose } = connect<ScreenContract>(port, { clock: systemClock });
    onClose(() => {
      view = undefined;
      act = undefined;
    });
    act = (action) =>
      client.act({ actionId: toHex(systemRandom.bytes(8)), revision: view?.revision ?? 0, action });
    void watch(client.watch());
  });

  async function watch(views: Promise<AsyncIterable<View>>): Promise<void> {
    try {
      for await (const next of await views) view = next;
    } catch {
      // The terminal was killed; the next port brings the next view.
    }
  }

  /** Does one thing, and waits for the page it leads to. */
  async function does(action: Action, leadsTo: (page: Page) => boolean): Promise<ActResult> {
    const said = await act?.(action).catch(() => undefined);
    if (said === undefined) throw new LineLost();
    if (!said.ok) return said;
    for (const endMs = systemClock.monoMs() + STEP_MS; ; await pause(2)) {
      if (view === undefined || systemClock.monoMs() > endMs) throw new LineLost();
      if (leadsTo(view.page)) return said;
    }
  }

  /** From wherever the last attempt ended to the page where anyone may begin. */
  async function toFirstPage(): Promise<void> {
    const kind = view?.page.kind;
    if (kind === 'no-card') return;
    if (kind === undefined || kind === 'goodbye' || kind === 'out-of-service') throw new LineLost();
    const way: Action = kind === 'attract' ? { type: 'go', to: 'no-card' } : { type: 'home' };
    await does(way, (page) => page.kind === 'no-card');
  }

  async function fileOne(): Promise<void> {
    await toFirstPage();
    await does({ type: 'open-matter', matterId: 'problem-report' }, (page) => page.kind === 'matter');
    const begun = await does({ type: 'start', basis: 'open' }, (page) => page.kind === 'question');
    if (!begun.ok) return note(begun);
    for (let page = view?.page; page?.kind === 'question'; page = view?.page) {
      const { id } = page.question;
      const answer = { type: 'answer', questionId: id, value: answerTo(page.question) } as const;
      const said = await does(answer, (next) => next.kind !== 'question' || next.question.id !== id);
      if (!said.ok) return note(said);
    }
    unknown += 1;
    const said = await does({ type: 'submit' }, (page) => page.kind === 'kept');
    unknown -= 1;
    if (!said.ok) return note(said);
    if (view?.page.kind === 'kept') kept.push(view.page.localNumber);
  }

  function note(said: ActResult): void {
    if (!said.ok) refused[said.error.code] = (refused[said.error.code] ?? 0) + 1;
  }

  async function work(): Promise<void> {
    while (wanted) {
      try {
        await fileOne();
      } catch (error) {
        if (!(error instanceof LineLost)) throw error;
        await pause(20);
      }
    }
  }

  return {
    told: () => ({ kept: [...kept], unknown, refused: { ...refused } }),
    findPage: () => view?.page,
    begin() {
      wanted = true;
      working ??= work();
    },
    async rest() {
      wanted = false;
      await working;
      working = undefined;
    },
    leave: () => ports.close(),
  };
}

/** Any answer that is right. */
function answerTo(question: Question): AnswerValue | null {
  switch (question.type) {
    case 'one-of':
      return question.choices[0]?.value ?? null;
    case 'yes-no':
      return false;
    case 'village':
      return VILLAGE;
    case 'text':
      return '桥头第三根灯杆';
    default:
      return null;
  }
}
