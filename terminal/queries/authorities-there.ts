/**
 * The authorities that residents gave to whoever is signed in as an agent, at other machines too, as the platform tells
 * them: asked each time the agent's own page is come to, handed on sealed, and let go of when it cannot be asked any more.
 */
import { z } from 'zod';
import { findBase64Url, toHex } from '../../base/bytes.ts';
import type { AuthoritiesOwner } from '../../sync/authorities-there.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { Queries } from '../../sync/queries.ts';
import type { ThereState } from './cases-there.ts';

/** Who is signed in, and whether the page that stands asks. */
export interface AuthoritiesWanted extends AuthoritiesOwner {
  readonly asks: boolean;
}

/** What the platform tells of them, for the agent there is. */
export interface AuthoritiesThere {
  state(): ThereState;
  /** Told at each change of the view; null where nobody is signed in. */
  want(wanted: AuthoritiesWanted | null): void;
}

const recordSchema = z.object({ sealed: z.string().max(60_000) });

/** {@link AuthoritiesThere} over the platform's question `authorities`. */
export function createAuthoritiesThere(seams: {
  readonly queries: Queries;
  readonly online: () => boolean;
  /** What was told, sealed to whoever is signed in; null where nothing is known. False where it does not open. */
  readonly take: (sealed: Uint8Array | null) => boolean;
  /** Follows each change. */
  readonly onChange: () => void;
}): AuthoritiesThere {
  const { queries, online, take, onChange } = seams;
  let stopping = new AbortController();
  let agent: string | null = null;
  let wasAsking = false;
  let isAsked = false;
  let state: ThereState = 'offline';

  function forget(): void {
    stopping.abort();
    stopping = new AbortController();
    [isAsked, state] = [false, 'offline'];
    take(null);
  }

  async function ask({ agentId, signKeyId }: AuthoritiesOwner): Promise<void> {
    const { signal } = stopping;
    const parameters = [
      { name: 'agent', value: toHex(agentId) },
      { name: 'key', value: toHex(signKeyId) },
    ];
    const said = await queries.ask({ about: null, dataSet: OWN_QUESTIONS.authorities, parameters }, signal);
    if (signal.aborted) return;
    if (said.ok) state = isTaken(said.value) ? 'known' : 'no-answer';
    else state = said.error === 'offline' ? 'offline' : 'no-answer';
    onChange();
  }

  function isTaken(said: QueryContent): boolean {
    if (said.outcome === 'nothing') return true;
    const read = said.outcome === 'found' ? recordSchema.safeParse(said.records[0]) : undefined;
    const sealed = read?.success ? findBase64Url(read.data.sealed) : undefined;
    return sealed !== undefined && take(sealed);
  }

  return {
    state: () => state,
    want(wanted) {
      const key = wanted && `${toHex(wanted.agentId)}/${toHex(wanted.signKeyId)}`;
      const asks = wanted?.asks === true;
      // What was told holds until the agent comes back to their page: it is asked anew there.
      if (key !== agent || (asks && !wasAsking)) forget();
      [agent, wasAsking] = [key, asks];
      if (wanted === null || !asks || isAsked || !online()) return;
      isAsked = true;
      state = 'asking';
      void ask(wanted);
    },
  };
}
