/** A platform that answers look-ups when a test says so; slips are read and judged as everywhere. */
import { ok, type Result } from '../../../base/result.ts';
import type { LookupContent } from '../../../sync/contents.ts';
import {
  createSlipLookUp,
  type LookUpTrouble,
  type SlipLookUp,
  type SlipName,
} from '../../../sync/lookup.ts';
import { crypto, world } from '../../testing/keeper-world.ts';

/** What a test sees and says of look-ups. */
export interface FakeLookUp extends SlipLookUp {
  /** What was asked, oldest first, and whether nobody waits for it any more. */
  readonly asked: readonly { readonly slip: SlipName; readonly signal: AbortSignal }[];
  /** Answers the question asked first of those still open. */
  answer(answered: Result<LookupContent, LookUpTrouble>): Promise<void>;
}

/** Nothing is answered until `answer`. */
export function fakeLookUp(): FakeLookUp {
  const asked: { slip: SlipName; signal: AbortSignal }[] = [];
  const open: ((answer: Result<LookupContent, LookUpTrouble>) => void)[] = [];
  const { platformId, terminalId, keySet, epoch } = world;
  const { read, readCertificate } = createSlipLookUp({
    client: async () => ok(new Uint8Array(0)),
    crypto,
    trust: () => ({ platformId, terminalId, keySet, epoch, formerEpochs: [] }),
    onIgnored: () => {},
  });
  return {
    read,
    readCertificate,
    asked,
    ask(slip, signal) {
      asked.push({ slip, signal });
      return new Promise((resolve) => open.push(resolve));
    },
    async answer(answered) {
      open.shift()?.(answered);
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}
