/** Entries one behind another, each after its length in four bytes. */
export function joinBatch(entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(entry.length);
      return [length, entry];
    }),
  );
}

/** The entries again. */
export function splitBatch(batch: Buffer): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < batch.length; ) {
    const end = at + 4 + batch.readUInt32BE(at);
    entries.push(batch.subarray(at + 4, end));
    at = end;
  }
  return entries;
}
