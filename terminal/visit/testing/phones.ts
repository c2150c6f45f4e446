/** Codes on phones, as an issuer that every bench knows makes them. */
import { toHex } from '../../../base/bytes.ts';
import { systemRandom } from '../../../base/node/random.ts';
import { err, ok } from '../../../base/result.ts';
import { type PhoneCode, phoneCodeText } from '../../../sync/formats/phone-code.ts';
import type { PhoneCodeRules } from '../../phone/phone-desk.ts';
import type { UsedCodes } from '../../phone/used-codes.ts';
import { crypto } from '../../testing/keeper-world.ts';
import type { Bench } from './bench.ts';
import type { SamplePerson } from './people.ts';

const KEY = crypto.signingKey(new Uint8Array(32).fill(9));

export const PHONE_RULES: PhoneCodeRules = {
  app: '样例省的手机应用',
  issuers: [{ name: '样例省的手机应用', publicKey: KEY.publicKey }],
  onlineForm: null,
};

/** A note of used codes that forgets nothing and is on no disk. */
export function usedInMemory(): UsedCodes {
  const used = new Set<string>();
  return {
    isWhole: true,
    has: (codeId) => used.has(toHex(codeId)),
    use(codeId) {
      if (used.has(toHex(codeId))) return err('used');
      used.add(toHex(codeId));
      return ok(undefined);
    },
    forget: () => {},
  };
}

/** The code that this person's phone shows now. */
export function phoneCodeOf(
  bench: Bench,
  { name, number }: Pick<SamplePerson, 'name' | 'number'>,
  over: Partial<PhoneCode> = {},
): string {
  const issuedAt = bench.clock.wallMs();
  const times = { issuedAt, expires: issuedAt + 60_000 };
  return phoneCodeText(crypto, KEY, { codeId: systemRandom.bytes(16), name, number, ...times, ...over });
}

/** From wherever nobody is known: the page is opened and the code held before the scanner. */
export async function comeByPhone(bench: Bench, person: SamplePerson): Promise<void> {
  bench.act({ type: 'go', to: 'phone-code' });
  bench.scan(phoneCodeOf(bench, person));
  await looked(bench);
}

/** Until the code that was held is looked at. */
export async function looked(bench: Bench): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
  bench.authority.refresh();
}
