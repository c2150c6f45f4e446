/** Every operation of the gateway, tried over HTTP as anyone: with a terminal's signature, a session's cookie, or nothing. */
import { toBase64Url, toHex } from '../../../base/bytes.ts';
import { invariant } from '../../../base/result.ts';
import { CBOR_TYPE } from '../../../sync/contract.ts';
import { FIRST_CURSOR } from '../../../sync/formats/feed.ts';
import { makeBatch, makeHelloRequest } from '../../../sync/formats/messages.ts';
import { sendNotice } from '../../payments/sample/teller.ts';
import type { PayKeys } from '../../payments/signing.ts';
import { APP_ID } from '../../payments/testing/pay-bench.ts';
import { NOTICE_PATH } from '../../payments/wire.ts';
import { sendAs } from '../../testing/send-as.ts';
import { DONGCUN, type TestPlatform } from '../../testing/test-platform.ts';
import { crypto, enrolAt, newId, nodeFetch, type TestTerminal } from '../../testing/test-terminal.ts';
import type { Operation } from '../table.ts';

/** Who asks: a terminal by its signature, the provider by its own, anyone else by the headers they send. */
export interface Asker {
  readonly terminal?: TestTerminal;
  readonly payKeys?: PayKeys;
  readonly headers: Readonly<Record<string, string>>;
}

/** Operations that stand at the gateway. */
export type GatewayOperation = Extract<
  Operation,
  `gateway.${string}` | `pages.${string}` | `payments.${string}`
>;

/** Whether it was let in; what it asked for may still be wrong. */
export type Tried = 'allowed' | 'refused';

const NOT_LET_IN: ReadonlySet<number> = new Set([401, 403]);
const NAME = '0'.repeat(64);

/** The tries; of a terminal's files those of `other` are tried where it is given. */
export function gatewayTries(test: TestPlatform) {
  const { gatewayUrl } = test.platform;
  const boots = new Map<TestTerminal, { readonly bootId: Uint8Array; counter: number }>();

  async function ask(
    asker: Asker,
    method: 'GET' | 'POST' | 'HEAD' | 'PATCH',
    target: string,
    content: Uint8Array = new Uint8Array(0),
    headers: Readonly<Record<string, string>> = {},
  ): Promise<number> {
    if (asker.terminal) {
      const boot = boots.get(asker.terminal) ?? { bootId: newId(), counter: 0 };
      boots.set(asker.terminal, boot);
      boot.counter += 1;
      return (await sendAs(asker.terminal, { method, target, content, ...boot, headers })).status;
    }
    const sent = await nodeFetch({
      ...{ method, url: `${gatewayUrl}${target}`, timeoutMs: 10_000, maxBytes: 8 << 20 },
      headers: { ...asker.headers, ...(content.length > 0 && { 'content-type': CBOR_TYPE }), ...headers },
      ...(content.length > 0 && { body: content }),
    });
    invariant(sent.ok, 'the gateway answers');
    return sent.value.status;
  }

  const judged = async (status: Promise<number>): Promise<Tried> =>
    NOT_LET_IN.has(await status) ? 'refused' : 'allowed';
  const file = (asker: Asker, other: TestTerminal | undefined) =>
    `/v1/files/${toHex((other ?? asker.terminal)?.terminalId ?? newId())}/${NAME}`;
  /** Another's file is not there for a terminal, whatever it asks. */
  const ofFile = async (status: Promise<number>, other: TestTerminal | undefined): Promise<Tried> =>
    other !== undefined && (await status) >= 400 ? 'refused' : judged(status);

  const tries: Readonly<Record<GatewayOperation, (asker: Asker, other?: TestTerminal) => Promise<Tried>>> = {
    async 'gateway.enrol'() {
      const code = await test.platform.enrolmentCode(DONGCUN);
      const { status } = await enrolAt(code, crypto.signingKey(crypto.randomBytes(32)));
      return status === 200 ? 'allowed' : 'refused';
    },
    'gateway.keySets': (asker) => judged(ask(asker, 'GET', '/v1/keysets?after=0')),
    'gateway.releaseFile': (asker) => judged(ask(asker, 'GET', '/v1/releases/stable/metadata/root.json')),
    'gateway.newKey': (asker) => judged(ask(asker, 'POST', '/v1/keys', Uint8Array.of(0))),
    'gateway.hello': (asker) =>
      judged(ask(asker, 'POST', '/v1/hello', makeHelloRequest({ nonce: newId(), heads: [] }))),
    'gateway.entries': (asker) => judged(ask(asker, 'POST', '/v1/entries', makeBatch([]))),
    'gateway.feed': (asker) =>
      judged(ask(asker, 'GET', `/v1/feed?after=${toBase64Url(FIRST_CURSOR)}&waitS=0`)),
    'gateway.slips': (asker) => judged(ask(asker, 'POST', '/v1/slips', Uint8Array.of(0))),
    'gateway.queries': (asker) => judged(ask(asker, 'POST', '/v1/queries', Uint8Array.of(0))),
    'gateway.reports': (asker) => judged(ask(asker, 'POST', '/v1/reports', Uint8Array.of(0))),
    'gateway.createFile': (asker, other) =>
      ofFile(ask(asker, 'POST', file(asker, other), undefined, { 'upload-length': '1' }), other),
    'gateway.fileOffset': (asker, other) => ofFile(ask(asker, 'HEAD', file(asker, other)), other),
    'gateway.patchFile': (asker, other) =>
      ofFile(
        ask(asker, 'PATCH', file(asker, other), Uint8Array.of(1), {
          ...{ 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
        }),
        other,
      ),
    'pages.slip': (asker) => judged(ask(asker, 'GET', '/s')),
    'pages.certificate': (asker) => judged(ask(asker, 'GET', '/c')),
    async 'payments.notice'(asker) {
      const notice = { reference: toHex(newId()), event: 'refunded', money: null } as const;
      if (!asker.payKeys) {
        const body = new TextEncoder().encode(JSON.stringify(notice));
        const type = { 'content-type': 'application/json' };
        return judged(ask(asker, 'POST', NOTICE_PATH, body, type));
      }
      const said = await sendNotice(
        { fetch: nodeFetch, clock: test.clock, crypto, appId: APP_ID, keys: asker.payKeys },
        { url: `${gatewayUrl}${NOTICE_PATH}`, noticeId: toHex(newId()), notice },
      );
      return said === 'no-answer' ? 'refused' : 'allowed';
    },
  };
  return tries;
}
