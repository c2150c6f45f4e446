import type { Result } from '../../base/result.ts';

/** One HID interface that is plugged in. */
export interface HidPlace {
  /** The system's name for it; another one after every plugging in. */
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  /** `null` where the device has none. */
  readonly serialNumber: string | null;
  /** What the interface is for, by its top-level collection; `null` where the system does not tell. */
  readonly usagePage: number | null;
}

/** Who listens to an open HID interface. The receiver owns the bytes and may overwrite them. */
export interface HidListener {
  /** An input report; its id stands first where the device numbers its reports, and nowhere else. */
  onReport(report: Uint8Array): void;
  /** It is gone (unplugged, error); called at most once, and nothing after it. */
  onClose(): void;
}

/** An open HID interface. What goes wrong on it shows as `onClose`, never as a throw. */
export interface HidHandle {
  /** Queues an output report, without a report id; one that cannot be sent closes the interface. */
  write(report: Uint8Array): void;
  /** Lets go of it; `onClose` is not called for it. Calling it twice does nothing. */
  close(): void;
}

/** Why HID devices cannot be reached; `detail` is the system's word, for the log. */
export interface HidTrouble {
  readonly code: 'cannot-open';
  readonly detail: string;
}

/** The machine's HID devices: all that the drivers know of them. */
export interface HidBackend {
  list(): Promise<Result<readonly HidPlace[], HidTrouble>>;
  open(path: string, listener: HidListener): Promise<Result<HidHandle, HidTrouble>>;
}
