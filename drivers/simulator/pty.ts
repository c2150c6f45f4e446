import { closeSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { ReadStream } from 'node:tty';
import { SerialPort } from 'serialport';
import type { DeviceLine } from './device-line.ts';

/** What the prebuilt part of node-pty offers that we use. */
interface NativePty {
  /** Makes a pseudo-terminal; the numbers are open file descriptors. */
  open(columns: number, rows: number): { master: number; slave: number; pty: string };
}

/** Speed of a line that no driver has opened yet. */
const UNSET_SPEED = 50;

/**
 * Makes a pseudo-terminal and a link to its driver's end at `linkPath` (what was there is replaced), as udev
 * does for a device plugged in. Closing takes the link away first, as a plug pulled out does.
 */
export async function openPtyLine(linkPath: string): Promise<DeviceLine> {
  const native = createRequire(import.meta.url)('@lydell/node-pty-linux-x64/pty.node') as NativePty;
  const { master, slave, pty } = native.open(80, 24);
  // Opened once more as a serial port: that makes the terminal raw, tells the speed set on it (Node itself
  // has no tcgetattr), and keeps the master readable while no driver is there.
  const watcher = await SerialPort.binding.open({ path: pty, baudRate: UNSET_SPEED, lock: false });
  closeSync(slave);
  const stream = new ReadStream(master);
  // The master fails when the last driver goes away during closing; there is nothing to do about it.
  stream.on('error', () => undefined);
  placeLink(pty, linkPath);
  let isPulled = false;
  return {
    // A tty stream is writable too; its type does not say so.
    write: (bytes) => void (stream as unknown as NodeJS.WritableStream).write(bytes),
    onData: (listener) => void stream.on('data', (chunk: Buffer) => listener(Uint8Array.from(chunk))),
    readSpeed: async () => {
      try {
        return (await watcher.getBaudRate()).baudRate;
      } catch (error) {
        // Asked just as the plug is pulled: no driver is heard at any speed.
        if (isPulled) return UNSET_SPEED;
        throw error;
      }
    },
    close: async () => {
      isPulled = true;
      rmSync(linkPath, { force: true });
      stream.destroy();
      await watcher.close();
    },
  };
}

/** Replaces a link in one step, so that nobody finds it missing. */
function placeLink(target: string, linkPath: string): void {
  mkdirSync(dirname(linkPath), { recursive: true });
  const beside = `${linkPath}.new`;
  rmSync(beside, { force: true });
  symlinkSync(target, beside);
  renameSync(beside, linkPath);
}
