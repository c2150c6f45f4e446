import { type LaunchPlan, planLaunch } from './decisions/launch.ts';
import { findElectronBinary } from './find-binary.ts';

/** Whether and how the shell is started from this source tree, by this user, on this display. */
export function planLaunchHere(options: {
  readonly mainPath: string;
  readonly settingsPath: string;
  /** For Chromium, as the person who starts it gave them. */
  readonly ownArguments: readonly string[];
}): LaunchPlan {
  const { mainPath, settingsPath, ownArguments } = options;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const facts = {
    binaryPath: findElectronBinary(),
    userId: process.getuid?.() ?? 1000,
    hasDisplay: Boolean(DISPLAY ?? WAYLAND_DISPLAY),
    ownArguments,
  };
  return planLaunch(facts, mainPath, settingsPath);
}
