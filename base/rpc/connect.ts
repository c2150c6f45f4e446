import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import type { Clock } from '../clock.ts';
import { err, ok, type Result } from '../result.ts';
import { withHeartbeat } from './heartbeat.ts';
import type { Port } from './port.ts';
import { asMessagePort, byteSerializer } from './wire.ts';

/** Why a call brought no answer. After `timeout` and `peer-lost` it may have been carried out. */
export type CallTrouble = { readonly code: 'peer-lost' | 'timeout' | 'failed'; readonly detail: string };

class CallError extends Error {
  readonly trouble: CallTrouble;
  constructor(trouble: CallTrouble) {
    super(trouble.detail);
    this.trouble = trouble;
  }
}

/** How long a call may take unless declared otherwise. */
export const DEFAULT_CALL_TIMEOUT_MS = 5_000;

/** A client of a contract, and a way to know when its port is gone. */
export interface Connection<C extends AnyContractRouter> {
  readonly client: ContractRouterClient<C>;
  onClose(listener: () => void): void;
  close(): void;
}

/**
 * A client on a port. Every call has a deadline, fails at once with `peer-lost` when the port closes, and a
 * call on a closed port fails instead of hanging. Wrap calls in {@link attempt} to get results.
 * `timeoutsMs` declares other deadlines by the call's dotted path.
 */
export function connect<C extends AnyContractRouter>(
  port: Port,
  options: { readonly clock: Clock; readonly timeoutsMs?: Readonly<Record<string, number>> },
): Connection<C> {
  const guarded = withHeartbeat(port, options.clock);
  let isClosed = false;
  const losses = new Set<() => void>();
  guarded.onClose(() => {
    isClosed = true;
    for (const lose of [...losses]) lose();
  });
  const link = new RPCLink({
    port: asMessagePort(guarded),
    customJsonSerializers: [byteSerializer],
    interceptors: [
      ({ next, path }) => {
        const name = path.join('.');
        const lost = () => new CallError({ code: 'peer-lost', detail: `${name}: the other end is gone` });
        if (isClosed) return Promise.reject(lost());
        const timeoutMs = options.timeoutsMs?.[name] ?? DEFAULT_CALL_TIMEOUT_MS;
        return new Promise((resolve, reject) => {
          const settle = () => {
            cancel();
            losses.delete(lose);
          };
          const lose = () => {
            settle();
            reject(lost());
          };
          const cancel = options.clock.after(timeoutMs, () => {
            settle();
            reject(new CallError({ code: 'timeout', detail: `${name}: no answer in ${timeoutMs} ms` }));
          });
          losses.add(lose);
          next().then(
            (value) => {
              settle();
              resolve(value);
            },
            (error: unknown) => {
              settle();
              reject(isClosed ? lost() : error);
            },
          );
        });
      },
    ],
  });
  return {
    client: createORPCClient(link),
    onClose: (listener) => guarded.onClose(listener),
    close: () => guarded.close(),
  };
}

/** Turns a call into a result: the other end being gone, late or broken is expected trouble. */
export async function attempt<T>(call: Promise<T>): Promise<Result<T, CallTrouble>> {
  try {
    return ok(await call);
  } catch (error) {
    if (error instanceof CallError) return err(error.trouble);
    return err({ code: 'failed', detail: error instanceof Error ? error.message : 'unknown' });
  }
}
