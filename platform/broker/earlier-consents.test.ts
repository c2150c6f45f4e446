/** What a person agreed to at a terminal is told to that terminal, about that person, and to nobody else. */
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { askSharedData, consentOf, deliverConsent } from '../testing/ask-shared-data.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { enrolTerminal, newId, type TestTerminal } from '../testing/test-terminal.ts';
import { LOOKED_BACK_MS } from './earlier-consents.ts';

const MOTHER = { name: '张桂兰', number: '330699194103120027' };
const OTHER = { name: '李大山', number: '330699195001010018' };

describeOnBoth('consents of earlier visits', (host) => {
  const enrol = async (test: TestPlatform) => enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
  const ask = (terminal: TestTerminal, parameters: { name: string; value: string }[]) =>
    askSharedData(terminal, {
      ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.consents, parameters },
    });
  const askOf = (terminal: TestTerminal, number: string) =>
    ask(terminal, [{ name: 'person', value: number }]);

  it('are told with what became of them, the latest first, of this person and this terminal alone', async () => {
    const test = await host.start();
    const [terminal, neighbour] = [await enrol(test), await enrol(test)];
    const matter = ['pension-received', 1, new Uint8Array(32)];
    const first = await deliverConsent(terminal, consentOf(MOTHER, ['household']));
    test.clock.advance(1_000);
    const second = await deliverConsent(terminal, consentOf(MOTHER, ['pension-benefit'], { matter }));
    await deliverConsent(terminal, consentOf(OTHER, ['bank-account']));
    await deliverConsent(neighbour, consentOf(MOTHER, ['e-licences']));
    const withdrawal = {
      ...{ schema: 1, kind: 'consent.withdrawn', submissionId: newId(), consentId: first, by: 'person' },
    };
    expect((await terminal.offer([terminal.entry(withdrawal)])).outcomes).toEqual([0]);

    expect(await askOf(terminal, MOTHER.number)).toMatchObject({
      outcome: 'found',
      records: [
        { consent: toHex(second), dataSet: 'pension-benefit', matter: 'pension-received', withdrawn: false },
        { consent: toHex(first), dataSet: 'household', matter: null, from: '县里的部门', withdrawn: true },
      ],
    });
    expect(await askOf(neighbour, OTHER.number)).toMatchObject({ outcome: 'nothing' });
    test.clock.advance(LOOKED_BACK_MS);
    expect(await askOf(terminal, MOTHER.number)).toMatchObject({ outcome: 'nothing' });
  });

  it('are asked of one person after another only so often, and of nobody not at all', async () => {
    const test = await host.start();
    const terminal = await enrol(test);
    expect(await ask(terminal, [])).toMatchObject({ problem: 'malformed' });
    const many = [];
    for (let at = 0; at < 13; at += 1) many.push(await askOf(terminal, MOTHER.number));
    expect(many.at(0)).toMatchObject({ outcome: 'nothing' });
    expect(many.at(-1)).toMatchObject({ outcome: 'later', afterS: expect.any(Number) });
  });
});
