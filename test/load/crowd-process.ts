/** Starts the crowd's process and passes orders on to it, one at a time. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Drained, PlatformFacts } from './crowd.ts';
import type { CrowdOrder } from './crowd-program.ts';

/** A crowd in its own process. Queues stay with it, also when it meets another platform of the same keys. */
export interface CrowdProcess {
  tell(order: Extract<CrowdOrder, { kind: 'prepare' | 'post-bare' }>): Promise<number>;
  tell(order: Extract<CrowdOrder, { kind: 'come-back' }>): Promise<Drained>;
  tell(order: Extract<CrowdOrder, { kind: 'idle' | 'leave' }>): Promise<void>;
  stop(): Promise<void>;
}

/** A crowd for the platform of these facts. */
export async function startCrowd(facts: PlatformFacts): Promise<CrowdProcess> {
  const child = fork(join(import.meta.dirname, 'crowd-program.ts'), { serialization: 'advanced' });
  const ended = once(child, 'exit');
  const tell = async (order: CrowdOrder): Promise<never> => {
    child.send(order);
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ answer: never } | number];
    if (typeof message !== 'object') throw new Error(`the crowd ended with ${message}`);
    return message.answer;
  };
  await tell({ kind: 'meet', facts });
  return {
    tell,
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}
