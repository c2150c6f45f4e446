/** A simulated device's end of a serial line. */
export interface DeviceLine {
  write(bytes: Uint8Array): void;
  /** Sets the one listener for what the driver sends. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Bits per second the driver has set on the line. */
  readSpeed(): Promise<number>;
  close(): Promise<void>;
}
