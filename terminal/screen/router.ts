/** The calls a screen may make, on the contract of `api.ts`; input and output are checked against it. */
import { implement } from '@orpc/server';
import {
  type ActResult,
  type AnyAction,
  type CameraReport,
  type MicrophoneReport,
  screenContract,
  type VoiceReport,
} from '../api.ts';
import type { ActionMemory } from './actions.ts';
import { type Watchable, watchViews } from './watch.ts';

/** What the screen talks to. */
export interface ScreenService extends Watchable {
  act(revision: number, action: AnyAction): ActResult;
  /** The file of the question shown, when `ref` names it. */
  findFile(ref: string): Uint8Array | undefined;
  /** What the screen tells of the cabinet's cameras. */
  camerasSaid(reports: readonly CameraReport[]): void;
  /** What the screen tells of the cabinet's microphone. */
  microphoneSaid(report: MicrophoneReport): void;
  /** What the screen could not say aloud. */
  voiceSaid(report: VoiceReport): void;
}

/** The router served to screens. */
export function createScreenRouter(service: ScreenService, actions: ActionMemory) {
  const screen = implement(screenContract);
  return screen.router({
    watch: screen.watch.handler(({ signal }) => watchViews(service, signal)),
    act: screen.act.handler(({ input }) =>
      actions.once(input.actionId, () => service.act(input.revision, input.action)),
    ),
    attach: screen.attach.handler(({ input: { actionId, revision, questionId, bytes } }) => {
      let isNew = false;
      const result = actions.once(actionId, () => {
        isNew = true;
        return service.act(revision, { type: 'attach', questionId, bytes });
      });
      // One that nobody holds, or that came a second time, is overwritten here.
      if (!isNew || !result.ok) bytes?.fill(0);
      return result;
    }),
    file: screen.file.handler(({ input }) => service.findFile(input.ref) ?? null),
    cameras: screen.cameras.handler(({ input }) => {
      service.camerasSaid(input);
      return null;
    }),
    microphone: screen.microphone.handler(({ input }) => {
      service.microphoneSaid(input);
      return null;
    }),
    voice: screen.voice.handler(({ input }) => {
      service.voiceSaid(input);
      return null;
    }),
  });
}

export type ScreenRouter = ReturnType<typeof createScreenRouter>;
