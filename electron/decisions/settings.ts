import { z } from 'zod';
import { err, ok, type Result } from '../../base/result.ts';

/** What the shell is told by the file behind `--config`. */
const settingsSchema = z.strictObject({
  /** The configuration of each program, handed on as it is: the program checks its own. */
  terminal: z.record(z.string(), z.unknown()),
  devices: z.record(z.string(), z.unknown()),
  /** An absolute folder only this user may enter; the programs' configuration is written there. */
  runFolder: z.string().startsWith('/'),
  /** Shown when the terminal is out of service. */
  supportPhone: z.string().regex(/^[0-9+() -]{3,24}$/),
  /** A window of ordinary size instead of the whole screen, for a developer's desk. */
  windowed: z.boolean().default(false),
});
export type Settings = z.output<typeof settingsSchema>;

/** Where a packaged terminal keeps its settings. */
export const DEFAULT_SETTINGS_PATH = '/etc/yizhan/shell.json';

/** The settings file named by `--config FILE` or `--config=FILE`, or the packaged terminal's own. */
export function getSettingsPath(args: readonly string[]): string {
  const joined = args.find((arg) => arg.startsWith('--config='));
  if (joined !== undefined) return joined.slice('--config='.length);
  const at = args.indexOf('--config');
  return (at === -1 ? undefined : args[at + 1]) ?? DEFAULT_SETTINGS_PATH;
}

/** Settings from the text of their file; the error names what is wrong, never a value. */
export function parseSettings(text: string): Result<Settings, { readonly problems: readonly string[] }> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err({ problems: ['not JSON'] });
  }
  const parsed = settingsSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  return err({
    problems: parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'the whole'}: ${code}`),
  });
}
