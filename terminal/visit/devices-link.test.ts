import { expect, it, vi } from 'vitest';
import { wireTerminal } from './testing/wired-terminal.ts';

it('logs how a device is when that changed, however many visits end meanwhile', async () => {
  const said: unknown[] = [];
  const wired = wireTerminal({
    log: (name, fields) => void (name === 'device.status' && said.push(fields)),
  });
  const { devices } = wired.plug();
  await vi.waitFor(() => expect(wired.terminal.view().slipPrinter).toBe('ok'));
  for (const _visit of [1, 2, 3]) {
    await wired.act({ type: 'go', to: 'no-card' });
    await wired.act({ type: 'leave' });
  }
  await vi.waitFor(() => expect(devices.forgotten()).toBe(4));
  devices.becomes({ device: 'slip-printer', state: 'fault', reason: 'paper-out' });
  devices.becomes({ device: 'slip-printer', state: 'fault', reason: 'cover-open' });
  await vi.waitFor(() => expect(said).toHaveLength(5));
  expect(said).toEqual([
    { device: 'card-reader', state: 'ok', reason: null },
    { device: 'slip-printer', state: 'ok', reason: null },
    { device: 'document-camera', state: 'starting', reason: null },
    { device: 'slip-printer', state: 'fault', reason: 'paper-out' },
    { device: 'slip-printer', state: 'fault', reason: 'cover-open' },
  ]);
  wired.terminal.stop();
});
