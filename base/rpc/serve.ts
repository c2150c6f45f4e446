import { mapEventIterator } from '@orpc/client';
import { type AnyRouter, type Context, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { Clock } from '../clock.ts';
import { withHeartbeat } from './heartbeat.ts';
import type { Port } from './port.ts';
import { asMessagePort, byteSerializer, onlyMessages } from './wire.ts';

/** What a caller sent wrongly is refused by the contract; everything else that is thrown is a bug of ours. */
function isBug(error: unknown): boolean {
  return !(error instanceof ORPCError) || error.status >= 500;
}

/**
 * Serves a router on a port until the port closes; subscriptions end with it. A caller who sends what is no
 * message at all loses the port. `onFault` hears what a handler threw, or handed out against the contract: that
 * is a bug, and the program is to end (law 7).
 */
export function serve<T extends Context>(
  router: AnyRouter,
  port: Port,
  options: { readonly clock: Clock; readonly context: T; readonly onFault: (error: unknown) => void },
): void {
  const tell = (error: unknown) => {
    if (isBug(error)) options.onFault(error);
  };
  const handler = new RPCHandler(router, {
    customJsonSerializers: [byteSerializer],
    clientInterceptors: [
      async ({ next }) => {
        try {
          const output = await next();
          return isSubscription(output) ? withTold(output, tell) : output;
        } catch (error) {
          tell(error);
          throw error;
        }
      },
    ],
  });
  const guarded = onlyMessages(withHeartbeat(port, options.clock));
  handler.upgrade(asMessagePort(guarded), { context: options.context });
}

function isSubscription(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

/** The same subscription; what it throws long after the call was answered is told, too. */
function withTold(
  subscription: AsyncIterator<unknown>,
  tell: (error: unknown) => void,
): AsyncIterator<unknown> {
  return mapEventIterator(subscription, {
    value: async (value) => value,
    error: async (error) => {
      tell(error);
      return error;
    },
  });
}
