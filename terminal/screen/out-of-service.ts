/** What a screen is served while nothing can be kept: one page, in Chinese, and no action does anything. */
import type { Clock } from '../../base/clock.ts';
import type { View } from '../api.ts';
import { DEFAULT_SETTINGS } from '../screen-settings.ts';
import type { Site } from '../visit/desk.ts';
import { createActionMemory } from './actions.ts';
import { createScreenRouter, type ScreenRouter } from './router.ts';

/** A router whose only page says that the machine is out of service and whom to call. */
export function createOutOfService(site: Site, clock: Clock): ScreenRouter {
  const view = (): View => ({
    revision: 0,
    language: 'zh',
    wallMs: clock.wallMs(),
    place: { county: site.county.name, town: site.town.name, village: site.village.name },
    network: 'offline',
    slipPrinter: 'down',
    support: site.support,
    agentNow: null,
    cabinet: null,
    holder: null,
    takesPhoneCode: false,
    byPhone: false,
    acting: null,
    settings: DEFAULT_SETTINGS,
    sound: { jack: null, quiet: false },
    page: { kind: 'out-of-service', reason: 'store' },
  });
  return createScreenRouter(
    {
      view,
      onChange: () => () => {},
      findFile: () => undefined,
      microphoneSaid: () => undefined,
      camerasSaid: () => {},
      voiceSaid: () => undefined,
      act: () => ({
        ok: false,
        error: {
          code: 'out-of-service',
          words: { zh: '这台机器先停用', en: 'This machine is out of service' },
          questionId: null,
        },
      }),
    },
    createActionMemory(),
  );
}
