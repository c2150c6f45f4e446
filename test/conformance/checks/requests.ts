import { type Reply, type Sending, sendAs } from '../../../platform/testing/send-as.ts';
import { crypto, newId, post, type TestTerminal } from '../../../platform/testing/test-terminal.ts';
import { makeHelloRequest } from '../../../sync/formats/messages.ts';
import { AUTH_HEADER, COUNTER_WINDOW } from '../../../sync/formats/request.ts';
import { type Check, expectSame } from '../check.ts';

const TARGET = '/v1/hello';
const hello = () => makeHelloRequest({ nonce: newId(), heads: [] });

const say = (terminal: TestTerminal, sending: Partial<Sending> & Pick<Sending, 'bootId' | 'counter'>) =>
  sendAs(terminal, { target: TARGET, content: hello(), ...sending });

/** Says it is this key, and cannot sign as it. */
const imposter = (key: TestTerminal['key']): TestTerminal['key'] => ({
  ...key,
  sign: () => crypto.randomBytes(64),
});

const told = ({ status, problem }: Reply) => (problem === null ? String(status) : `${status} ${problem}`);

/** Who a request is from, and that it counts once. */
export const REQUEST_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise: 'a request without a proof, or with one nobody can read, is unauthenticated',
    async run({ terminal }) {
      const proofs: readonly Record<string, string>[] = [{}, { [AUTH_HEADER]: 'AAAA' }];
      for (const headers of proofs) {
        const { status } = await post(`${terminal.origin}${TARGET}`, hello(), headers);
        expectSame('status', status, 401);
      }
    },
  },
  {
    section: '5',
    promise: 'a proof counts for its own method, target and content alone',
    async run({ terminal }) {
      const bootId = newId();
      const signed = await say(terminal, { bootId, counter: 9, key: imposter(terminal.key) });
      expectSame('a signature that does not hold', told(signed), '401 unauthenticated');
      const bends = [{ method: 'GET' }, { target: '/v1/entries' }, { content: hello() }] as const;
      for (const [index, proof] of bends.entries()) {
        const reply = await say(terminal, { bootId, counter: index + 1, proof });
        expectSame(`a proof of another ${Object.keys(proof)[0]}`, told(reply), '401 unauthenticated');
      }
    },
  },
  {
    section: '5',
    promise: 'a proof counts for its own platform and terminal alone',
    async run({ terminal, other }) {
      const bootId = newId();
      const elsewhere = await say(terminal, { bootId, counter: 1, proof: { platformId: newId() } });
      expectSame('a proof for another platform', told(elsewhere), '401 unauthenticated');
      const foreign = await say(terminal, { bootId, counter: 2, key: other.key });
      expectSame("another terminal's key", foreign.status, 401);
      const unknown = await say(terminal, {
        ...{ bootId, counter: 3 },
        key: crypto.signingKey(crypto.randomBytes(32)),
      });
      expectSame('a key nobody certified', told(unknown), '401 unknown-terminal');
    },
  },
  {
    section: '5',
    promise: 'a counter counts once, in any order, and not from more than 256 behind the newest',
    async run({ terminal }) {
      const bootId = newId();
      const at = async (counter: number) => told(await say(terminal, { bootId, counter }));
      const newest = COUNTER_WINDOW + 44;
      expectSame('the newest', await at(newest), '200');
      expectSame('the newest again', await at(newest), '409 replayed');
      expectSame('one a little behind', await at(newest - 1), '200');
      expectSame('the last of the window', await at(newest - COUNTER_WINDOW), '200');
      expectSame('one behind the window', await at(newest - COUNTER_WINDOW - 1), '409 replayed');
    },
  },
  {
    section: '5',
    promise: 'an earlier boot that goes on is still served',
    async run({ terminal }) {
      const [first, second] = [newId(), newId()];
      for (const [bootId, counter] of [
        [first, 1],
        [second, 1],
        [first, 60],
      ] as const) {
        expectSame('status', (await say(terminal, { bootId, counter })).status, 200);
      }
    },
  },
  {
    section: '5',
    promise: 'two requests with one counter at the same moment: one counts',
    async run({ terminal }) {
      const bootId = newId();
      const replies = await Promise.all([1, 2, 3, 4].map(() => say(terminal, { bootId, counter: 1 })));
      expectSame('statuses', replies.map(({ status }) => status).sort(), [200, 409, 409, 409]);
    },
  },
];
