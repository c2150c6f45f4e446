import { invariant } from '../../../base/result.ts';
import { crypto, enrolAt, newId, post } from '../../../platform/testing/test-terminal.ts';
import { OUTCOME } from '../../../sync/formats/answers.ts';
import {
  formatEnrolmentCode,
  makeEnrolRequest,
  parseEnrolmentCode,
} from '../../../sync/formats/enrolment.ts';
import { makeNewKeyRequest, parseKeySetsAnswer } from '../../../sync/formats/messages.ts';
import { verifyLaterKeySets } from '../../../sync/trust.ts';
import { type Check, expectSame } from '../check.ts';

const newKey = () => crypto.signingKey(crypto.randomBytes(32));

/** Enrolment, key sets, certificates, hello. */
export const TRUST_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise: 'the same key with the same code gets the same certificate, and a hello over its new nonce',
    async run({ terminal, usedCode }) {
      const again = await enrolAt(usedCode, terminal.key);
      expectSame('status', again.status, 200);
      expectSame('terminal', again.trust?.terminalId, terminal.terminalId);
      expectSame('certificate', again.cert, terminal.cert);
    },
  },
  {
    section: '5',
    promise: 'another key with a used code is refused',
    async run({ usedCode }) {
      expectSame('status', (await enrolAt(usedCode, newKey())).status, 409);
    },
  },
  {
    section: '5',
    promise: 'a guessed secret, and a proof of one secret for another code, open nothing',
    async run({ usedCode }) {
      const code = parseEnrolmentCode(usedCode);
      invariant(code.ok, 'the code can be read');
      const guessed = formatEnrolmentCode({ ...code.value, secret: crypto.randomBytes(16) });
      expectSame('a guessed secret', (await enrolAt(guessed, newKey())).status, 403);
      const request = makeEnrolRequest(crypto, newKey(), { secret: code.value.secret, nonce: newId() });
      const bent = request.map((byte, index) => (index === request.length - 80 ? byte ^ 1 : byte));
      const { status } = await post(`${code.value.origin}/v1/enrol`, bent);
      if (status < 400) throw new Error(`a bent request: found ${status}`);
    },
  },
  {
    section: '4',
    promise: 'every key set is published, each signed by a root of the one before',
    async run({ terminal }) {
      const { origin } = terminal;
      const answered = await terminal.call('keySets', undefined, '?after=0');
      if (!answered.ok) throw new Error(`${origin}/v1/keysets: ${answered.error.code}`);
      const sets = parseKeySetsAnswer(answered.value);
      invariant(sets.ok, 'key sets can be read');
      expectSame(
        'numbers',
        sets.value.map(({ value }) => value.number),
        sets.value.map((_, index) => index + 1),
      );
      const [first, ...later] = sets.value;
      invariant(first, 'there is a first set');
      const newest = verifyLaterKeySets(crypto, first, later);
      if (!newest.ok) throw new Error(`the sets do not follow from one another: ${newest.error.code}`);
      expectSame('newest', newest.value.value.number, terminal.trust().keySet.value.number);
    },
  },
  {
    section: '3',
    promise: 'a hello is over the nonce that was sent, and the epoch stays',
    async run({ terminal }) {
      const first = await terminal.hello();
      const second = await terminal.hello();
      if (!first.hello || !second.hello) throw new Error('a hello did not count');
      expectSame('epoch', second.hello.epoch, first.hello.epoch);
    },
  },
  {
    section: '5',
    promise: 'a new key is certified only for the terminal that asks, by the key itself',
    async run({ terminal, other }) {
      const key = newKey();
      const foreign = makeNewKeyRequest(key, other.terminalId);
      const refused = await terminal.call('newKey', foreign);
      if (refused.ok) throw new Error('a key meant for another terminal was certified');
    },
  },
  {
    section: '5',
    promise:
      'a new key is certified once and again alike, and retires the old one at its first request alone',
    async run({ other }) {
      const old = other.key;
      const key = newKey();
      const request = makeNewKeyRequest(key, other.terminalId);
      const [first, again] = [await other.call('newKey', request), await other.call('newKey', request)];
      if (!first.ok || !again.ok) throw new Error('the new key was not certified');
      expectSame('certificate', again.value, first.value);
      if (!(await other.hello()).hello)
        throw new Error('the old key was refused before the new one was used');
      const owed = other.entry({ schema: 1, kind: 'audit.note', words: 'signed by the old key' });
      other.reboot();
      other.changeKey(key);
      if (!(await other.hello()).hello) throw new Error('the new key was refused');
      expectSame('an entry of the old key', (await other.offer([owed])).outcomes, [OUTCOME.held]);
      other.reboot();
      other.changeKey(old);
      const { trouble } = await other.hello();
      other.reboot();
      other.changeKey(key);
      const problem = trouble?.code === 'http' ? trouble.problem : undefined;
      expectSame('the old key afterwards', problem, 'unknown-terminal');
    },
  },
];
