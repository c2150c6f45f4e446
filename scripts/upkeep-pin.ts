/**
 * Makes the verifier of a PIN for the terminal's configuration: `node scripts/upkeep-pin.ts` asks for the PIN on
 * its input, so that it stands in no list of commands, and prints the verifier.
 */
import { createInterface } from 'node:readline/promises';
import { createCrypto } from '../base/crypto/self-test.ts';
import { PIN_FORM } from '../terminal/upkeep/api.ts';
import { makeVerifier } from '../terminal/upkeep/verifier.ts';

const input = createInterface({ input: process.stdin, output: process.stderr });
const pin = (await input.question('PIN, six to twelve digits: ')).trim();
input.close();
if (!PIN_FORM.test(pin)) {
  process.stderr.write('a PIN has six to twelve digits\n');
  process.exit(2);
}
process.stdout.write(`${makeVerifier(createCrypto(), pin)}\n`);
