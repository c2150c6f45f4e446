import { type AnyRouter, type Context, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { Clock } from '../clock.ts';
import { withHeartbeat } from './heartbeat.ts';
import type { Port } from './port.ts';
import { asMessagePort, byteSerializer } from './wire.ts';

/** What a caller sent wrongly is refused by the contract; everything else that is thrown is a bug of ours. */
function isBug(error: unknown): boolean {
  return !(error instanceof ORPCError) || error.status >= 500;
}

/**
 * Serves a router on a port until the port closes; subscriptions end with it.
 * `onFault` hears what a handler threw that is a bug: the program is to end (law 7).
 */
export function serve<T extends Context>(
  router: AnyRouter,
  port: Port,
  options: { readonly clock: Clock; readonly context: T; readonly onFault: (error: unknown) => void },
): void {
  const handler = new RPCHandler(router, {
    customJsonSerializers: [byteSerializer],
    clientInterceptors: [
      async ({ next }) => {
        try {
          return await next();
        } catch (error) {
          if (isBug(error)) options.onFault(error);
          throw error;
        }
      },
    ],
  });
  handler.upgrade(asMessagePort(withHeartbeat(port, options.clock)), { context: options.context });
}
