import { expect, it } from 'vitest';
import { toBase64Url } from '../base/bytes.ts';
import { readContent } from '../sync/content-coding.ts';
import { lookupContentSchema } from '../sync/contents.ts';
import { lookupFormat, makeLookupRequest, openLookupAnswer } from '../sync/formats/lookup.ts';
import { signedBytes } from '../sync/formats/signed.ts';
import { makeSlip } from '../sync/formats/slip.ts';
import { verifyAnswer } from '../sync/trust.ts';
import { revokeTerminal } from './terminals/terminals.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { bent, crypto, enrolTerminal, filedCase, type TestTerminal } from './testing/test-terminal.ts';

describeOnBoth('slips', (host) => {
  async function begin(): Promise<{ test: TestPlatform; terminal: TestTerminal }> {
    const test = await host.shared();
    return { test, terminal: await enrolTerminal(await test.platform.enrolmentCode(DONGCUN)) };
  }

  it('are looked up by number and code, sealed to the visit, and not by guessing', async () => {
    const { terminal } = await begin();
    const filed = filedCase(DONGCUN);
    await terminal.offer([terminal.entry(filed.content)]);
    const reply = crypto.openingKey(crypto.randomBytes(32));
    const ask = async (localNumber: string, slipCode: string) => {
      const request = makeLookupRequest({ localNumber, slipCode, replyKey: reply.publicKey });
      const answered = await terminal.call('slips', request);
      if (!answered.ok) return answered.error;
      const opened = openLookupAnswer(reply, answered.value);
      if (!opened.ok) return opened;
      const verified = verifyAnswer(crypto, terminal.trust(), lookupFormat, opened.value);
      if (!verified.ok) return verified;
      expect(verified.value).toMatchObject({ localNumber, replyKey: reply.publicKey });
      return readContent(lookupContentSchema, verified.value.content);
    };
    expect(await ask(filed.localNumber, '042917')).toMatchObject({ value: { found: true, progress: [] } });
    const nothing = { value: { found: false, submittedMs: null } };
    expect(await ask(filed.localNumber, '042918')).toMatchObject(nothing);
    expect(await ask('000000000000', '042917')).toMatchObject(nothing);
    // Whoever has the code may look as often as they like: only guesses cost.
    for (let time = 0; time < 6; time += 1)
      expect(await ask(filed.localNumber, '042917')).toMatchObject({ value: { found: true } });
    const guesses = [];
    for (let code = 100; code < 106; code += 1) guesses.push(await ask(filed.localNumber, `000${code}`));
    expect(guesses.at(-1)).toMatchObject({ code: 'http', status: 429, problem: 'slow-down' });
  });

  it('are verified on the page the QR code opens, and say how far the case is', async () => {
    const { test, terminal } = await begin();
    const filed = filedCase(DONGCUN);
    const entry = terminal.entry(filed.content);
    const cert = signedBytes(terminal.cert!);
    const value = {
      localNumber: filed.localNumber,
      slipCode: '042917',
      entryHash: entry.entryHash,
      wallMs: 1,
    };
    const slip = makeSlip(terminal.key, cert, value);
    expect(await openSlip(terminal, slip)).toContain('县里还没收到');
    await terminal.offer([entry]);
    const page = await openSlip(terminal, slip);
    expect(page).toContain('这张回执是本县的机器出的');
    expect(page).toContain('县里已收到');
    for (const secret of ['陈桂芳', '33069919', '高龄']) expect(page).not.toContain(secret);
    await revokeTerminal(test.platform.context.store.db, terminal.terminalId, 1);
    expect(await openSlip(terminal, slip)).toContain('不是本县的机器出的');
    expect(
      await openSlip(terminal, makeSlip(crypto.signingKey(crypto.randomBytes(32)), cert, value)),
    ).toContain('不是本县的机器出的');
    expect(await openSlip(terminal, bent(slip, 3))).toContain('不是回执上的');
  });

  it('that prove nothing are looked at only so often for one who asks; a right one costs nothing', async () => {
    const test = await host.start();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const filed = filedCase(DONGCUN);
    const entry = terminal.entry(filed.content);
    await terminal.offer([entry]);
    const value = {
      localNumber: filed.localNumber,
      slipCode: '042917',
      entryHash: entry.entryHash,
      wallMs: 1,
    };
    const slip = makeSlip(terminal.key, signedBytes(terminal.cert!), value);
    for (let time = 0; time < 15; time += 1) expect(await openSlip(terminal, slip)).toContain('县里已收到');
    for (let time = 0; time < 10; time += 1) await openSlip(terminal, bent(slip));
    expect(await openSlip(terminal, bent(slip))).toContain('查得太勤');
  });

  it('can be looked up by hand, with a limit', async () => {
    const { test, terminal } = await begin();
    const filed = filedCase(DONGCUN);
    await terminal.offer([terminal.entry(filed.content)]);
    const ask = (code: string) => postForm(test, { number: filed.localNumber, code });
    expect(await ask('04 29 17')).toContain('县里已收到');
    expect(await ask('111111')).toContain('没有查到');
    expect(await ask('12345')).toContain('查询码是 6 位');
    for (let tries = 0; tries < 4; tries += 1) await ask('222222');
    expect(await ask('042917')).toContain('查得太勤');
  });

  async function openSlip(terminal: TestTerminal, slip: Uint8Array): Promise<string> {
    const response = await fetch(`${terminal.origin}/s`, {
      method: 'POST',
      body: new URLSearchParams({ slip: toBase64Url(slip) }),
    });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    return response.text();
  }

  async function postForm({ platform }: TestPlatform, fields: Record<string, string>): Promise<string> {
    const body = new URLSearchParams(fields);
    return (await fetch(`${platform.gatewayUrl}/s`, { method: 'POST', body })).text();
  }
});
