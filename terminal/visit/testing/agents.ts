/** A village agent for tests: on a roster, registered, signed in. */
import { agentCodeHash, type RosterAgent, type RosterContent } from '../../../sync/agent-contents.ts';
import { crypto, idOf } from '../../testing/keeper-world.ts';
import type { Bench } from './bench.ts';
import { numberOf, type SamplePerson } from './people.ts';
import { START_MS } from './site.ts';

export const AGENT: SamplePerson = {
  name: '吕代办',
  number: numberOf('19790512', '003'),
  sex: 'male',
  birth: '1979-05-12',
  validTo: '2039-01-01',
};
export const AGENT_ID = idOf('agent');
export const CODE = '246813579024';
export const PIN = '730194';
export const DAY_MS = 86_400_000;

/** A roster with the one agent, issued at the start. */
export function rosterOfOne(
  change: Partial<RosterAgent> = {},
  over: Partial<RosterContent> = {},
): RosterContent {
  const agent: RosterAgent = {
    ...{ agentId: AGENT_ID, role: 'agent', untilMs: START_MS + 365 * DAY_MS, revoked: false },
    ...{ codeHash: agentCodeHash(crypto, AGENT_ID, CODE), keys: [], refused: [] },
    ...change,
  };
  return {
    ...{ schema: 1, kind: 'roster', version: 1, village: '330624108248', issuedMs: START_MS },
    ...{ staleMs: START_MS + 30 * DAY_MS, endMs: START_MS + 90 * DAY_MS, agents: [agent] },
    ...over,
  };
}

/** Asks for the sign-in and lays the agent's card. */
export function callAgent(bench: Bench, person: SamplePerson = AGENT): void {
  bench.act({ type: 'go', to: 'agent' });
  bench.act({ type: 'agent', command: { do: 'sign-in' } });
  bench.lay(person);
}

/** Gives the code and a PIN twice: signed in after it. */
export function register(bench: Bench, pin = PIN): void {
  bench.act({ type: 'agent', command: { do: 'code', code: CODE } });
  bench.act({ type: 'agent', command: { do: 'pin', pin } });
  bench.act({ type: 'agent', command: { do: 'pin', pin } });
}

/** A bench whose agent is registered and gone again. */
export function withRegisteredAgent(bench: Bench): Bench {
  bench.world.roster = rosterOfOne();
  bench.act({ type: 'go', to: 'no-card' });
  callAgent(bench);
  register(bench);
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
  return bench;
}

/** The registered agent signs in, beside whoever is here. */
export function signIn(bench: Bench, pin = PIN): void {
  callAgent(bench);
  bench.act({ type: 'agent', command: { do: 'pin', pin } });
}
