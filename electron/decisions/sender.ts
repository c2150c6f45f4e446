import { findOwnPath, SCREEN_URL } from './address.ts';
import { ALLOWED, type Judgement, refused } from './judgement.ts';

/** Who sent a message to the shell, as far as Electron knows. */
export interface Sender {
  /** The number of the contents that sent it. */
  readonly contentsId: number;
  /** The URL of the frame that sent it; `undefined` when the frame is gone. */
  readonly frameUrl: string | undefined;
  readonly isMainFrame: boolean;
}

/**
 * Whether the shell listens to a message: only to the main frame of its one window, and only while that shows
 * the screens. A frame that is gone is not listened to: nobody is there to be answered.
 */
export function judgeSender(sender: Sender, windowContentsId: number | undefined): Judgement {
  if (sender.contentsId !== windowContentsId) return refused('other-window');
  if (sender.frameUrl === undefined) return refused('frame-gone');
  if (!sender.isMainFrame) return refused('inner-frame');
  return findOwnPath(sender.frameUrl) === findOwnPath(SCREEN_URL) ? ALLOWED : refused('not-the-screens');
}
