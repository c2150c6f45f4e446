/** A byte takes a start bit, eight data bits and a stop bit (domain.md A.2). */
const BITS_PER_BYTE = 10;

/** How long `bytes` bytes take at `baudRate`, in milliseconds. */
export function wireMs(bytes: number, baudRate: number): number {
  return (bytes * BITS_PER_BYTE * 1000) / baudRate;
}
