import { expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { systemRandom } from '../../base/node/random.ts';
import { crypto, idOf } from '../testing/keeper-world.ts';
import { AGENT_ID, signIn, withRegisteredAgent } from '../visit/testing/agents.ts';
import { type Bench, createBench } from '../visit/testing/bench.ts';
import { entrust, withCamera } from '../visit/testing/entrusting.ts';
import { ELDER } from '../visit/testing/people.ts';
import { type AuthorityStore, createAuthorities } from './authorities.ts';

function entrusted(): Bench {
  const bench = withCamera(withRegisteredAgent(createBench()));
  entrust(bench, ELDER);
  return bench;
}

const holds = (bytes: Uint8Array, words: string) => Buffer.from(bytes).includes(Buffer.from(utf8(words)));

it('lie sealed: the disk says neither whom they are from nor what they are for, and no other key opens them', () => {
  const { authorities } = entrusted().keeper;
  const sealed = authorities.find(AGENT_ID)!;
  for (const words of [ELDER.name, ELDER.number, ELDER.birth, 'senior-card', 'medical-enrolment'])
    expect(holds(sealed, words), words).toBe(false);
  const opened = (agentId: Uint8Array, secret: Uint8Array) =>
    createAuthorities({
      ...{ store: authorities, crypto, roster: () => null, sureMs: () => 0 },
      who: () => ({ agentId, signKeyId: agentId, listKey: crypto.openingKey(secret) }),
    }).live();
  expect(opened(AGENT_ID, systemRandom.bytes(32))).toEqual([]);
});

it('stay with another PIN', () => {
  const bench = entrusted();
  const countAlone = () => {
    const page = bench.page();
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    return page.kind === 'agent-desk' ? page.absent : undefined;
  };
  bench.act({ type: 'go', to: 'no-card' });
  signIn(bench);
  bench.act({ type: 'go', to: 'agent' });
  bench.act({ type: 'agent', command: { do: 'change-pin' } });
  for (const pin of ['918273', '918273']) bench.act({ type: 'agent', command: { do: 'pin', pin } });
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
  bench.act({ type: 'go', to: 'no-card' });
  signIn(bench, '918273');
  expect(countAlone()).toBe(1);
});

it('are on no list any more once they ended', () => {
  const lists = new Map<string, Uint8Array>();
  const ended = new Set<string>();
  const store: AuthorityStore = {
    find: (agentId) => lists.get(agentId.join()),
    put: (agentId, sealed) => lists.set(agentId.join(), sealed).size > 0,
    isEnded: (authorityId) => ended.has(authorityId.join()),
    end: (authorityId) => ended.add(authorityId.join()).size > 0,
  };
  const listKey = crypto.openingKey(systemRandom.bytes(32));
  let sureMs = 0;
  const authorities = createAuthorities({
    ...{ store, crypto, roster: () => null, sureMs: () => sureMs },
    who: () => ({ agentId: AGENT_ID, signKeyId: AGENT_ID, listKey }),
  });
  const { name, number, sex, birth } = ELDER;
  const holder = { kind: 'citizen', name, number, sex, birth, address: '' } as const;
  const matters = [{ id: 'senior-card', perMonth: 1 }];
  const add = (words: string, untilMs: number) =>
    authorities.add({ authorityId: idOf(words), holder, matters, givenMs: 0, untilMs, uses: [] });
  for (const [words, untilMs] of [
    ['short', 10],
    ['taken back', 100],
    ['long', 100],
  ] as const)
    expect(add(words, untilMs)).toBe(true);
  expect(authorities.live()).toHaveLength(3);
  authorities.end(idOf('taken back'));
  sureMs = 10;
  expect(authorities.live().map(({ authorityId }) => authorityId)).toEqual([idOf('long')]);
  // Not only hidden: whoever opens the list with the right key later, or at an earlier hour, finds them no more.
  expect(add('another', 100)).toBe(true);
  sureMs = 0;
  ended.clear();
  expect(authorities.live()).toHaveLength(2);
});
