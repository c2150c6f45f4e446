import { expect, it } from 'vitest';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { type PhoneCode, phoneCodeText } from '../../sync/formats/phone-code.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { findPhoneCodeAnswer, phoneCodeParameters } from '../../sync/phone-codes.ts';
import { askSharedData } from '../testing/ask-shared-data.ts';
import {
  DONGCUN,
  describeOnBoth,
  JINGLING,
  type TestHost,
  type TestPlatform,
} from '../testing/test-platform.ts';
import { crypto, enrolTerminal, type TestTerminal } from '../testing/test-terminal.ts';
import type { PhoneCodes } from './answer.ts';
import { httpIdentity } from './http-identity.ts';
import type { PhoneWord } from './phone-identity.ts';
import { startSampleApp } from './sample/sample-app.ts';

const PERSON = { name: '李明华', number: '11010519491231002X' };
const key = crypto.signingKey(new Uint8Array(32).fill(5));
const stranger = crypto.signingKey(new Uint8Array(32).fill(6));

function codeOf(test: TestPlatform, over: Partial<PhoneCode> = {}, by = key): string {
  const issuedAt = Math.floor(test.clock.wallMs());
  const times = { issuedAt, expires: issuedAt + 60_000 };
  return phoneCodeText(crypto, by, { codeId: systemRandom.bytes(16), ...PERSON, ...times, ...over });
}

async function said(terminal: TestTerminal, code: string) {
  const answered = await askSharedData(terminal, {
    ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.phoneCode },
    parameters: [...phoneCodeParameters(code)],
  });
  invariant('outcome' in answered, 'the platform answers');
  return answered.outcome === 'unavailable' ? 'unavailable' : findPhoneCodeAnswer(answered);
}

const terminalAt = async ({ platform }: TestPlatform, place = DONGCUN) =>
  enrolTerminal(await platform.enrolmentCode(place));

function codes(says?: () => Promise<PhoneWord>): PhoneCodes {
  return {
    issuers: [{ name: '样例省的手机应用', publicKey: key.publicKey }],
    identity: says === undefined ? null : { check: says },
  };
}

const start = (host: TestHost, phone: PhoneCodes) => host.start({ phone });

describeOnBoth('a code from a phone', (host) => {
  it('is right once in the whole county, whichever terminal asks', async () => {
    const test = await start(host, codes());
    const [here, there] = [await terminalAt(test), await terminalAt(test, JINGLING)];
    const code = codeOf(test);
    const both = await Promise.all([said(here, code), said(there, code)]);
    expect(both).toContainEqual({ ok: true, value: PERSON });
    expect(both).toContainEqual({ ok: false, error: 'used' });
    expect(await said(here, code)).toEqual({ ok: false, error: 'used' });
  });

  it('stays used through a restart, also when the clock was set back meanwhile', async () => {
    const test = await start(host, codes());
    const code = codeOf(test);
    expect(await said(await terminalAt(test), code)).toMatchObject({ ok: true });
    test.clock.advance(90_000);
    await said(await terminalAt(test), codeOf(test));
    await test.restart();
    test.clock.advance(-90_000);
    expect(await said(await terminalAt(test), code)).toEqual({ ok: false, error: 'used' });
  });

  it('is old, forged or of nobody known, and says so', async () => {
    const test = await start(host, codes());
    const terminal = await terminalAt(test);
    const code = codeOf(test);
    expect(await said(terminal, codeOf(test, {}, stranger))).toEqual({ ok: false, error: 'unknown-issuer' });
    expect(await said(terminal, `${code.slice(0, -20)}AAAA${code.slice(-16)}`)).toEqual({
      ...{ ok: false, error: 'forged' },
    });
    expect(await said(terminal, 'wxp://f2f0')).toEqual({ ok: false, error: 'not-a-code' });
    test.clock.advance(2 * 60_000);
    expect(await said(terminal, code)).toEqual({ ok: false, error: 'old' });
  });

  it('that nobody here can read is used up first and asked of the service once, also while that is away', async () => {
    let asked = 0;
    let word: PhoneWord = { kind: 'person', ...PERSON };
    const test = await start(
      host,
      codes(async () => {
        asked += 1;
        return word;
      }),
    );
    const terminal = await terminalAt(test);
    expect(await said(terminal, 'zlb:1')).toEqual({ ok: true, value: PERSON });
    expect(await said(terminal, 'zlb:1')).toEqual({ ok: false, error: 'used' });
    word = { kind: 'unavailable', code: 'timeout' };
    expect(await said(terminal, 'zlb:2')).toBe('unavailable');
    expect(await said(terminal, 'zlb:2')).toEqual({ ok: false, error: 'used' });
    word = { kind: 'refused', why: 'old' };
    expect(await said(terminal, 'zlb:3')).toEqual({ ok: false, error: 'old' });
    expect(asked).toBe(3);
  });

  it('is no question of a platform that takes none', async () => {
    const test = await host.start({});
    const answered = await askSharedData(await terminalAt(test), {
      ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.phoneCode },
      parameters: [...phoneCodeParameters(codeOf(test))],
    });
    expect('outcome' in answered).toBe(false);
  });
});

it('the app made up is reached as a real one is: its codes are right once and for a minute', async () => {
  let now = 1_800_000_000_000;
  const clock = { wallMs: () => now, monoMs: () => now, after: () => () => {} };
  const people = [{ name: '李明华', number: PERSON.number }];
  const app = await startSampleApp({ clock, random: systemRandom, crypto, people, key, callersKey: 'k' });
  try {
    const fetch = createNodeFetch({ tolerateDateErrors: () => false });
    const at = { fetch, random: systemRandom, url: app.url, appId: 'county', timeoutMs: 5_000 };
    const service = httpIdentity({ ...at, key: 'k' });
    const person = people[0];
    invariant(person, 'there is one');
    const code = app.codeOf(person, 'unread');
    expect(await service.check(code)).toEqual({ kind: 'person', ...PERSON });
    expect(await service.check(code)).toEqual({ kind: 'refused', why: 'used' });
    expect(await service.check('zlbsample:0')).toEqual({ kind: 'refused', why: 'forged' });
    expect(await service.check('anything')).toEqual({ kind: 'refused', why: 'not-a-code' });
    const late = app.codeOf(person, 'unread');
    now += 61_000;
    expect(await service.check(late)).toEqual({ kind: 'refused', why: 'old' });
    expect(await httpIdentity({ ...at, key: 'other' }).check(code)).toEqual({
      ...{ kind: 'unavailable', code: 'not-let-in' },
    });
    const shown = await (await globalThis.fetch(`${app.pageUrl}/0`)).text();
    expect(shown).toContain('<svg');
    expect(shown).toContain('YZP1.');
  } finally {
    await app.stop();
  }
});
