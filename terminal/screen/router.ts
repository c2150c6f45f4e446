/** The calls a screen may make, on the contract of `api.ts`; input and output are checked against it. */
import { implement } from '@orpc/server';
import { type Action, type ActResult, screenContract } from '../api.ts';
import type { ActionMemory } from './actions.ts';
import { type Watchable, watchViews } from './watch.ts';

/** What the screen talks to. */
export interface ScreenService extends Watchable {
  act(revision: number, action: Action): ActResult;
}

/** The router served to screens. */
export function createScreenRouter(service: ScreenService, actions: ActionMemory) {
  const screen = implement(screenContract);
  return screen.router({
    watch: screen.watch.handler(({ signal }) => watchViews(service, signal)),
    act: screen.act.handler(({ input }) =>
      actions.once(input.actionId, () => service.act(input.revision, input.action)),
    ),
  });
}

export type ScreenRouter = ReturnType<typeof createScreenRouter>;
