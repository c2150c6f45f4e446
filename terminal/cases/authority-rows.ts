/**
 * The authorities that a person gave to an agent here, as their memory keeps them: rows like those of cases, whose matter
 * is a mark instead. So only their own card finds and opens them, and they can be taken back with it.
 */
import { equalBytes, findHex, toHex } from '../../base/bytes.ts';
import type { RememberedCase, RowFacts } from '../keeper.ts';

/** One that was given. */
export interface GivenAuthority {
  readonly authorityId: Uint8Array;
  readonly agentId: Uint8Array;
  /** Masked. */
  readonly agentName: string;
  readonly matterIds: readonly string[];
  readonly givenMs: number;
  readonly untilMs: number;
  /** They took it back themself. */
  readonly takenBack: boolean;
}

/** Both begin like a deed's, so that earlier releases pass them over. */
const GIVEN = 'act:authority';
const ENDED = 'act:authority-end';

/** The row of one that is given. */
export function rowOfGiven(
  given: Omit<GivenAuthority, 'takenBack'>,
  numbers: Pick<RowFacts, 'localNumber' | 'slipCode' | 'replyKeyPrivate'>,
): RowFacts {
  const { authorityId: caseId, agentId, agentName, matterIds, givenMs, untilMs } = given;
  const matterId = [GIVEN, untilMs, toHex(agentId), agentName, matterIds.join(',')].join(':');
  return { ...numbers, matterId, keptAtMs: givenMs, caseId };
}

/** The row of taking one back. */
export function rowOfEnd(authorityId: Uint8Array, atMs: number): RowFacts {
  // No case items come down for it: its reply key is nobody's.
  const nobodys = { localNumber: '', slipCode: '', replyKeyPrivate: new Uint8Array(32) };
  return { ...nobodys, matterId: ENDED, keptAtMs: atMs, caseId: authorityId };
}

/** The authorities among a person's rows, oldest first. */
export function givenAmong(rows: readonly RememberedCase[]): readonly GivenAuthority[] {
  const ended = rows.filter(({ matterId }) => matterId === ENDED);
  return rows.flatMap((row) => {
    const [act, mark, untilMs, agent, agentName, matters] = row.matterId.split(':');
    const agentId = findHex(agent ?? '');
    if (`${act}:${mark}` !== GIVEN || agentId === undefined || agentName === undefined) return [];
    return {
      ...{ authorityId: row.caseId, agentId, agentName, givenMs: row.keptAtMs, untilMs: Number(untilMs) },
      matterIds: matters === undefined ? [] : matters.split(','),
      takenBack: ended.some(({ caseId }) => equalBytes(caseId, row.caseId)),
    };
  });
}
