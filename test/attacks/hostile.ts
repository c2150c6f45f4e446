/** What somebody might put where a program expects something else. */
import fc from 'fast-check';
import { CBOR_TYPE } from '../../sync/contract.ts';

/** Text that means something to a database, a shell, a page, a header or a file system. */
const SPELLS = [
  "' OR '1'='1",
  "'; DROP TABLE bodies; --",
  "1; ATTACH DATABASE '/tmp/x' AS x",
  '../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%00',
  '%0d%0aset-cookie:%20a=b',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '$(reboot)',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  '9'.repeat(400),
  '٣',
  '\u202e',
] as const;

/** Hostile text. */
export const spell = fc.constantFrom(...SPELLS);

/** CBOR arrays in one another, `depth` deep. */
export const nested = (depth: number) => new Uint8Array(depth).fill(0x81);

/** A byte string or an array that says it is longer than anything is. */
const BOASTING = [
  Uint8Array.of(0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0x9b, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0x9f, 0x9f, 0x9f),
];

/** Content nobody should send. */
export const content: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.uint8Array({ minLength: 2_000, maxLength: 4_000 }),
  fc.constantFrom(...BOASTING),
  fc.integer({ min: 10, max: 20_000 }).map(nested),
  // [1, 1, …]: what every message begins with, and then anything.
  fc.uint8Array({ maxLength: 200 }).map((rest) => Uint8Array.of(0x83, 0x01, 0x01, ...rest)),
);

/** Headers nobody should send. */
export const headers: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    'content-type': fc.constantFrom(
      CBOR_TYPE,
      'application/json',
      'text/html',
      'application/cbor; charset=\'"',
    ),
    'upload-length': fc.oneof(fc.constantFrom('-1', '1e9', '99999999999', 'NaN', ' 5'), fc.nat().map(String)),
    'upload-offset': fc.oneof(fc.constantFrom('-1', '0x10', '99999999999'), fc.nat().map(String)),
    'x-forwarded-for': fc.constantFrom('127.0.0.1', "' OR 1=1"),
    'x-http-method-override': fc.constantFrom('DELETE', 'PUT'),
    'tus-resumable': fc.constantFrom('1.0.0', '0.0.1', 'x'.repeat(500)),
  },
  { requiredKeys: [] },
);

/** A good message with something wrong: bytes changed, cut out, put in twice, cut off. */
export function spoilt(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat({ max: Math.max(0, good.length - 1) });
  const changed = fc
    .array(fc.tuple(at, fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 })
    .map((changes) => {
      const bytes = Uint8Array.from(good);
      for (const [where, byte] of changes) bytes[where] = byte;
      return bytes;
    });
  const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const cutOut = fc.tuple(at, at).map(([a, b]) => joined(good.subarray(0, a), good.subarray(b)));
  const cutOff = at.map((end) => good.subarray(0, end));
  return fc.oneof(changed, cutOut, cutOff);
}
