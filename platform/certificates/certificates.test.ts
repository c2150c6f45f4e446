/** Numbers of certificates on both databases: given once, replaced, voided, and what the page says of each. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toBase64Url } from '../../base/bytes.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { readCertificate } from '../../sync/certificates.ts';
import { certificateFormat, certificateQrText, hashOfSaid } from '../../sync/formats/certificate.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { type BrokerBench, openBrokerBench, samplePerson } from '../broker/testing/broker-bench.ts';
import { type Asking, askSharedData, consentOf, deliverConsent } from '../testing/ask-shared-data.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { crypto, enrolTerminal, newId, type TestTerminal } from '../testing/test-terminal.ts';

const MOTHER = samplePerson('张桂兰');
const fetch = createNodeFetch({ tolerateDateErrors: () => false });

describeOnBoth('certificates', (host) => {
  let bench: BrokerBench;
  let test: TestPlatform;
  let terminal: TestTerminal;
  beforeEach(async () => {
    bench = await openBrokerBench();
    test = await host.start({ broker: bench.broker });
    terminal = await enrol();
  });
  afterEach(() => bench.stop());

  async function enrol(): Promise<TestTerminal> {
    return enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
  }

  async function issue(wish: string, more: Partial<Asking> = {}) {
    const consentId = await deliverConsent(terminal, consentOf(MOTHER, ['household']));
    const parameters = [{ name: 'certificates', value: wish }];
    const asking = { consentId, dataSet: 'household', person: MOTHER.number, parameters, ...more };
    return askSharedData(terminal, asking);
  }

  const wordsOf = (came: object): Uint8Array[] => Reflect.get(came, 'certificates') ?? [];
  const numberOf = (words: Uint8Array | undefined): string => {
    const read = certificateFormat.parse(words ?? new Uint8Array());
    return read.ok ? read.value.value.number : '';
  };
  const replace = (number: string, on = terminal) =>
    askSharedData(on, {
      ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.certificate },
      parameters: [{ name: 'number', value: number }],
    });
  const voidBy = (by: TestTerminal, ...numbers: string[]) =>
    by.offer([
      by.entry({
        ...{ schema: 1, kind: 'certificate.voided', submissionId: newId() },
        ...{ numbers, reason: 'paper-jam' },
      }),
    ]);

  /** The page as a phone is shown it. */
  async function pageOf(words: Uint8Array): Promise<string> {
    const answered = await fetch({
      ...{ method: 'POST', url: `${terminal.origin}/c`, timeoutMs: 5_000, maxBytes: 100_000 },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new TextEncoder().encode(`certificate=${toBase64Url(words)}`),
    });
    return answered.ok ? new TextDecoder().decode(answered.value.body) : answered.error.code;
  }

  it('come with the answer, each under a number of its own, signed over what was said', async () => {
    const came = await issue('certificate 3');
    expect(came).toMatchObject({ outcome: 'found', records: expect.anything() });
    const words = wordsOf(came);
    expect(new Set(words.map(numberOf)).size).toBe(3);
    for (const one of words) {
      const text = certificateQrText(terminal.origin, one);
      expect(text.length).toBeLessThanOrEqual(480);
      const read = readCertificate(crypto, terminal.trust().keySet, text);
      expect(read).toMatchObject({
        ok: true,
        value: { name: '张*', template: 'certificate', dataSet: 'household' },
      });
      expect(read.ok && read.value.said).toEqual('outcome' in came && hashOfSaid(crypto, came));
    }
    expect(wordsOf(await issue('certificate 1', { parameters: [] }))).toEqual([]);
    for (const wish of ['certificate 0', 'certificate 6', 'certificate', '../x 1', 'certificate 1 '])
      expect(await issue(wish)).toMatchObject({ problem: 'malformed' });
  });

  it('do not come where there is nothing to certify', async () => {
    bench.failNext('away');
    expect(wordsOf(await issue('certificate 1'))).toEqual([]);
    const none = await test.platform.context.store.db.selectFrom('certificates').selectAll().execute();
    expect(none).toEqual([]);
  });

  it('keep nothing of the person but a masked name and a hash', async () => {
    await issue('certificate 1');
    const rows = await test.platform.context.store.db.selectFrom('certificates').selectAll().execute();
    expect(rows).toMatchObject([{ name: '张*', replaces: null }]);
    for (const word of ['桂兰', MOTHER.number, '户主']) expect(JSON.stringify(rows)).not.toContain(word);
  });

  it('are replaced by others, never twice by the same, and count no more', async () => {
    const [first] = wordsOf(await issue('certificate 1'));
    const given = [numberOf(first)];
    for (let time = 0; time < 3; time += 1) {
      const [words] = wordsOf(await replace(given[0] ?? ''));
      given.push(numberOf(words));
    }
    expect(new Set(given).size).toBe(4);
    expect(await pageOf(first!)).toContain('已经作废');
    expect(bench.asked).toEqual(['household']);
    const again = await Promise.all([4, 5, 6].map(() => replace(given[0] ?? '').catch(() => null)));
    expect(again.flatMap((came) => (came ? wordsOf(came) : [])).map(numberOf).length).toBeLessThanOrEqual(3);
    expect(await replace(given[0] ?? '')).toMatchObject({ outcome: 'unavailable' });
  });

  it('are replaced for the terminal they were given to alone', async () => {
    const [words] = wordsOf(await issue('certificate 1'));
    const stranger = await enrol();
    expect(await replace(numberOf(words), stranger)).toMatchObject({ outcome: 'unavailable' });
    expect(await replace('123456789012')).toMatchObject({ outcome: 'unavailable' });
    expect(await replace('12345678901')).toMatchObject({ problem: 'malformed' });
    expect(await pageOf(words!)).toContain('真的，有效');
  });

  it('are voided by an entry of their own terminal, and by no other', async () => {
    const [words, other] = wordsOf(await issue('certificate 2'));
    const stranger = await enrol();
    await voidBy(stranger, numberOf(words));
    expect(await pageOf(words!)).toContain('真的，有效');
    await voidBy(terminal, numberOf(words));
    await voidBy(terminal, numberOf(words));
    expect(await pageOf(words!)).toContain('已经作废');
    const page = await pageOf(other!);
    expect(page).toContain('真的，有效');
    for (const word of ['张*', '户口簿登记', '县公安局']) expect(page).toContain(word);
    expect(page).not.toContain('桂兰');
  });

  it('of nobody’s making are called so', async () => {
    const [words] = wordsOf(await issue('certificate 1'));
    const bent = words!.slice();
    bent[60] = (bent[60] ?? 0) ^ 1;
    for (const text of [bent, new Uint8Array(40), new Uint8Array()])
      expect(await pageOf(text)).toContain('不是本县的机器打的');
    const read = readCertificate(crypto, terminal.trust().keySet, certificateQrText('https://x', bent));
    expect(read.ok).toBe(false);
  });
});
