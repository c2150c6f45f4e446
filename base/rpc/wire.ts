import { z } from 'zod';
import { findBase64Url, toBase64Url } from '../bytes.ts';
import type { Port } from './port.ts';

/**
 * Bytes travel as text inside the message: oRPC knows blobs but not byte strings, and a Blob would make
 * every message that carries one asynchronous to read.
 */
export const byteSerializer = {
  type: 64,
  condition: (value: unknown): boolean => value instanceof Uint8Array,
  serialize: (value: Uint8Array): string => toBase64Url(value),
  deserialize: (text: unknown): Uint8Array => {
    const bytes = typeof text === 'string' ? findBase64Url(text) : undefined;
    if (bytes === undefined) throw new TypeError('not a byte string');
    return bytes;
  },
};

/** What oRPC's message-port adapters need of a port; as wide in its listener as a browser's own port. */
interface EventPort {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: unknown): void;
}

/** A {@link Port} in the shape oRPC's message-port adapters want. */
export function asMessagePort(port: Port): EventPort {
  return {
    postMessage: (message) => port.postMessage(message as string | Uint8Array),
    addEventListener(type: string, listener: (event: { data: unknown }) => void) {
      if (type === 'message') port.onMessage((message) => listener({ data: message }));
      else port.onClose(() => listener({ data: undefined }));
    },
  };
}

/** A request, a part of a subscription or its end, as oRPC writes them; what is in them the contract judges. */
const messageSchema = z.union([
  z.object({
    i: z.string(),
    t: z.literal(1).optional(),
    p: z.object({ u: z.string().regex(/^\/[\w./-]*$/), h: z.record(z.string(), z.string()).optional() }),
  }),
  z.object({ i: z.string(), t: z.literal(3), p: z.object({ e: z.string() }) }),
  z.object({ i: z.string(), t: z.literal(4) }),
]);

/**
 * The same port, closed at the first message that oRPC could not read: it would throw where nobody can catch, and
 * what the other end says may end its line, never this program.
 */
export function onlyMessages(port: Port): Port {
  return {
    ...port,
    onMessage(listener) {
      port.onMessage((message) => (isMessage(message) ? listener(message) : port.close()));
    },
  };
}

function isMessage(message: string | Uint8Array): boolean {
  if (typeof message !== 'string') return false;
  try {
    return messageSchema.safeParse(JSON.parse(message)).success;
  } catch {
    return false;
  }
}
