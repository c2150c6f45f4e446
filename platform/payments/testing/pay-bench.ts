/** A platform with made-up billers and a provider that a test can bend; nothing goes on but by hand. */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { systemRandom } from '../../../base/node/random.ts';
import { invariant } from '../../../base/result.ts';
import { addPaymentNotices } from '../../gateway/payment-notices.ts';
import { DONGCUN, type TestHost } from '../../testing/test-platform.ts';
import {
  crypto,
  enrolTerminal,
  filedCase,
  newId,
  nodeFetch,
  openProgress,
  type TestTerminal,
} from '../../testing/test-terminal.ts';
import { billsAnswer, paymentAnswer } from '../answers.ts';
import { httpProvider } from '../http-provider.ts';
import { createNoticeDoor } from '../notices.ts';
import { createPayments } from '../payments.ts';
import type { ProviderFault } from '../sample/faults.ts';
import { type BillerFault, openSampleBillers, readSampleAccounts } from '../sample/sample-billers.ts';
import { startSampleProvider } from '../sample/sample-provider.ts';
import { sendNotice } from '../sample/teller.ts';
import { ed25519Keys, hmacKeys, type PayKeys, type Scheme } from '../signing.ts';
import { NOTICE_PATH, type Notice } from '../wire.ts';

export const ACCOUNTS = readSampleAccounts(
  readFileSync(new URL('../sample/accounts.yaml', import.meta.url), 'utf8'),
);

export type PayBench = Awaited<ReturnType<typeof openPayBench>>;
export type PayCase = ReturnType<typeof filedCase>;

/** A bill of the sample's, by account. */
export function sampleBill(account: string): { readonly reference: string; readonly amountFen: number } {
  const bill = ACCOUNTS.find((one) => one.account === account)?.bills?.[0];
  invariant(bill, 'there is such a sample bill');
  return { reference: bill.reference, amountFen: bill.amountFen };
}

/** What a county is to the provider of a bench. */
export const APP_ID = 'county-330699';

/** Both sides' keys of a scheme. */
export function keyPair(scheme: Scheme): { readonly ours: PayKeys; readonly its: PayKeys } {
  const [a, b] = [crypto.randomBytes(32), crypto.randomBytes(32)];
  if (scheme === 'hmac-sha256') return { ours: hmacKeys(crypto, a), its: hmacKeys(crypto, a) };
  const publicOf = (seed: Uint8Array) => crypto.signingKey(seed).publicKey;
  return {
    ours: ed25519Keys(crypto, { seed: a, theirs: publicOf(b) }),
    its: ed25519Keys(crypto, { seed: b, theirs: publicOf(a) }),
  };
}

/**
 * Opens one: its provider is reached over HTTP, one try a call. `hears` lets the provider send notices of its own accord.
 * `stop` lets go of the provider.
 */
export async function openPayBench(host: TestHost, { hears = false } = {}) {
  const test = await host.start();
  const { context } = test.platform;
  const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
  const faults: { provider: (ProviderFault | null)[]; biller: (BillerFault | null)[] } = {
    provider: [],
    biller: [],
  };
  // Each database sees the other way of signing.
  const keys = keyPair(host.kind === 'sqlite' ? 'hmac-sha256' : 'ed25519');
  const line = { clock: test.clock, crypto, fetch: nodeFetch, appId: APP_ID, log: () => undefined };
  const sample = await startSampleProvider({
    ...{ ...line, keys: keys.its, random: systemRandom, disk: null },
    nextFault: () => faults.provider.shift() ?? null,
  });
  let noticeUrl = '';
  const provider = httpProvider({
    ...{ ...line, keys: keys.ours, url: sample.url, timeoutMs: 2_000, tries: 1 },
    noticeUrl: () => (hears ? noticeUrl : null),
  });
  const billers = openSampleBillers({
    ...{ accounts: ACCOUNTS, disk: null },
    nextFault: () => faults.biller.shift() ?? null,
  });
  const tills = { provider, billers };
  const payments = createPayments(context, tills);
  /** Beside it, as at a second gateway. */
  const others = createPayments(context, tills);
  const gateway = Fastify({ logger: false, forceCloseConnections: true });
  addPaymentNotices(gateway, createNoticeDoor(context, payments, { appId: APP_ID, keys: keys.ours }));
  noticeUrl = `${await gateway.listen({ host: '127.0.0.1', port: 0 })}${NOTICE_PATH}`;
  const askPayment = paymentAnswer(context, payments);
  const askBills = billsAnswer(context, tills);

  /** Files a case that pays this bill. */
  async function file(
    bill: { readonly reference: string; readonly amountFen: number },
    by: TestTerminal = terminal,
    matter = 'power-bill',
  ): Promise<PayCase> {
    const filed = filedCase(DONGCUN, { matter: [matter, 1, new Uint8Array(32)], bill });
    const { outcomes } = await by.offer([by.entry(filed.content)]);
    invariant(outcomes[0] === 0, 'the case is held');
    return filed;
  }

  /** What the terminal is told of the payment of a case. */
  async function stands(filed: PayCase, by: TestTerminal = terminal) {
    const parameters = { case: hex(filed.caseId) };
    const said = await askPayment({ terminalId: by.terminalId, parameters });
    invariant(said !== 'malformed', 'the question is right');
    return said.outcome === 'found' ? said.records[0] : said.outcome;
  }

  return {
    ...{ test, context, terminal, billers, payments, others, tills, faults, file, stands },
    /** The provider by the platform's port, and the hands of whoever pays there. */
    ...{ provider, payer: sample },
    noticeUrl,
    /** Sends a notice as the provider, or whoever has these keys; what it is answered. */
    notify: (notice: Notice, { noticeId = hex(newId()), by = keys.its } = {}) =>
      sendNotice({ ...line, keys: by }, { url: noticeUrl, noticeId, notice }),
    async bills(account: string, biller = 'power', by: TestTerminal = terminal) {
      const said = await askBills({ terminalId: by.terminalId, parameters: { biller, account } });
      invariant(said !== 'malformed', 'the question is right');
      return said.outcome === 'found' ? said.records : said.outcome;
    },
    told: async (filed: PayCase) =>
      openProgress(filed, (await terminal.feed()).items).map(({ status }) => status),
    newTerminal: async () => enrolTerminal(await test.platform.enrolmentCode(DONGCUN)),
    async stop() {
      await gateway.close();
      await sample.stop();
    },
  };
}

/** A case's name at provider and billers. */
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
