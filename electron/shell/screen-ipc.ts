import { type IpcMainEvent, ipcMain } from 'electron';
import type { Log } from '../../base/log.ts';
import { CHANNELS } from '../decisions/messages.ts';
import { judgeSender } from '../decisions/sender.ts';

/** Listens to the screens. This is the only place where a message from a page enters the shell. */
export function listenToScreen(options: {
  /** The number of the window's contents; `undefined` while there is no window. */
  readonly findWindowContentsId: () => number | undefined;
  readonly onUp: () => void;
  readonly log: Log;
}): void {
  ipcMain.on(CHANNELS.screenUp, (event) => {
    const judged = judgeSender(describe(event), options.findWindowContentsId());
    if (judged.allowed) options.onUp();
    else options.log('shell.refused', { what: 'message', why: judged.why });
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
