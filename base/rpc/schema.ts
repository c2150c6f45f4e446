import { z } from 'zod';

/** A byte string in a contract; it crosses as it is (see `wire.ts`). */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'not a byte string');
