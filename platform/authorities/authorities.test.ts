import { beforeAll, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../base/bytes.ts';
import type { SigningKey } from '../../base/crypto/api.ts';
import { type RosterContent, rosterContentSchema } from '../../sync/agent-contents.ts';
import { readContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { enrolAgent } from '../agents/agents.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { crypto, enrolTerminal, filedCase, newId, type TestTerminal } from '../testing/test-terminal.ts';
import { findAuthorityAct } from './judge.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const DAY_MS = 86_400_000;
const CARD = { name: '吕小兰', number: '330699197905128467' };
const HOLDER = {
  ...{ name: '陈桂芳', number: '330699195503124026', kind: 'citizen' },
  ...{ birth: null, sex: null, address: null },
};

describeOnBoth('recorded authority', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let county: TestStaff;
  let town: TestStaff;
  let staffId: number;

  beforeAll(async () => {
    test = await host.shared();
    for (const [signIn, deskCode] of [
      ['county', '330624'],
      ['shaxi', '330624108'],
    ] as const) {
      const staff = { signIn, name: `示例 ${signIn}`, deskCode, password: PASSWORD };
      await putStaff(test.platform.context, staff, CHEAP);
    }
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    county = await signInAs(test.platform, 'county', PASSWORD);
    town = await signInAs(test.platform, 'shaxi', PASSWORD);
    const { db } = test.platform.context.store;
    staffId = (await db.selectFrom('staff').select('staffId').executeTakeFirstOrThrow()).staffId;
  }, 60_000);

  interface Agent {
    readonly agentId: Uint8Array;
    readonly key: SigningKey;
  }

  async function enrolled(): Promise<Agent> {
    const untilMs = test.clock.wallMs() + 800 * DAY_MS;
    const wish = { villageCode: DONGCUN.village.code, ...CARD, untilMs };
    const { agentId } = await enrolAgent(test.platform.context, wish, staffId);
    return { agentId, key: crypto.signingKey(crypto.randomBytes(32)) };
  }

  async function hold(content: object, key?: SigningKey): Promise<void> {
    const { outcomes } = await terminal.offer([terminal.entry(content, key && { agentKey: key })]);
    expect(outcomes).toEqual([0]);
  }

  const bringKey = ({ agentId, key }: Agent) =>
    hold({
      ...{ schema: 1, kind: 'audit.agent-key', submissionId: newId(), agentId, signKey: key.publicKey },
      ...{ openKey: crypto.openingKey(crypto.randomBytes(32)).publicKey, holder: { ...HOLDER, ...CARD } },
    });

  async function agent(): Promise<Agent> {
    const one = await enrolled();
    await bringKey(one);
    return one;
  }

  const actor = ({ agentId, key }: Agent, by: 'card' | 'entrustment') => ({
    ...{ role: 'agent', agentId, agentKeyId: keyId(crypto, key.publicKey), by },
    roster: { version: 1, stale: false },
  });

  /** A resident entrusts the agent with two matters for a month. */
  async function given(to: Agent, change: object = {}, signer: SigningKey | null = to.key) {
    const authorityId = newId();
    const nowMs = test.clock.wallMs();
    const content = {
      ...{ schema: 1, kind: 'authority.given', authorityId, localNumber: '123412341234', slipCode: '123456' },
      ...{ submissionId: newId(), submitter: HOLDER, agentId: to.agentId },
      matters: [
        { id: 'senior-card', perMonth: 1 },
        { id: 'health-check', perMonth: 2 },
      ],
      ...{ givenMs: nowMs, untilMs: nowMs + 30 * DAY_MS, signature: 0, photo: 1, attachments: [] },
      ...{ actors: [{ role: 'submitter' }, actor(to, 'card')], lang: 'zh', place: DONGCUN },
      ...change,
    };
    await hold(content, signer ?? undefined);
    return authorityId;
  }

  /** A case under it; answers its id. */
  async function acted(by: Agent, authorityId: Uint8Array | null, change: Record<string, unknown> = {}) {
    const one = filedCase(DONGCUN, {
      ...{ matter: ['senior-card', 1, new Uint8Array(32)], basis: 'agent', assurance: 'card' },
      ...{ submitter: { ...HOLDER, ...CARD }, subject: HOLDER, caseReplyKey: null },
      evidence: authorityId === null ? [] : [{ type: 'authority', authorityId }],
      actors: [{ role: 'submitter' }, actor(by, 'entrustment')],
      ...change,
    });
    await hold(one.content, by.key);
    return one.caseId;
  }

  const troubleOf = async (caseId: Uint8Array) =>
    (await findAuthorityAct(test.platform.context.store.db, caseId))?.trouble;
  const alarms = async () => {
    const rows = await test.platform.context.store.db.selectFrom('alarms').selectAll().execute();
    return rows.filter(({ kind }) => kind === 'authority-wrong').map(({ detail }) => detail);
  };
  const end = (authorityId: Uint8Array, number = HOLDER.number) =>
    hold({
      ...{ schema: 1, kind: 'authority.ended', authorityId, submissionId: newId() },
      submitter: { ...HOLDER, number },
    });

  async function lastRoster(): Promise<RosterContent> {
    let after: Uint8Array | undefined;
    let last: RosterContent | undefined;
    for (;;) {
      const page = await terminal.feed(after);
      if (page.items.length === 0) return last!;
      for (const { kind, content } of page.items) {
        const read = kind === FEED_KIND.roster ? readContent(rosterContentSchema, content) : undefined;
        if (read?.ok) last = read.value;
      }
      after = page.next;
    }
  }

  it('bears an act within it, and is shown with the case', async () => {
    const one = await agent();
    const authorityId = await given(one);
    const caseId = await acted(one, authorityId);
    expect(await troubleOf(caseId)).toBeUndefined();
    expect(await alarms()).toEqual([]);
    const page = (await town.get(`/cases/${toHex(caseId)}`)).text;
    expect(page).toContain('凭本人留下的委托');
    expect(page).toContain('委托核对无误');
    expect(page).toContain('当事人不在场');
    expect(page).toContain(`/authorities/${toHex(authorityId)}`);
    const shown = (await town.get(`/authorities/${toHex(authorityId)}`)).text;
    expect(shown).toContain(HOLDER.name);
    expect(shown).toContain('吕小兰');
    expect((await town.get('/authorities')).text).toContain(toHex(authorityId));
  });

  it('bears nothing else: each way it is held for a person, and the county is told', async () => {
    const one = await agent();
    const other = await agent();
    const authorityId = await given(one);
    const ways: readonly (readonly [string, Promise<Uint8Array>])[] = [
      ['none', acted(one, null)],
      ['unknown', acted(one, newId())],
      ['other-agent', acted(other, authorityId)],
      ['other-person', acted(one, authorityId, { subject: { ...HOLDER, number: CARD.number } })],
      ['other-person', acted(one, authorityId, { subject: null })],
      ['other-matter', acted(one, authorityId, { matter: ['elder-meals', 1, new Uint8Array(32)] })],
    ];
    const before = (await alarms()).length;
    const seen: (readonly [string, Uint8Array])[] = [];
    for (const [trouble, filed] of ways) seen.push([trouble, await filed]);
    for (const [trouble, caseId] of seen) expect(await troubleOf(caseId), trouble).toBe(trouble);
    expect((await alarms()).length - before).toBe(ways.length);
    // Not finished before somebody saw the resident.
    const path = `/cases/${toHex(seen[2]![1])}`;
    expect((await town.get(path)).text).toContain('委托的不是这位代办员');
    const act = (fields: Record<string, string>) =>
      town.post(path, { seen: '1', actionKey: toHex(newId()), ...fields });
    await act({ action: 'accept', words: '' });
    const refused = await act({ action: 'finish', words: '', seen: '2' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('见到当事人本人以前不能办结');
    expect((await act({ action: 'finish', words: '', seen: '2', atCounter: 'seen' })).status).toBe(303);
  });

  it('bears as many as were agreed to in a month', async () => {
    const one = await agent();
    const authorityId = await given(one);
    const check = { matter: ['health-check', 1, new Uint8Array(32)] };
    const first = await acted(one, authorityId, check);
    const second = await acted(one, authorityId, check);
    const third = await acted(one, authorityId, check);
    expect([await troubleOf(first), await troubleOf(second)]).toEqual([undefined, undefined]);
    expect(await troubleOf(third)).toBe('too-often');
  });

  it('ends with its day, by the one who gave it, and by a desk; machines are told by id', async () => {
    const one = await agent();
    const late = await given(one, {
      untilMs: test.clock.wallMs() - 1,
      givenMs: test.clock.wallMs() - DAY_MS,
    });
    expect(await troubleOf(await acted(one, late))).toBe('expired');

    const own = await given(one);
    await end(own, CARD.number);
    // Somebody else ends nothing.
    expect(await troubleOf(await acted(one, own))).toBeUndefined();
    await end(own);
    expect((await lastRoster()).endedAuthorities?.some((id) => equalBytes(id, own))).toBe(true);
    expect(await troubleOf(await acted(one, own, { matter: ['health-check', 1, new Uint8Array(32)] }))).toBe(
      'ended',
    );

    const desks = await given(one);
    const before = await acted(one, desks);
    const path = `/authorities/${toHex(desks)}`;
    expect((await town.post(path, { words: ' ' })).status).toBe(422);
    expect((await town.post(path, { words: '本人来说，没有委托过' })).status).toBe(303);
    expect((await county.get(path)).text).toContain('本人来说，没有委托过');
    test.clock.advance(1);
    const after = await acted(one, desks, { matter: ['health-check', 1, new Uint8Array(32)] });
    expect([await troubleOf(before), await troubleOf(after)]).toEqual([undefined, 'ended']);
    const { endedAuthorities } = await lastRoster();
    expect(endedAuthorities?.some((id) => equalBytes(id, desks))).toBe(true);
    expect(JSON.stringify(await lastRoster())).not.toContain(HOLDER.number);
  });

  it('counts for nothing where the agent did not sign it, or it is too long', async () => {
    const one = await agent();
    const stranger = crypto.signingKey(crypto.randomBytes(32));
    for (const [change, signer] of [
      [{}, null],
      [{}, stranger],
      [{ untilMs: test.clock.wallMs() + 500 * DAY_MS }, one.key],
      [{ actors: [{ role: 'submitter' }] }, one.key],
    ] as const)
      expect(await troubleOf(await acted(one, await given(one, change, signer)))).toBe('not-valid');
  });

  it('is judged again when its agent’s key, or it itself, comes after the act', async () => {
    const one = await enrolled();
    const authorityId = await given(one);
    const caseId = await acted(one, authorityId);
    expect(await troubleOf(caseId)).toBe('no-key-yet');
    await bringKey(one);
    expect(await troubleOf(caseId)).toBeUndefined();
  });
});
