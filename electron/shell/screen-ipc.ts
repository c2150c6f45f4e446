import { type IpcMainEvent, ipcMain } from 'electron';
import type { Log } from '../../base/log.ts';
import { findScreenBeat, type ScreenBeat } from '../../base/screen-beat.ts';
import { CHANNELS } from '../decisions/messages.ts';
import { judgeSender } from '../decisions/sender.ts';

/** Listens to the screens. This is the only place where a message from a page enters the shell. */
export function listenToScreen(options: {
  /** The number of the window's contents; `undefined` while there is no window. */
  readonly findWindowContentsId: () => number | undefined;
  readonly onUp: () => void;
  readonly onBeat: (beat: ScreenBeat) => void;
  readonly log: Log;
}): void {
  const hear = (channel: string, take: (said: unknown) => void) =>
    ipcMain.on(channel, (event, said: unknown) => {
      const judged = judgeSender(describe(event), options.findWindowContentsId());
      if (judged.allowed) take(said);
      else options.log('shell.refused', { what: 'message', why: judged.why });
    });
  hear(CHANNELS.screenUp, () => options.onUp());
  hear(CHANNELS.beat, (said) => {
    const beat = findScreenBeat(said);
    if (beat !== undefined) options.onBeat(beat);
  });
}

function describe(event: IpcMainEvent) {
  const frame = event.senderFrame;
  return {
    contentsId: event.sender.id,
    frameUrl: frame?.url,
    isMainFrame: frame !== null && frame === event.sender.mainFrame,
  };
}
