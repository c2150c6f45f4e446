/** What an agent was entrusted with is told to their own machines, sealed to their own keys, and to nobody else. */
import { beforeAll, expect, it } from 'vitest';
import { findBase64Url, toHex } from '../../base/bytes.ts';
import type { OpeningKey, SigningKey } from '../../base/crypto/api.ts';
import { openAuthorities } from '../../sync/authorities-there.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { enrolAgent, findAgent, revokeAgent } from '../agents/agents.ts';
import { putStaff } from '../desk/staff.ts';
import { askSharedData } from '../testing/ask-shared-data.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { crypto, enrolTerminal, filedCase, newId, type TestTerminal } from '../testing/test-terminal.ts';

const DAY_MS = 86_400_000;
const CARD = { name: '吕小兰', number: '330699197905128467' };
const HOLDER = {
  ...{ name: '陈桂芳', number: '330699195503124026', kind: 'citizen' },
  ...{ birth: null, sex: '2', address: '沙溪镇董村' },
};

describeOnBoth('authorities at another machine', (host) => {
  let test: TestPlatform;
  let one: TestTerminal;
  let other: TestTerminal;
  let staffId: number;
  let nowMs: number;

  beforeAll(async () => {
    test = await host.shared();
    const staff = { signIn: 'told', name: '示例', deskCode: '330624', password: 'a long password of staff' };
    await putStaff(test.platform.context, staff, { N: 2 ** 10, r: 8, p: 1 });
    one = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    other = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const { db } = test.platform.context.store;
    staffId = (await db.selectFrom('staff').select('staffId').executeTakeFirstOrThrow()).staffId;
    nowMs = Math.floor(test.clock.wallMs());
  }, 60_000);

  interface Keys {
    readonly agentId: Uint8Array;
    readonly sign: SigningKey;
    readonly open: OpeningKey;
  }

  async function hold(at: TestTerminal, content: object, key?: SigningKey): Promise<void> {
    expect((await at.offer([at.entry(content, key && { agentKey: key })])).outcomes).toEqual([0]);
  }

  const enrolled = async () => {
    const wish = { villageCode: DONGCUN.village.code, ...CARD, untilMs: nowMs + 300 * DAY_MS };
    return (await enrolAgent(test.platform.context, wish, staffId)).agentId;
  };

  /** Keys of an agent, made at a machine. */
  async function keysAt(at: TestTerminal, agentId: Uint8Array): Promise<Keys> {
    const sign = crypto.signingKey(crypto.randomBytes(32));
    const open = crypto.openingKey(crypto.randomBytes(32));
    await hold(at, {
      ...{ schema: 1, kind: 'audit.agent-key', submissionId: newId(), agentId },
      ...{ signKey: sign.publicKey, openKey: open.publicKey },
      holder: { ...CARD, kind: 'citizen', birth: null, sex: null, address: null },
    });
    return { agentId, sign, open };
  }

  const actor = ({ agentId, sign }: Keys, by: 'card' | 'entrustment') => ({
    ...{ role: 'agent', agentId, agentKeyId: keyId(crypto, sign.publicKey), by },
    roster: { version: 1, stale: false },
  });

  async function given(at: TestTerminal, to: Keys, change: object = {}, signer: SigningKey | null = to.sign) {
    const authorityId = newId();
    const content = {
      ...{ schema: 1, kind: 'authority.given', authorityId, localNumber: '123412341234', slipCode: '123456' },
      ...{ submissionId: newId(), submitter: HOLDER, agentId: to.agentId },
      matters: [{ id: 'senior-card', perMonth: 1 }],
      ...{ givenMs: nowMs, untilMs: nowMs + 30 * DAY_MS, signature: 0, photo: 1, attachments: [] },
      ...{ actors: [{ role: 'submitter' }, actor(to, 'card')], lang: 'zh', place: DONGCUN },
      ...change,
    };
    await hold(at, content, signer ?? undefined);
    return authorityId;
  }

  async function acted(at: TestTerminal, by: Keys, authorityId: Uint8Array) {
    const filed = filedCase(DONGCUN, {
      ...{ matter: ['senior-card', 1, new Uint8Array(32)], basis: 'agent', assurance: 'card' },
      ...{ submitter: { ...HOLDER, ...CARD }, subject: HOLDER, caseReplyKey: null },
      ...{ evidence: [{ type: 'authority', authorityId }], actors: [actor(by, 'entrustment')] },
    });
    await hold(at, filed.content, by.sign);
    return filed.caseId;
  }

  async function ask(at: TestTerminal, { agentId, sign }: Pick<Keys, 'agentId' | 'sign'>) {
    const answer = await askSharedData(at, {
      ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.authorities },
      parameters: [
        { name: 'agent', value: toHex(agentId) },
        { name: 'key', value: toHex(keyId(crypto, sign.publicKey)) },
      ],
    });
    return 'outcome' in answer && answer.outcome === 'found'
      ? findBase64Url(String(answer.records[0]?.sealed))
      : undefined;
  }

  async function told(at: TestTerminal, keys: Keys) {
    const sealed = await ask(at, keys);
    const owner = { agentId: keys.agentId, signKeyId: keyId(crypto, keys.sign.publicKey) };
    return sealed && openAuthorities(keys.open, owner, sealed);
  }

  it('are told where the agent has keys of their own, with whom they are from and what was done', async () => {
    const agentId = await enrolled();
    const [here, there] = [await keysAt(one, agentId), await keysAt(other, agentId)];
    const authorityId = await given(one, here);
    const expected = {
      authorityId,
      holder: { name: HOLDER.name, number: HOLDER.number, sex: '2', address: '沙溪镇董村' },
      ...{ matters: [{ id: 'senior-card', perMonth: 1 }], givenMs: nowMs, uses: [] },
    };
    expect(await told(other, there)).toMatchObject([expected]);
    const caseId = await acted(one, here, authorityId);
    expect(await told(other, there)).toMatchObject([{ uses: [{ caseId, matterId: 'senior-card' }] }]);
    // What is used beyond what was agreed, at whatever machine, is held for a person.
    const second = await acted(other, there, authorityId);
    const desk = await test.platform.context.store.db
      .selectFrom('alarms')
      .select(['kind', 'alarmKey', 'detail'])
      .where('kind', '=', 'authority-wrong')
      .execute();
    expect(desk.map(({ detail }) => detail)).toContain('too-often');
    expect(second).toHaveLength(16);
  });

  it('open for nobody else, and are told to no other machine, key or agent', async () => {
    const [agentId, strangerId] = [await enrolled(), await enrolled()];
    const here = await keysAt(one, agentId);
    const stranger = await keysAt(other, strangerId);
    await given(one, here);
    const sealed = (await ask(one, here))!;
    const owner = { agentId, signKeyId: keyId(crypto, here.sign.publicKey) };
    expect(openAuthorities(here.open, owner, sealed)).toHaveLength(1);
    expect(openAuthorities(stranger.open, owner, sealed)).toBeUndefined();
    expect(openAuthorities(here.open, { ...owner, agentId: strangerId }, sealed)).toBeUndefined();
    expect(Buffer.from(sealed).includes(Buffer.from(HOLDER.number))).toBe(false);
    // Another machine asks by ids it heard of.
    expect(await ask(other, here)).toBeUndefined();
    // Another agent's key, or one that nobody brought.
    expect(await ask(one, { agentId, sign: stranger.sign })).toBeUndefined();
    expect(await ask(other, { agentId, sign: stranger.sign })).toBeUndefined();
    expect(await ask(one, { agentId, sign: crypto.signingKey(crypto.randomBytes(32)) })).toBeUndefined();
    expect(await told(other, stranger)).toEqual([]);
  });

  it('are told while they count: not ended, not past their day, signed, and of an agent who stands', async () => {
    const agentId = await enrolled();
    const [here, there] = [await keysAt(one, agentId), await keysAt(other, agentId)];
    const own = await given(one, here);
    await given(one, here, { givenMs: nowMs - 40 * DAY_MS, untilMs: nowMs - 10 * DAY_MS });
    await given(one, here, {}, null);
    await given(one, here, {}, crypto.signingKey(crypto.randomBytes(32)));
    expect((await told(other, there))?.map(({ authorityId }) => toHex(authorityId))).toEqual([toHex(own)]);
    const end = (number: string) =>
      hold(other, {
        ...{ schema: 1, kind: 'authority.ended', authorityId: own, submissionId: newId() },
        submitter: { ...HOLDER, number },
      });
    await end(CARD.number);
    expect(await told(other, there)).toHaveLength(1);
    await end(HOLDER.number);
    expect(await told(other, there)).toEqual([]);
    await given(one, here);
    expect(await told(other, there)).toHaveLength(1);
    await revokeAgent(
      test.platform.context,
      (await findAgent(test.platform.context.store.db, agentId))!,
      staffId,
    );
    expect(await ask(other, there)).toBeUndefined();
  });

  it('fit one answer, the last given first', async () => {
    const agentId = await enrolled();
    const here = await keysAt(one, agentId);
    for (let at = 0; at < 26; at += 1)
      await given(one, here, { givenMs: nowMs + at, submitter: { ...HOLDER, address: '长'.repeat(600) } });
    const all = (await told(one, here)) ?? [];
    expect(all.length).toBeGreaterThan(10);
    expect(all[0]?.givenMs).toBe(nowMs + 25);
  });
});
