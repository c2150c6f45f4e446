import { concat, equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { ok, type Result } from '../../base/result.ts';
import {
  bytes,
  fromBytes,
  id,
  list,
  ms,
  nullable,
  one,
  structure,
  text,
  toBytes,
  uint,
  type ValueOf,
} from '../../sync/formats/shape.ts';
import type { EnrolmentWish } from '../journal/trust-table.ts';
import type { MemoryBase } from '../memory/memory-table.ts';

const copy = structure({
  v: one,
  memory: structure({ salt: bytes(32), bucket: uint, bucketSinceMs: ms }),
  enrolment: nullable(
    structure({
      origin: text(),
      cert: bytes(),
      keySet: bytes(),
      epoch: nullable(id),
      formerEpochs: list(id),
    }),
  ),
});

/**
 * What the database knows that is neither an entry nor a person's row, and without which the entries and rows
 * could not be used: it is kept a second time beside the mirror, and changes a few times a year.
 */
export interface SecondCopy {
  readonly memory: MemoryBase;
  /** Null before enrolment. */
  readonly enrolment: EnrolmentWish | null;
}

const PATH = 'identity.yz';
const CHECK_BYTES = 8;

/** Writes the copy, unless it says the same already. */
export function writeSecondCopy(disk: Disk, crypto: Crypto, value: SecondCopy): Result<void, DiskTrouble> {
  const inner = toBytes(copy, toFields(value));
  const whole = concat(inner, crypto.sha256(inner).subarray(0, CHECK_BYTES));
  const present = disk.read(PATH);
  if (present.ok && equalBytes(present.value, whole)) return ok(undefined);
  return disk.writeDurably(PATH, whole);
}

/** The copy, or `undefined` when it is not there or damaged. */
export function findSecondCopy(disk: Disk, crypto: Crypto): SecondCopy | undefined {
  const read = disk.read(PATH);
  if (!read.ok || read.value.length < CHECK_BYTES) return undefined;
  const inner = read.value.subarray(0, -CHECK_BYTES);
  const check = read.value.subarray(-CHECK_BYTES);
  if (!equalBytes(check, crypto.sha256(inner).subarray(0, CHECK_BYTES))) return undefined;
  const parsed = fromBytes(copy, inner);
  return parsed.ok ? fromFields(parsed.value) : undefined;
}

type Fields = ValueOf<typeof copy>;

function toFields({ memory, enrolment }: SecondCopy): Fields {
  const { salt, bucket } = memory;
  return {
    v: 1,
    memory: { salt, bucket: bucket.number, bucketSinceMs: bucket.sinceMs },
    enrolment: enrolment && {
      origin: enrolment.origin,
      cert: enrolment.certBytes,
      keySet: enrolment.trust.keySet,
      epoch: enrolment.trust.epoch,
      formerEpochs: enrolment.trust.formerEpochs,
    },
  };
}

function fromFields({ memory, enrolment }: Fields): SecondCopy {
  const { salt, bucket, bucketSinceMs } = memory;
  return {
    memory: { salt, bucket: { number: bucket, sinceMs: bucketSinceMs } },
    enrolment: enrolment && {
      origin: enrolment.origin,
      certBytes: enrolment.cert,
      // The floor moves with every answer: what is lost of it comes back with the next.
      trust: { ...enrolment, floorMs: 0, lastContactMs: null },
    },
  };
}
