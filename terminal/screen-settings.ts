/**
 * How the screen is set for whoever stands there: larger words, stronger contrast, keys lower down, read aloud. Chosen
 * with a tap, of no meaning for what is filed, and gone with the visit. Schemas alone, so the screen imports it.
 */
import { z } from 'zod';

export const screenSettingsSchema = z.strictObject({
  /** `double`: twice as large as `normal` (WCAG 2.2, 1.4.4). */
  textSize: z.enum(['normal', 'large', 'double']),
  contrast: z.enum(['normal', 'high']),
  /** `low`: nothing that is touched stands higher than a seated person reaches. */
  reach: z.enum(['full', 'low']),
  /** `steady`: a tap beside a key counts for it, where no other key is near. */
  touch: z.enum(['normal', 'steady']),
  /** `on`: every page is read aloud by itself. */
  voice: z.enum(['off', 'on']),
  voiceSpeed: z.enum(['normal', 'slow']),
});
export type ScreenSettings = z.infer<typeof screenSettingsSchema>;

/** One setting or several; those left out stay as they are. */
export const settingsChangeSchema = screenSettingsSchema.partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** How every visit begins. */
export const DEFAULT_SETTINGS: ScreenSettings = {
  textSize: 'normal',
  contrast: 'normal',
  reach: 'full',
  touch: 'normal',
  voice: 'off',
  voiceSpeed: 'normal',
};
