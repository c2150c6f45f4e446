/** A visit's authority with every seam in the test's hand. */
import { fileURLToPath } from 'node:url';
import { findDateStartMs } from '../../../base/calendar.ts';
import { createNodeCrypto } from '../../../base/crypto/node-crypto.ts';
import { systemRandom } from '../../../base/node/random.ts';
import { readFolder } from '../../../base/node/read-folder.ts';
import { type Catalog, loadCatalog } from '../../../catalog/load.ts';
import type { SlipJob, SlipOutcome } from '../../../drivers/api.ts';
import type { Action, ActResult, Page, View } from '../../api.ts';
import { createSlipDesk } from '../../slips/printing.ts';
import { type Authority, createAuthority } from '../authority.ts';
import type { DeviceView, ServiceState, Site } from '../desk.ts';
import { TIMEOUTS } from '../timeouts.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createMemoryKeeper, type MemoryKeeper } from './memory-keeper.ts';
import { readOf, type SamplePerson } from './people.ts';

/** Friday, 12 June 2026, 09:41 in China. */
export const START_MS = (findDateStartMs('2026-06-12') ?? 0) + (9 * 60 + 41) * 60_000;

export const SITE: Site = {
  county: { code: '330624', name: { zh: '新昌县', en: 'Xinchang County' } },
  town: { code: '330624108', name: { zh: '沙溪镇', en: 'Shaxi Town' } },
  village: { code: '330624108201', name: { zh: '样板村', en: 'Sample Village' } },
  support: {
    agentName: '样板代办员',
    agentPhone: '86120001',
    agentHours: { zh: '每天 8:00–17:00', en: 'Daily 8:00–17:00' },
    townPhone: '86120000',
  },
};

/** The project's own matters, read once. */
export const PROJECT_CATALOG: Catalog = loadCatalog(
  readFolder(fileURLToPath(new URL('../../../catalog/', import.meta.url))),
);

/** What a test turns and reads. */
export interface Bench {
  readonly authority: Authority;
  readonly clock: ManualClock;
  readonly keeper: MemoryKeeper;
  /** What the terminal believes of the world; call `refresh` after a change. */
  readonly world: {
    online: boolean;
    service: ServiceState;
    devices: DeviceView;
    trustedTime: boolean;
    floorMs: number;
    catalog: Catalog;
  };
  /** Slips sent to the printer, and how each is to end. */
  readonly slips: { readonly printed: SlipJob[]; answer: () => Promise<SlipOutcome> };
  /** How often the reader was told to forget. */
  forgotten(): number;
  view(): View;
  page(): Page;
  /** An action on the present page. */
  act(action: Action): ActResult;
  lay(person: SamplePerson): void;
}

/** A bench with service up and nobody here. */
export function createBench(): Bench {
  const clock = createManualClock(START_MS);
  const keeper = createMemoryKeeper(clock);
  const world: Bench['world'] = {
    online: true,
    service: 'up',
    devices: { reader: 'ready', slipPrinter: 'ok' },
    trustedTime: true,
    floorMs: START_MS - 86_400_000,
    catalog: PROJECT_CATALOG,
  };
  const slips: Bench['slips'] = { printed: [], answer: async () => ({ outcome: 'printed' }) };
  let forgotten = 0;
  const refresh = () => authority.refresh();
  const printer = {
    printSlip(job: SlipJob) {
      slips.printed.push(job);
      return slips.answer();
    },
  };
  const authority: Authority = createAuthority({
    desk: {
      clock,
      random: systemRandom,
      crypto: createNodeCrypto(systemRandom),
      keeper,
      time: { nowMs: clock.wallMs, trusted: () => world.trustedTime, floorMs: () => world.floorMs },
      timeouts: TIMEOUTS,
      site: SITE,
      slips: createSlipDesk({
        keeper,
        findPrinter: () => (world.devices.slipPrinter === 'down' ? undefined : printer),
        onChange: refresh,
      }),
      catalog: () => world.catalog,
      devices: () => world.devices,
      online: () => world.online,
      service: () => world.service,
      notices: () => [],
    },
    onChange: () => {},
    onEnd: () => {
      forgotten += 1;
    },
  });
  authority.refresh();
  return {
    authority,
    clock,
    keeper,
    world,
    slips,
    forgotten: () => forgotten,
    view: () => authority.view(),
    page: () => authority.view().page,
    act: (action) => authority.act(authority.view().revision, action),
    lay: (person) => authority.readerSaid({ type: 'identity', read: readOf(person) }),
  };
}
