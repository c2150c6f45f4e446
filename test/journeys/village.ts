import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { ProgramForm } from '../../host/programs.ts';
import { type Stack, startStack } from '../../scripts/stack.ts';
import { type Dock, dockAt } from './dock.ts';
import { closeScreens } from './touches.ts';

/** Everything on one machine, with hands at the cabinet. */
export interface Village {
  readonly stack: Stack;
  readonly dock: Dock;
  readonly folder: string;
  /** SIGKILL to the terminal; its supervisor starts it again. Resolves once the next one was started. */
  killTerminal(): Promise<void>;
  stop(): Promise<void>;
}

/** A line that was cut is tried again soon: nobody learns anything by waiting longer. */
const LONGEST_WAIT_MS = 1_000;

/** The villages that stand, by the origin of their screens. */
const standing = new Map<string, Village>();

/** The village whose screen a page shows, where one still stands. */
export function findVillageOn(page: Page): Village | undefined {
  return standing.get(new URL(page.url()).origin);
}

/** Starts a village in a folder of its own, which goes with it. */
export async function openVillage(options: {
  readonly form: ProgramForm;
  readonly screens: 'browser' | 'shell';
  readonly cameraLabel?: string;
  readonly microphoneLabel?: string;
  readonly catalogDir?: string;
  readonly sticks?: { readonly rescueDir: string; readonly catalogRoot: string };
}): Promise<Village> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-village-'));
  const stack = await startStack({
    dataDir: folder,
    longestWaitMs: LONGEST_WAIT_MS,
    ...options,
    ports: { screen: 0, dock: 0, desk: 0 },
  });
  if (stack.dockUrl === null) throw new Error('broken invariant: a village has a dock');
  const origin = stack.screenUrl === null ? null : new URL(stack.screenUrl).origin;
  const village: Village = {
    stack,
    dock: dockAt(stack.dockUrl),
    folder,
    async killTerminal() {
      const terminal = stack.programs?.terminal;
      const before = terminal?.generation();
      terminal?.findHandle()?.kill('SIGKILL');
      while (terminal?.generation() === before) await sleep(5);
    },
    async stop() {
      if (stack.screenUrl !== null) await closeScreens(stack.screenUrl);
      if (origin !== null) standing.delete(origin);
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  if (origin !== null) standing.set(origin, village);
  return village;
}
