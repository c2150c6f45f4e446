import { expect, it, vi } from 'vitest';
import type { CabinetFacts } from '../../drivers/api.ts';
import { handClock } from '../testing/keeper-world.ts';
import { createDevicesLink, type Devices } from './devices-link.ts';

const CABINET: CabinetFacts = {
  readerPlace: 'right',
  screen: { widthMm: 268, heightMm: 476 },
  cameras: [],
};

/** A link whose devices process told of this cabinet. */
async function linkWith(cabinet: CabinetFacts) {
  async function* watch() {
    yield { type: 'snapshot', devices: [], sensors: [], cabinet } as const;
    await new Promise(() => {});
  }
  const devices = { watch: async () => watch(), forgetCard: async () => null } as unknown as Devices;
  const link = createDevicesLink({
    clock: handClock(),
    timeouts: { readingMs: 1_000 },
    log: () => {},
    onReader: () => {},
    onScanner: () => {},
    onChange: () => {},
  });
  link.attach(devices);
  await vi.waitFor(() => expect(link.view().cabinet).toEqual(cabinet));
  return link;
}

it('a microphone counts as the screen tells of it', async () => {
  const link = await linkWith({ ...CABINET, microphone: { usb: null, label: 'Gooseneck' } });
  expect(link.view().microphone).toBe('down');
  expect(link.statuses()).toEqual([{ device: 'microphone', state: 'starting', reason: null }]);
  link.microphoneSaid({ state: 'ready' });
  expect(link.view().microphone).toBe('ready');
  link.microphoneSaid({ state: 'blocked' });
  expect(link.view().microphone).toBe('down');
  link.stop();
});

it('one that the cabinet does not name counts for nothing', async () => {
  const link = await linkWith(CABINET);
  link.microphoneSaid({ state: 'ready' });
  expect(link.view().microphone).toBe('down');
  expect(link.statuses()).toEqual([]);
  link.stop();
});
