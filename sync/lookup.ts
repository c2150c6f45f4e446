/** Looking a case up by its slip: what the slip itself proves, and what the platform answers. */
import { equalBytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { err, ok, type Result } from '../base/result.ts';
import { readCertificate, type ScannedTrouble } from './certificates.ts';
import { type CallTrouble, type Client, troubleCode } from './client.ts';
import { readContent } from './content-coding.ts';
import { type LookupContent, lookupContentSchema } from './contents.ts';
import type { CertificateWords } from './formats/certificate.ts';
import { lookupFormat, makeLookupRequest, openLookupAnswer } from './formats/lookup.ts';
import { parseSlipQrText, type Slip } from './formats/slip.ts';
import { type TrustState, verifyAnswer, verifySlip } from './trust.ts';

/** What a case is asked for by: both stand on its slip. */
export interface SlipName {
  /** Twelve digits. */
  readonly localNumber: string;
  /** Six digits. */
  readonly slipCode: string;
}

/** What a slip's QR code says. */
export interface ScannedSlip extends SlipName {
  /**
   * That an enrolled terminal said so, and where its certificate puts it: a village's code. Null where this terminal does not know
   * who certified it, which a key of long ago or another county's may be: nothing is said of it then.
   */
  readonly proof: { readonly place: string } | null;
  /** What its terminal's clock said; nobody proves when. */
  readonly wallMs: number;
}

/** Why a scanned code is no slip of ours: `no-slip` is another code, `forged` says of itself what is not so. */
export type SlipTrouble = 'no-slip' | 'forged';

/**
 * Why nothing is known: `offline` (nobody was reached), `not-found` (no such number with such a code, or not arrived),
 * `too-many` (asked too often), `no-answer` (what came back is not to be believed, or the platform cannot now).
 */
export type LookUpTrouble = 'offline' | 'not-found' | 'too-many' | 'no-answer';

/** Looks slips up for one terminal. Keeps nothing. */
export interface SlipLookUp {
  /** Reads a scanned code's text and checks it against the key set at hand; needs no network. */
  read(qrText: string): Result<ScannedSlip, SlipTrouble>;
  /** The same for the code of a printed certificate; whether it was voided since is not known here. */
  readCertificate(qrText: string): Result<CertificateWords, ScannedTrouble>;
  /** Asks the platform under a key made for this call; what is not its word on this very question is refused. */
  ask(slip: SlipName, signal: AbortSignal): Promise<Result<LookupContent, LookUpTrouble>>;
}

/** Somebody stands and waits. */
const ASK_TIMEOUT_MS = 10_000;

/** Longer than any slip's text; what is longer is not looked at. */
const MAX_QR_CHARACTERS = 1_000;

/** A {@link SlipLookUp}. `trust` is asked each time: a key set or an epoch may have come since. */
export function createSlipLookUp(seams: {
  readonly client: Client;
  readonly crypto: Crypto;
  readonly trust: () => TrustState;
  /** Told by a code why an answer did not count. */
  readonly onIgnored: (code: string) => void;
}): SlipLookUp {
  const { client, crypto, trust, onIgnored } = seams;

  function ignored(code: string): Result<never, LookUpTrouble> {
    onIgnored(code);
    return err('no-answer');
  }

  return {
    read(qrText) {
      if (qrText.length > MAX_QR_CHARACTERS) return err('no-slip');
      const parsed = parseSlipQrText(qrText);
      return parsed.ok ? judge(crypto, trust(), parsed.value.slip) : err('no-slip');
    },

    readCertificate: (qrText) =>
      qrText.length > MAX_QR_CHARACTERS
        ? err('no-certificate')
        : readCertificate(crypto, trust().keySet, qrText),

    async ask({ localNumber, slipCode }, signal) {
      const secret = crypto.randomBytes(32);
      const replyKey = crypto.openingKey(secret);
      secret.fill(0);
      const content = makeLookupRequest({ localNumber, slipCode, replyKey: replyKey.publicKey });
      const called = await client({ endpoint: 'slips', content, timeoutMs: ASK_TIMEOUT_MS, signal });
      if (!called.ok) return err(troubleOf(called.error, onIgnored));
      const opened = openLookupAnswer(replyKey, called.value);
      if (!opened.ok) return ignored(opened.error);
      const verified = verifyAnswer(crypto, trust(), lookupFormat, opened.value);
      if (!verified.ok) return ignored(verified.error.code);
      const { value } = verified;
      if (!equalBytes(value.replyKey, replyKey.publicKey)) return ignored('wrong-key');
      if (value.localNumber !== localNumber) return ignored('wrong-number');
      const read = readContent(lookupContentSchema, value.content);
      if (!read.ok) return ignored(read.error.code);
      return read.value.found ? read : err('not-found');
    },
  };
}

/** A certifier this terminal does not know is no lie; everything else that does not hold is. */
function judge(crypto: Crypto, trust: TrustState, slip: Slip): Result<ScannedSlip, SlipTrouble> {
  const { localNumber, slipCode, wallMs } = slip.value;
  const cert = verifySlip(crypto, trust.keySet, slip);
  if (cert.ok) return ok({ localNumber, slipCode, wallMs, proof: { place: cert.value.place } });
  return cert.error.code === 'unknown-key'
    ? ok({ localNumber, slipCode, wallMs, proof: null })
    : err('forged');
}

function troubleOf(trouble: CallTrouble, onIgnored: (code: string) => void): LookUpTrouble {
  if (trouble.code === 'http' && trouble.status === 429) return 'too-many';
  if (trouble.code !== 'http' && trouble.code !== 'too-large') return 'offline';
  onIgnored(troubleCode(trouble));
  return 'no-answer';
}
