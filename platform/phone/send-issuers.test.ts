import { expect, it } from 'vitest';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { findPhoneIssuers } from '../../sync/phone-issuers.ts';
import { DONGCUN, describeOnBoth } from '../testing/test-platform.ts';
import { crypto, enrolTerminal, type TestTerminal } from '../testing/test-terminal.ts';
import { sendIssuers } from './send-issuers.ts';

const issuer = (name: string, seed: number) => ({
  name,
  publicKey: crypto.signingKey(new Uint8Array(32).fill(seed)).publicKey,
});

/** Every list that came down to a machine, oldest first, by the names on it. */
async function listsAt(terminal: TestTerminal) {
  const lists: Uint8Array[] = [];
  let after: Uint8Array | undefined;
  for (;;) {
    const page = await terminal.feed(after);
    if (page.items.length === 0) break;
    lists.push(
      ...page.items.flatMap(({ kind, content }) => (kind === FEED_KIND.phoneIssuers ? content : [])),
    );
    after = page.next;
  }
  const namesOf = (contents: readonly Uint8Array[]) =>
    findPhoneIssuers(contents)?.issuers.map(({ name }) => name) ?? null;
  return { all: lists.map((one) => namesOf([one])), latest: namesOf(lists) };
}

describeOnBoth('whose codes from phones are taken', (host) => {
  it('is told to nobody where it never was, at enrolment, at each change, and when nobody is left', async () => {
    const first = [issuer('浙里办', 5)];
    const test = await host.start({});
    const { context } = test.platform;
    const early = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    expect((await listsAt(early)).all).toEqual([]);
    await sendIssuers(context, first);
    await sendIssuers(context, first);
    expect((await listsAt(early)).all).toEqual([['浙里办']]);
    const late = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    expect((await listsAt(late)).all).toEqual([['浙里办']]);
    await sendIssuers(context, [...first, issuer('样例通', 6)]);
    await sendIssuers(context, [issuer('浙里办', 7)]);
    await sendIssuers(context, []);
    for (const one of [early, late])
      expect(await listsAt(one)).toEqual({
        all: [['浙里办'], ['浙里办', '样例通'], ['浙里办'], []],
        latest: [],
      });
  });

  it('goes on from the list that a start of the program told before', async () => {
    const test = await host.start({ phone: { issuers: [issuer('浙里办', 5)], identity: null } });
    const here = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    expect((await listsAt(here)).latest).toEqual(['浙里办']);
    await sendIssuers(test.platform.context, [issuer('样例通', 6)]);
    expect(await listsAt(here)).toEqual({ all: [['浙里办'], ['样例通']], latest: ['样例通'] });
  });
});
