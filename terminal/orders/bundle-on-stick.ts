/** A bundle of diagnostics onto a stick, sealed to the platform: for a machine that cannot reach it. */
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { DIAGNOSTICS_ENDING, DIAGNOSTICS_FOLDER, sealDiagnostics } from '../../sync/formats/diagnostics.ts';
import { findSealKey } from '../../sync/trust.ts';
import type { Enrolment } from '../journal/trust-table.ts';
import type { BundleOutcome } from '../upkeep/machine-care.ts';
import { bundleFile } from './diagnostics.ts';

/** Writes it as `yizhan-diagnostics/{terminal}-{chance}.yzd`; what was begun and did not fit is taken away again. */
export function writeBundle(parts: {
  readonly disk: Disk;
  readonly crypto: Crypto;
  readonly enrolment: Enrolment | undefined;
  readonly bundle: object;
  readonly wallMs: number;
}): NonNullable<BundleOutcome> {
  const { disk, crypto, enrolment, wallMs } = parts;
  const recipient = enrolment && findSealKey(enrolment.keySet);
  if (enrolment === undefined || recipient === undefined) return 'not-enrolled';
  const plain = bundleFile(parts.bundle)?.bytes;
  if (plain === undefined) return 'full';
  const { terminalId } = enrolment.cert;
  const content = sealDiagnostics(crypto, { terminalId, recipient, wallMs: Math.trunc(wallMs), plain });
  const name = `${toHex(terminalId.subarray(0, 4))}-${toHex(crypto.randomBytes(4))}${DIAGNOSTICS_ENDING}`;
  const path = `${DIAGNOSTICS_FOLDER}/${name}`;
  const written = disk.writeDurably(path, content);
  if (written.ok) return 'written';
  disk.remove(path);
  return written.error.code === 'full' ? 'full' : 'io';
}
