import { err, ok, type Result } from '../../base/result.ts';
import type { HidBackend, HidHandle, HidListener, HidTrouble } from './backend.ts';

/** Written before each report by a device that numbers none. */
const NO_REPORT_ID = 0;

/**
 * The machine's HID devices through `node-hid`. It is loaded on first use, since it needs system libraries that
 * a cabinet without HID devices may lack: that is then a device that cannot be opened, and nothing worse.
 */
export const nodeHid: HidBackend = {
  list: () =>
    attempt(async () => {
      const { devicesAsync } = await import('node-hid');
      const devices = await devicesAsync();
      return devices.flatMap(({ path, vendorId, productId, serialNumber, usagePage }) => {
        if (path === undefined) return [];
        // Zero is how the library says that it does not know.
        const known = { serialNumber: serialNumber || null, usagePage: usagePage || null };
        return [{ path, vendorId, productId, ...known }];
      });
    }),
  open: (path, listener) => attempt(() => open(path, listener)),
};

async function open(path: string, listener: HidListener): Promise<HidHandle> {
  const { HIDAsync } = await import('node-hid');
  const device = await HIDAsync.open(path);
  let live = true;
  const letGo = () => {
    if (!live) return false;
    live = false;
    // Closing a device that is already gone fails, which changes nothing.
    device.close().catch(() => undefined);
    return true;
  };
  const lose = () => {
    if (letGo()) listener.onClose();
  };
  device.on('error', lose);
  device.on('data', (chunk: Buffer) => {
    // Copied out and overwritten, as on a serial line.
    const report = Uint8Array.from(chunk);
    chunk.fill(0);
    if (live) listener.onReport(report);
  });
  return {
    write(report) {
      if (live) device.write([NO_REPORT_ID, ...report]).catch(lose);
    },
    close() {
      letGo();
    },
  };
}

async function attempt<T>(task: () => Promise<T>): Promise<Result<T, HidTrouble>> {
  try {
    return ok(await task());
  } catch (error) {
    return err({ code: 'cannot-open', detail: error instanceof Error ? error.message : String(error) });
  }
}
