import type { FetchFile } from '../../base/node/signed-repository.ts';
import type { Result } from '../../base/result.ts';

/** Why a part of a file did not come. `slow`: it began and did not end in time; `busy`: it is to be asked for later. */
export type PartTrouble = 'unreachable' | 'slow' | 'busy' | 'not-there';

/** Where releases of the software come from: the platform, or a stick. */
export interface SoftwareFrom {
  /** A file of the repository's signed part. */
  readonly fetchFile: FetchFile;
  /** At most `bytes` of a file beside it from `from` on: fewer, but never none, where less is given at once. */
  fetchPart(name: string, from: number, bytes: number): Promise<Result<Uint8Array, PartTrouble>>;
}
