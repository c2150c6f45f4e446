import type { Clock } from '../../base/clock.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import type { Random } from '../../base/random.ts';
import type { Sql } from '../../base/sql.ts';
import type { EntryHeader } from '../../sync/formats/entry.ts';
import type { AttachmentFiles } from './attachment-files.ts';
import type { Mirror } from './mirror.ts';
import type { TrustTable } from './trust-table.ts';

/** What the rooms of the journal work with, put together once by `openKeeper`. */
export interface JournalParts {
  readonly sql: Sql;
  readonly mirror: Mirror;
  readonly files: AttachmentFiles;
  readonly trust: TrustTable;
  readonly signKey: SigningKey;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly clock: Clock;
  /** What is known of time, as a header says it. */
  readonly headerClock: () => EntryHeader['clock'];
  /** 16 random bytes made at this start. */
  readonly bootId: Uint8Array;
  /** Name and version of this release, as headers say it. */
  readonly software: string;
}
