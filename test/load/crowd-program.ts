/** The crowd as a process of its own, told what to do by whoever forked it. */
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import type { Range } from './county.ts';
import { type Coming, type Crowd, createCrowd, type PlatformFacts } from './crowd.ts';

/** What it can be told. */
export type CrowdOrder =
  | { readonly kind: 'meet'; readonly facts: PlatformFacts }
  | { readonly kind: 'prepare'; readonly range: Range; readonly entries: number }
  | { readonly kind: 'idle'; readonly range: Range; readonly overMs: number }
  | { readonly kind: 'come-back'; readonly coming: Coming }
  | { readonly kind: 'post-bare'; readonly url: string; readonly range: Range; readonly abreast: number }
  | { readonly kind: 'leave' };

const seams = {
  ...{ crypto: createCrypto(systemRandom), clock: systemClock, random: systemRandom },
  processorMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
};
let crowd: Crowd | undefined;

async function obey(order: CrowdOrder): Promise<unknown> {
  if (order.kind === 'meet') {
    crowd = createCrowd(seams, order.facts);
    return undefined;
  }
  invariant(crowd, 'the crowd knows its platform');
  switch (order.kind) {
    case 'prepare':
      return crowd.prepare(order.range, order.entries);
    case 'idle':
      return crowd.idle(order.range, order.overMs);
    case 'come-back':
      return crowd.comeBack(order.coming);
    case 'post-bare':
      return crowd.postBare(order.url, order.range, order.abreast);
    case 'leave':
      return crowd.leave();
  }
}

process.on('message', (order: CrowdOrder) => {
  obey(order).then((answer) => process.send?.({ answer }));
});
process.on('disconnect', () => process.exit(0));
