/** A platform with made-up billers and a provider that a test can bend; nothing goes on but by hand. */
import { readFileSync } from 'node:fs';
import { systemRandom } from '../../../base/node/random.ts';
import { invariant } from '../../../base/result.ts';
import { DONGCUN, type TestHost } from '../../testing/test-platform.ts';
import { enrolTerminal, filedCase, openProgress, type TestTerminal } from '../../testing/test-terminal.ts';
import { billsAnswer, paymentAnswer } from '../answers.ts';
import { createPayments } from '../payments.ts';
import { type BillerFault, openSampleBillers, readSampleAccounts } from '../sample/sample-billers.ts';
import { type ProviderFault, startSampleProvider } from '../sample/sample-provider.ts';

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

/** Opens one; `stop` lets go of the provider. */
export async function openPayBench(host: TestHost) {
  const test = await host.start();
  const { context } = test.platform;
  const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
  const faults: { provider: (ProviderFault | null)[]; biller: (BillerFault | null)[] } = {
    provider: [],
    biller: [],
  };
  const provider = await startSampleProvider({
    ...{ clock: test.clock, random: systemRandom, disk: null },
    nextFault: () => faults.provider.shift() ?? null,
  });
  const billers = openSampleBillers({
    ...{ accounts: ACCOUNTS, disk: null },
    nextFault: () => faults.biller.shift() ?? null,
  });
  const tills = { provider, billers };
  const payments = createPayments(context, tills);
  /** Beside it, as at a second gateway. */
  const others = createPayments(context, tills);
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
    ...{ test, context, terminal, provider, billers, payments, others, tills, faults, file, stands },
    async bills(account: string, biller = 'power', by: TestTerminal = terminal) {
      const said = await askBills({ terminalId: by.terminalId, parameters: { biller, account } });
      invariant(said !== 'malformed', 'the question is right');
      return said.outcome === 'found' ? said.records : said.outcome;
    },
    told: async (filed: PayCase) =>
      openProgress(filed, (await terminal.feed()).items).map(({ status }) => status),
    newTerminal: async () => enrolTerminal(await test.platform.enrolmentCode(DONGCUN)),
    async stop() {
      await provider.stop();
    },
  };
}

/** A case's name at provider and billers. */
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
